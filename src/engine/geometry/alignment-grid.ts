import type { AlignedFace, Face, Photo, Similarity } from '../types';
import { alignmentGrid } from '../constants.json';
import { alignEyes, alignFaceWith, eyeCentres, eyesOf } from './alignment';

/** Steps of the eyes' distance in an octave, of the turn in radians, and of the place in an eyes' distance at least. */
const SIZES = alignmentGrid.sizesInOctave;
const TURN = (alignmentGrid.turnDegrees * Math.PI) / 180;
const PLACES = alignmentGrid.placesInEyeDistance;

/** Aligns a face by its eyes, as nearly as the grid allows. */
export function alignFace({ pixels }: Pick<Photo, 'pixels'>, face: Face): AlignedFace {
  return alignFaceWith(pixels, face, toGrid(alignEyes(eyeCentres(face.landmarks))));
}

/**
 * The nearest alignment on a grid that every protection keeps to: at most about a crop pixel from where it was. Halving the
 * photo halves the grid.
 */
export function toGrid(transform: Similarity): Similarity {
  return placeToGrid(sizeAndTurnToGrid(transform));
}

/** The part of {@link toGrid} that outlives cropping the photo: the crop's middle stays where it is. */
export function sizeAndTurnToGrid(transform: Similarity): Similarity {
  const { x, y, distance, turn } = eyeLine(transform);
  return alignLine({
    x,
    y,
    distance: 2 ** (Math.round(Math.log2(distance) * SIZES) / SIZES),
    turn: Math.round(turn / TURN) * TURN,
  });
}

/** The middle between the eyes, moved to a multiple of a power of two photo pixels. */
function placeToGrid(transform: Similarity): Similarity {
  const line = eyeLine(transform);
  const step = placeStep(line.distance);
  return alignLine({ ...line, x: Math.round(line.x / step) * step, y: Math.round(line.y / step) * step });
}

function placeStep(distance: number): number {
  return 2 ** Math.floor(Math.log2(distance / PLACES));
}

/** The line between the eyes: its middle and length in photo pixels, its turn in radians. */
interface EyeLine {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  readonly turn: number;
}

function eyeLine(transform: Similarity): EyeLine {
  const [right, left] = eyesOf(transform);
  const [dx, dy] = [left.x - right.x, left.y - right.y];
  return {
    x: (right.x + left.x) / 2,
    y: (right.y + left.y) / 2,
    distance: Math.hypot(dx, dy),
    turn: Math.atan2(dy, dx),
  };
}

function alignLine({ x, y, distance, turn }: EyeLine): Similarity {
  const [dx, dy] = [(distance / 2) * Math.cos(turn), (distance / 2) * Math.sin(turn)];
  return alignEyes([
    { x: x - dx, y: y - dy },
    { x: x + dx, y: y + dy },
  ]);
}
