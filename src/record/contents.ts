/**
 * `contents.json`: what a person was given, and what was checked before (SECURITY.md, "Contents").
 *
 * Each entry names the SHA-256 of the one before it, so that none can be changed, left out or put in between without
 * all that follow. It names no person.
 */
import { sha256, toHex } from '../bytes';
import { canonicalJson } from './canonical-json';

const FORMAT = 'rofi-contents';
const VERSION = 1;

/** Who made it, and when. */
export interface ContentsHead {
  readonly created: Date;
  /** Version of the program. */
  readonly program: string;
  /** Version of each network and model, by name. */
  readonly models: Readonly<Record<string, string>>;
}

/** One file that left the page. Hashes are hex SHA-256 of whole files. */
export interface ContentsEntry {
  readonly file: string;
  readonly made: Date;
  readonly sha256: string;
  /** The photo that was protected, or the protected photo that was restored. */
  readonly from: string;
  /** Number of the key. */
  readonly key: string;
  /** What was checked, or what it is. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** @returns the bytes of the file: UTF-8 JSON, indented for people */
export async function writeContents(
  { created, program, models }: ContentsHead,
  entries: readonly ContentsEntry[],
): Promise<Uint8Array<ArrayBuffer>> {
  const head = { format: FORMAT, version: VERSION, created: created.toISOString(), program, models };
  let previous = await digest(head);
  const chained: object[] = [];
  for (const { made, ...entry } of entries) {
    const link = { ...entry, made: made.toISOString(), previous };
    chained.push(link);
    previous = await digest(link);
  }
  return new TextEncoder().encode(
    `${JSON.stringify({ ...head, entries: chained, last: previous }, null, 2)}\n`,
  );
}

/** Of the canonical JSON, so that white space and the order of names do not matter. */
async function digest(value: object): Promise<string> {
  return toHex(await sha256(canonicalJson(value)));
}
