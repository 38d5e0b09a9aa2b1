import { readFile } from 'node:fs/promises';
import { alignFace } from '../geometry/alignment-grid';
import { facesFrom } from '../landmarks/faces';
import { parseFaceMesh, type FaceMesh } from '../geometry/mesh';
import { decodePhoto } from '../image/decode';
import { useCodecs } from '../image/codecs';
import { Atlas } from '../people/atlas';
import type { AlignedFace, Face, Photo } from '../types';
import { readCodec } from './codecs';
import { samplePhoto } from './photos';
import landmarks from './sample1-landmarks.json';

const MODELS = new URL('../../../public/models/', import.meta.url);

/** Reads a file under public/models. */
async function readModel(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(file, MODELS)));
}

export async function readFaceMesh(): Promise<FaceMesh> {
  return parseFaceMesh(await readModel('face_mesh.json'));
}

/** The atlas; its textures need the codecs. */
export async function readAtlas(): Promise<Atlas> {
  return Atlas.parse(await readModel('people.atlas'));
}

/** A real photo with its one face, as MediaPipe found it in Chromium: it does not run in Node. */
async function photoWithFace(): Promise<{ readonly photo: Photo; readonly face: Face }> {
  const photo = await decodePhoto(await samplePhoto(1));
  const [face] = facesFrom([Float32Array.from(landmarks)]);
  if (face === undefined) throw new TypeError('no face in the fixture');
  return { photo, face };
}

export interface Sample {
  readonly photo: Photo;
  readonly face: Face;
  readonly aligned: AlignedFace;
  readonly mesh: FaceMesh;
}

/** That photo with its face aligned, and the mesh to draw on it. */
export async function alignedSample(): Promise<Sample> {
  useCodecs(readCodec);
  const { photo, face } = await photoWithFace();
  return { photo, face, aligned: alignFace(photo, face), mesh: await readFaceMesh() };
}

/** Mean absolute difference of two images or planes. */
export function meanDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length;
}
