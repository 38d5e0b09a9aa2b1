import type { FaceProof, ProtectResult } from '../engine/api';
import { sha256, toHex } from '../bytes';
import { writeContents, type ContentsEntry } from '../record/contents';
import type { Models } from './models';
import type { Restored } from './restore-photo';
import { withUniqueNames, zip, type ZipEntry } from './zip';

/** What leaves with photos to say what they are. */
export const CONTENTS_NAME = 'contents.json';

/**
 * What is known of a protected photo, once it is made.
 *
 * @param original - the bytes of the chosen file
 */
export async function protectedEntry(
  { file, keyId, proof }: Pick<ProtectResult, 'file' | 'keyId' | 'proof'>,
  original: Uint8Array,
): Promise<ContentsEntry> {
  return {
    file: file.name,
    made: new Date(),
    sha256: await hexDigest(file.bytes),
    from: await hexDigest(original),
    key: keyId,
    facts: {
      kind: 'protected',
      verdict: proof.verdict,
      peopleTried: proof.peopleTried,
      sealedOriginalMatches: proof.sealedOriginalMatches,
      surroundings: proof.surroundings,
      findings: proof.findings.map(({ kind }) => kind),
      faces: proof.faces.map(faceFacts),
    },
  };
}

function faceFacts({ method, recognitions, eyelidShift, irisShift, restoredSsim }: FaceProof): object {
  return { method, recognitions, eyelidShift, irisShift, restoredSimilarity: restoredSsim };
}

/** What is known of a restored photo. */
export async function restoredEntry(
  { name, blob, keyId, method, keyFits, check, facesLeft }: Restored,
  file: File,
): Promise<ContentsEntry> {
  return {
    file: name,
    made: new Date(),
    sha256: await hexDigest(new Uint8Array(await blob.arrayBuffer())),
    from: await hexDigest(new Uint8Array(await file.arrayBuffer())),
    key: keyId,
    facts: {
      kind: method === 'exact' ? 'original' : 'rebuilt',
      keyFits,
      pixelsChanged: check?.pixelsChanged ?? null,
      samePicture: check?.samePicture ?? null,
      facesLeft,
    },
  };
}

/** The file itself, in the versions that run here. */
export async function contentsFile(
  entries: readonly ContentsEntry[],
  { models }: Pick<Models, 'models'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const versions = Object.fromEntries(models.map(({ name, version }) => [name, version]));
  return writeContents(
    { created: new Date(), program: import.meta.env.PROGRAM_VERSION, models: versions },
    entries,
  );
}

/** A zip of files and of what is known of them. */
export async function zipWithContents(
  files: readonly (ZipEntry & { readonly entry: ContentsEntry })[],
  models: Pick<Models, 'models'>,
): Promise<Blob> {
  const named = withUniqueNames(files);
  const entries = named.map(({ name, entry }) => ({ ...entry, file: name }));
  const contents = new Blob([await contentsFile(entries, models)], { type: 'application/json' });
  return zip([...named, { name: CONTENTS_NAME, blob: contents }]);
}

async function hexDigest(bytes: Uint8Array): Promise<string> {
  return toHex(await sha256(bytes));
}
