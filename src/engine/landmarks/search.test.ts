import { describe, expect, it } from 'vitest';
import { readFaceMesh } from '../testing/fixtures';
import { drawPixels } from '../testing/photos';
import type { Pixels, Point } from '../types';
import { boundingBox, placeFace } from './faces';
import { isSamePlace, searchFaces, settle, type Detect, type Looks } from './search';
import { angleBetween, rollOf } from './turns';

const mesh = await readFaceMesh();
const DEGREE = Math.PI / 180;
/** The landmarker knows a face that is turned by less; one that is turned by more it takes for upright. */
const KNOWN_TURN = 110 * DEGREE;

interface Person {
  readonly middle: Point;
  /** Between the eyes' centres, pixels. */
  readonly distance: number;
  readonly roll: number;
}

/** People whose right eyes are red and whose left eyes are green. */
function photoOf(width: number, height: number, people: readonly Person[]): Pixels {
  const eyes = people.flatMap(({ middle: { x, y }, distance, roll }) =>
    ([-0.5, 0.5] as const).map((side) => ({
      x: x + side * distance * Math.cos(roll),
      y: y + side * distance * Math.sin(roll),
      radius: distance / 6,
      isRight: side < 0,
    })),
  );
  return drawPixels(width, height, (x, y) => {
    const eye = eyes.find((one) => Math.hypot(x - one.x, y - one.y) <= one.radius);
    return eye === undefined ? [128, 128, 128] : eye.isRight ? [255, 0, 0] : [0, 255, 0];
  });
}

/** Finds one person, or none who is smaller than a twentieth of the picture, as badly as the real one does. */
const detect: Detect = (pixels) => {
  const right = centroid(pixels, 0);
  const left = centroid(pixels, 1);
  if (!right || !left) return [];
  const span = Math.hypot(left.x - right.x, left.y - right.y);
  if (span < Math.max(pixels.width, pixels.height) / 20) return [];
  const face = placeFace(0, [right, left], mesh);
  if (Math.abs(rollOf(face.landmarks)) < KNOWN_TURN) return [face.landmarks];
  // Upright in the same place: eyes over the mouth.
  const { x, y, width, height } = face.box;
  const eyesAt = y + height * 0.4;
  const reach = Math.min(width, height) * 0.25;
  const middle = x + width / 2;
  return [
    placeFace(
      0,
      [
        { x: middle - reach, y: eyesAt },
        { x: middle + reach, y: eyesAt },
      ],
      mesh,
    ).landmarks,
  ];
};

function centroid({ width, data }: Pixels, channel: 0 | 1): Point | null {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const weight = (data[i + channel] ?? 0) - (data[i + 1 - channel] ?? 0);
    if (weight < 100) continue;
    sum += 1;
    x += (i / 4) % width;
    y += Math.floor(i / 4 / width);
  }
  return sum === 0 ? null : { x: x / sum, y: y / sum };
}

/** The quick look sees boxes where the thorough one sees faces. */
const looks: Looks = { faces: detect, boxes: (pixels) => detect(pixels).map(boundingBox) };

describe('searchFaces', () => {
  it.each([0, 45, 90, 120, 150, 180, 210, 240, 270, 300])(
    'finds a face turned by %i degrees as it is',
    (degrees) => {
      const roll = degrees * DEGREE;
      const found = searchFaces(
        photoOf(500, 500, [{ middle: { x: 250, y: 240 }, distance: 70, roll }]),
        looks,
      );
      expect(found).toHaveLength(1);
      expect(angleBetween(rollOf(found[0]!), roll)).toBeLessThan(10 * DEGREE);
    },
  );

  it('finds a face in the corner of a large photo', () => {
    const found = searchFaces(
      photoOf(3000, 2000, [{ middle: { x: 2700, y: 1700 }, distance: 45, roll: 0 }]),
      looks,
    );
    expect(found).toHaveLength(1);
  });

  it('finds nobody where there is nobody', () => {
    expect(searchFaces(photoOf(900, 700, []), looks)).toEqual([]);
  });

  it('looks only where the picture has changed, and there as closely', () => {
    const small = { distance: 40, roll: 0 };
    const near = { ...small, middle: { x: 300, y: 300 } };
    const far = { ...small, middle: { x: 2500, y: 1700 } };
    const box = { x: 200, y: 200, width: 200, height: 200 };
    let count = 0;
    const counting: Looks = {
      ...looks,
      boxes: (pixels) => {
        count++;
        return looks.boxes(pixels);
      },
    };
    const photo = photoOf(2800, 2000, [near]);
    expect(searchFaces(photo, counting)).toHaveLength(1);
    const everywhere = count;
    count = 0;
    expect(searchFaces(photo, counting, [box])).toHaveLength(1);
    expect(count).toBeLessThan(everywhere / 2);
    expect(searchFaces(photoOf(2800, 2000, [far]), counting, [box])).toEqual([]);
  });
});

describe('a search', () => {
  it('lays meshes on those only who are not known yet', () => {
    let meshes = 0;
    const faces: Detect = (pixels) => {
      meshes++;
      return detect(pixels);
    };
    const person = { middle: { x: 900, y: 700 }, distance: 200, roll: 0 };
    expect(searchFaces(photoOf(2400, 1800, [person]), { ...looks, faces })).toHaveLength(1);
    // The whole photo, and the face from three sides.
    expect(meshes).toBe(4);
  });
});

describe('settle', () => {
  it('believes nothing that no look confirms', () => {
    const photo = photoOf(400, 400, []);
    const { landmarks } = placeFace(
      0,
      [
        { x: 150, y: 200 },
        { x: 250, y: 200 },
      ],
      mesh,
    );
    expect(settle(photo, landmarks, detect)).toBeNull();
  });
});

describe('isSamePlace', () => {
  const at = (x: number): Float32Array =>
    placeFace(
      0,
      [
        { x, y: 100 },
        { x: x + 100, y: 100 },
      ],
      mesh,
    ).landmarks;

  it('tells one face seen twice from two side by side', () => {
    expect(isSamePlace(at(100), at(150))).toBe(true);
    expect(isSamePlace(at(100), at(330))).toBe(false);
  });
});
