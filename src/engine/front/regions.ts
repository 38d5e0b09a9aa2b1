/**
 * Which parts of a face that differ from a bare one are something in front of it. In doubt nothing is: what is not is
 * drawn over, and what is taken for it shows the person. Training: rofi/front/regions.py.
 */
import { front } from '../constants.json';
import { dilate, erode, gaussianBlur } from '../drawing/blur';
import { pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import { fillPolygon } from '../geometry/raster';
import type { Residual } from './bare-faces';
import { FINE } from './bare-model';
import { maskOf, partsOf, whole } from './parts';
import { glassesZones, hairZone, type Zone } from './zones';

const AREA = FINE * FINE;
const KNOWN = 0.5;
const [BRIGHTNESS, RED, BLUE] = [0, 1, 2];
/** Landmarks round what makes a person: it belongs to a part only where it differs much more than skin has to. */
const FEATURES = [
  [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91],
  [6, 278, 327, 2, 98, 48],
  [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
  [300, 293, 334, 296, 336, 285, 295, 282, 283, 276],
] as const;

type Pixels = readonly number[];

/** A face as the rules see it. Planes are [128, 128]. */
interface Seen extends Residual {
  readonly landmarks: Float32Array;
  readonly mesh: Pick<FaceMesh, 'eyes' | 'oval'>;
  /** Length of the residual, a little blurred. */
  readonly size: Float32Array;
  /** 1 where the face is known. */
  readonly face: Uint8Array;
  /** 1 on brows, nose and mouth. */
  readonly features: Uint8Array;
}

/** What is in front of a face, [128, 128], 1 where something is. */
export function inFront(
  { away, known }: Residual,
  landmarks: Float32Array,
  mesh: Pick<FaceMesh, 'eyes' | 'oval'>,
): Uint8Array {
  const face = Uint8Array.from(known, (share) => Number(share > KNOWN));
  const lengths = Float32Array.from(
    { length: AREA },
    (_, i) => Math.hypot(...channelsAt(away, i)) / Math.sqrt(3),
  );
  const size = gaussianBlur(lengths, FINE, front.sigma);
  const seen: Seen = { away, known, landmarks, mesh, size, face, features: featuresOf(landmarks) };
  const weak = face.map((inside, i) =>
    Number(inside === 1 && size[i]! > (seen.features[i] === 1 ? front.feature : front.weak)),
  );
  const parts = partsOf(weak, FINE);
  const kept = glasses(weak, parts, seen);
  const worn = kept.slice();
  const inner = erode(fill(landmarks, mesh.oval), FINE, front.outline);
  const hair = hairZone(landmarks);
  for (const part of parts) {
    if (part.every((at) => inner[at] === 1)) continue;
    if (isHair(part, hair, seen)) mark(kept, part);
    else if (!part.some((at) => worn[at] === 1) && isLarge(part, seen)) {
      mark(
        kept,
        whole(part, FINE).filter((at) => face[at] === 1),
      );
    }
  }
  for (const lens of darkLenses(kept, seen)) mark(kept, lens);
  return hasFailed(kept, seen) ? new Uint8Array(AREA) : kept;
}

/** Where too much of the rest differs, or too much would be kept, the fit has failed: hard light. */
function hasFailed(kept: Uint8Array, { face, features, size }: Seen): boolean {
  let [rest, doubtful, whole, stays] = [0, 0, 0, 0];
  for (let i = 0; i < AREA; i++) {
    whole += face[i]!;
    stays += kept[i]!;
    if (face[i] === 0 || kept[i] === 1) continue;
    rest++;
    doubtful += Number(size[i]! > front.sure && features[i] === 0);
  }
  return doubtful / Math.max(rest, 1) > front.mostDoubt || stays > front.mostKept * whole;
}

/** Rims and dark lenses, if there are any: they run below both eyes and over the nose, and are not part of more. */
function glasses(weak: Uint8Array, parts: readonly Pixels[], { landmarks, size }: Seen): Uint8Array {
  const { around, places } = glassesZones(landmarks);
  const pieces = partsOf(
    weak.map((is, at) => Number(is === 1 && inZone(around, at))),
    FINE,
  );
  const sure = (piece: Pixels): number => piece.filter((at) => size[at]! > front.sure).length;
  const rims = pieces.filter((piece) => sure(piece) >= front.leastSure).flat();
  const none = new Uint8Array(AREA);
  const found = maskOf(rims, FINE);
  const least = [front.rim, front.rim, front.bridge];
  const runAlong = places.every((place, i) => {
    const share =
      columns((at) => found[at] === 1 && inZone(place, at)) /
      Math.max(
        1,
        columns((at) => inZone(place, at)),
      );
    return share > least[i]!;
  });
  if (!runAlong) return none;
  const hair = hairZone(landmarks);
  const larger = parts
    .filter((part) => part.some((at) => found[at] === 1))
    .flatMap((part) => part.filter((at) => !inZone(hair, at)));
  const inside = larger.filter((at) => inZone(around, at)).length / Math.max(1, larger.length);
  return inside > front.insideGlasses ? found : none;
}

/** In how many columns there is anything. */
function columns(is: (at: number) => boolean): number {
  const there = new Set<number>();
  for (let at = 0; at < AREA; at++) if (is(at)) there.add(at % FINE);
  return there.size;
}

/** Whether a part is hair, or a hat, and no gloss. */
function isHair(part: Pixels, zone: Zone, seen: Seen): boolean {
  const { least, share, away, colour } = front.hair;
  if (part.length < least || part.filter((at) => inZone(zone, at)).length <= share * part.length)
    return false;
  const isGloss = typicalOf(part, seen.away, BRIGHTNESS) > 0 && typicalColour(part, seen) < colour;
  return (
    typical(
      part.map((at) => seen.size[at]!),
      front.typical,
    ) > away && !isGloss
  );
}

/** Whether a part is a mask, a bar, or what else is large and coloured unlike skin, lit, in shade or painted. */
function isLarge(part: Pixels, seen: Seen): boolean {
  const limits = front.large;
  const whole = seen.face.reduce((sum, is) => sum + is, 0);
  if (part.length < limits.share * whole) return false;
  const ofFeatures = part.filter((at) => seen.features[at] === 1).length;
  if (ofFeatures > limits.features * part.length) return false;
  if (
    typical(
      part.map((at) => seen.size[at]!),
      front.typical,
    ) <= limits.away
  )
    return false;
  const [brightness, red, blue] = [BRIGHTNESS, RED, BLUE].map((channel) =>
    typicalOf(part, seen.away, channel),
  );
  const unlikeSkin = red! < limits.lessRed || blue! > limits.moreBlue || blue! < limits.lessBlue;
  // The darker, the less colour there is, of skin as of anything.
  const least = Math.max(limits.colour, -limits.colourOfDark * brightness!);
  return unlikeSkin && typicalColour(part, seen) > least;
}

function typicalOf(part: Pixels, away: Float32Array, channel: number): number {
  return typical(part.map((at) => away[channel * AREA + at]!));
}

/** How much a part differs in colour. */
function typicalColour(part: Pixels, { away }: Seen): number {
  return typical(part.map((at) => Math.hypot(away[RED * AREA + at]!, away[BLUE * AREA + at]!) / Math.SQRT2));
}

/** What is round an eye, where nothing is known, when all round that something is in front. */
function darkLenses(kept: Uint8Array, { landmarks, mesh, face, known }: Seen): readonly Pixels[] {
  return [mesh.eyes.right, mesh.eyes.left].map((contour) => {
    const near = dilate(fill(landmarks, contour), FINE, front.eyeReach);
    const unknown = near.map((is, i) => Number(is === 1 && known[i]! <= KNOWN));
    const ring = dilate(unknown, FINE, 1).map((is, i) => is * face[i]!);
    const [inFront, all] = ring.reduce(([some, sum], is, i) => [some + is * kept[i]!, sum + is], [0, 0]);
    return inFront > front.lens * all ? [...unknown.keys()].filter((i) => unknown[i] === 1) : [];
  });
}

function featuresOf(landmarks: Float32Array): Uint8Array {
  const all = new Float32Array(AREA);
  for (const ring of FEATURES) fill(landmarks, ring).forEach((is, i) => (all[i] = Math.max(all[i]!, is)));
  return Uint8Array.from(dilate(all, FINE, 1));
}

function fill(landmarks: Float32Array, ring: readonly number[]): Float32Array {
  const points = ring.flatMap((index) => {
    const { x, y } = pointOf(landmarks, index);
    return [x, y];
  });
  return fillPolygon(Float32Array.from(points), FINE);
}

function inZone(zone: Zone, at: number): boolean {
  return zone(((at % FINE) + 0.5) / FINE, (Math.floor(at / FINE) + 0.5) / FINE);
}

function channelsAt(planes: Float32Array, i: number): [number, number, number] {
  return [planes[i]!, planes[AREA + i]!, planes[2 * AREA + i]!];
}

function mark(mask: Uint8Array, pixels: Pixels): void {
  for (const at of pixels) mask[at] = 1;
}

/** The value that so many are below. */
function typical(values: readonly number[], share = 0.5): number {
  return Float32Array.from(values).sort()[Math.floor(share * values.length)] ?? 0;
}
