import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json';
import { writeContents, type ContentsEntry } from './contents';

const head = { created: new Date(0), program: '0.1.0', models: { protector: '0.7.0' } };
const entry = (file: string): ContentsEntry => ({
  file,
  made: new Date(1000),
  sha256: '11',
  from: '22',
  key: '0102030405060708',
  facts: { verdict: 'protected', distance: 0.9 },
});

interface Written {
  readonly entries: readonly (Record<string, unknown> & { readonly previous: string })[];
  readonly last: string;
}

/** As SECURITY.md says it is to be checked. */
function holds({ entries, last, ...rest }: Written): boolean {
  const hash = (value: object) => createHash('sha256').update(canonicalJson(value)).digest('hex');
  let previous = hash(rest);
  for (const one of entries) {
    if (one.previous !== previous) return false;
    previous = hash(one);
  }
  return previous === last;
}

async function written(...files: string[]): Promise<Written> {
  const bytes = await writeContents(head, files.map(entry));
  return JSON.parse(new TextDecoder().decode(bytes)) as Written;
}

describe('contents', () => {
  it('are a chain from the head to the last entry', async () => {
    const contents = await written('a.png', 'b.png', 'c.png');
    expect(contents).toMatchObject({
      format: 'rofi-contents',
      version: 1,
      created: '1970-01-01T00:00:00.000Z',
    });
    expect(contents.entries.map(({ file }) => file)).toEqual(['a.png', 'b.png', 'c.png']);
    expect(holds(contents)).toBe(true);
    expect(holds(await written())).toBe(true);
  });

  it('tell when anything in them is changed, left out, put in or put elsewhere', async () => {
    const contents = await written('a.png', 'b.png', 'c.png');
    const [a, b, c] = contents.entries;
    const forged: Written[] = [
      { ...contents, entries: [a!, c!] },
      { ...contents, entries: [b!, a!, c!] },
      { ...contents, entries: [a!, b!] },
      { ...contents, entries: [a!, { ...b!, sha256: '33' }, c!] },
      { ...contents, entries: [a!, b!, { ...c!, facts: {} }] },
      { ...contents, program: '0.2.0' } as Written,
    ];
    expect(forged.map(holds)).toEqual(forged.map(() => false));
  });
});
