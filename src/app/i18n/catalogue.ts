import type { en } from './en';

type IsPluralOne<Key> = Key extends `${string}_one` ? true : false;

/** The shape of a catalogue: every key of the English one; singular forms only where the language has them. */
type Strings<T> = {
  readonly [K in keyof T as IsPluralOne<K> extends true ? never : K]: T[K] extends string
    ? string
    : Strings<T[K]>;
};

export type Catalogue = Strings<typeof en>;
export type English = typeof en;
