import { createHash } from 'node:crypto';
import { JPEG_BASELINE, PRIVATE_WORDS, patientPhoto, type Stored } from '../src/dicom/testing';
import { file } from './files.ts';
import type { TestFile } from './app.ts';
import { expect, portrait } from './fixtures.ts';
import { test } from './prepared.ts';

/** The size that stands in a JPEG's frame header. */
function sizeOf(jpeg: Buffer): { width: number; height: number } {
  const at = jpeg.indexOf(Buffer.of(0xff, 0xc0));
  return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
}

/** A patient's photographs, as an archive has them: without an extension. */
function asDicom(photos: readonly TestFile[], changes: Partial<Stored> = {}): TestFile {
  const pixels = photos.map(({ buffer }) => buffer);
  const coding = { photometric: 'YBR_FULL_422', transferSyntax: JPEG_BASELINE, frames: photos.length };
  return file('IM0001', Buffer.from(patientPhoto({ ...sizeOf(pixels[0]!), ...coding, pixels, ...changes })));
}

const sha256 = ({ buffer }: TestFile): string => createHash('sha256').update(buffer).digest('hex');

test('a picture of a file from an archive goes back to it as DICOM, and comes out of it as it was', async ({
  page,
  app,
}) => {
  await app.start();
  const original = asDicom([await portrait(), await portrait()]);
  await app.choosePhoto(original);
  await expect(page.getByText('Picture 1 of 2.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Previous picture' })).toBeDisabled();
  await page.getByRole('button', { name: 'Next picture' }).click();
  await expect(page.getByText('Picture 2 of 2.')).toBeVisible();
  await app.unfold('More settings');
  await expect(page.getByRole('radio', { name: 'DICOM' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Moved' })).toBeChecked();
  await app.protect();
  await app.protected();
  await page.getByRole('button', { name: 'Show what was removed' }).click();
  await expect(page.getByRole('cell', { name: 'Mustermann^Erika=眼科' })).toBeVisible();

  const photo = await app.save('Save photo', 'application/dicom');
  expect(photo.name).toMatch(/^protected-[0-9a-f]{8}\.dcm$/);
  const latin1 = photo.buffer.toString('latin1');
  for (const word of PRIVATE_WORDS) expect(latin1, word).not.toContain(word);
  const key = await app.save('Save key', '');

  await page.reload();
  await app.dropPair(photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
  const restored = await app.save('Save the original', 'application/dicom');
  expect(sha256(restored)).toBe(sha256(original));
  expect(restored.name).toBe('IM0001.dcm');
});

test('what holds no photograph, or is cut off, is said; one that holds one is looked at', async ({
  page,
  app,
}) => {
  await app.start();
  const photos = [await portrait()];
  await app.choosePhoto(asDicom(photos, { sopClass: '1.2.840.10008.5.1.4.1.1.2' }));
  await app.refuses('This DICOM file holds no photograph');
  await app.choosePhoto(asDicom(photos, { transferSyntax: '1.2.840.10008.1.2.4.80' }));
  await app.refuses('The pixels of this DICOM file cannot be read here');
  const { name, buffer } = asDicom(photos);
  await app.choosePhoto(file(name, buffer.subarray(0, buffer.length / 2)));
  await app.refuses('The photo cannot be read');
  await app.choosePhoto(asDicom(photos));
  expect(await app.faceBoxes()).toHaveLength(1);
  await expect(page.getByText(/^Picture 1 of/)).toBeHidden();
});
