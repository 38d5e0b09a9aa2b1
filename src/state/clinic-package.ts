import type { SourceFile } from '../engine/types';
import { unshared } from '../bytes';
import type { PrivacyKey } from '../record/types';
import type { LinkedClinic } from './clinic-link';
import { writeKeyFile } from './key-writer';
import { zip } from './zip';

/** A photo and its key in one file, of which only the clinic can open the key. */
export interface ClinicPackage {
  readonly name: string;
  readonly blob: Blob;
}

/** By the fingerprint a person tells for whom a file is; it names nobody. */
const markOf = ({ fingerprint }: LinkedClinic): string => fingerprint.replaceAll(' ', '');

export function packageName(photo: SourceFile, clinic: LinkedClinic): string {
  return `for-${markOf(clinic)}-${photo.name.replace(/\.[^.]*$/, '')}.zip`;
}

/** @throws RofiError as {@link writeKeyFile} does */
export async function packForClinic(
  photo: SourceFile,
  mime: string,
  key: PrivacyKey,
  clinic: LinkedClinic,
): Promise<ClinicPackage> {
  const locked = await writeKeyFile(key, { kind: 'clinic', recipients: [clinic.recipient] });
  const blob = await zip([
    { name: photo.name, blob: new Blob([unshared(photo.bytes)], { type: mime }) },
    { name: `key-${key.id}-for-${markOf(clinic)}.rofikey`, blob: new Blob([unshared(locked)]) },
  ]);
  return { name: packageName(photo, clinic), blob };
}
