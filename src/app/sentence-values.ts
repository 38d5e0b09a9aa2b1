import type { Problem } from '../state/problem';

const none = {
  format: '',
  kind: '',
  coding: '',
  megapixels: '',
  megabytes: '',
  maxMegapixels: '',
  maxMegabytes: '',
  pixels: '',
  minimum: '',
};

/** All values that sentences about errors may name, with this error's own. */
export function sentenceValues({ values }: Problem) {
  return { ...none, ...values };
}
