/** ICC profiles as files hold them (ICC.1:2022, sections 7, 8.3, 10.6). */
import { viewOf } from '../../bytes';
import { letters } from '../letters';
import { D50, same, tabulate, type ColourProfile, type Colours, type Triple } from './profile';
import { SRGB_COLUMNS } from './srgb';

/** How far from white full red, green and blue may add up. */
const WHITE_TOLERANCE = 0.1;

/**
 * Reads an ICC profile.
 *
 * @param isGrey - whether the picture has one channel; a profile for another kind of picture does not count
 * @returns `tables` for a profile without curves and matrix; null for one that says nothing sensible
 * @throws RangeError for a broken profile
 */
export function parseProfile(profile: Uint8Array, isGrey: boolean): Colours {
  const space = letters(profile, 16, 4);
  if (space !== (isGrey ? 'GRAY' : 'RGB ')) return space === 'CMYK' ? 'tables' : null;
  const view = viewOf(profile);
  const tags = new Map<string, number>();
  for (let i = 0, at = 132; i < view.getUint32(128); i++, at += 12) {
    tags.set(letters(profile, at, 4), view.getUint32(at + 4));
  }
  const [grey, ...curves] = ['k', 'r', 'g', 'b'].map((name) => tags.get(`${name}TRC`));
  if (isGrey && grey !== undefined)
    return { curves: same(tabulate(curveAt(view, profile, grey))), columns: SRGB_COLUMNS };
  const columns = ['r', 'g', 'b'].map((name) => tags.get(`${name}XYZ`));
  const [[rx, gx, bx], [rc, gc, bc]] = [columns, curves];
  const matrix = rx !== undefined && gx !== undefined && bx !== undefined;
  if (!matrix || rc === undefined || gc === undefined || bc === undefined) {
    return tags.has('A2B0') ? 'tables' : null;
  }
  const column = (at: number): Triple => [fixed(view, at + 8), fixed(view, at + 12), fixed(view, at + 16)];
  const curve = (at: number): Float64Array => tabulate(curveAt(view, profile, at));
  const colours: ColourProfile = {
    columns: [column(rx), column(gx), column(bx)],
    curves: [curve(rc), curve(gc), curve(bc)],
  };
  return isSensible(colours) ? colours : null;
}

/** Full red, green and blue make white. */
function isSensible({ columns: [red, green, blue] }: ColourProfile): boolean {
  return D50.every(
    (white, i) => Math.abs((red[i] ?? 0) + (green[i] ?? 0) + (blue[i] ?? 0) - white) < WHITE_TOLERANCE,
  );
}

function curveAt(view: DataView, profile: Uint8Array, at: number): (value: number) => number {
  return readCurve(view, at, letters(profile, at, 4));
}

/** Types `curv` and `para`: from a stored value to linear light, both 0..1. */
function readCurve(view: DataView, at: number, type: string): (value: number) => number {
  if (type === 'curv') {
    const count = view.getUint32(at + 8);
    if (count === 0) return (value) => value;
    if (count === 1) return (value) => value ** (view.getUint16(at + 12) / 256);
    return (value) => {
      const place = value * (count - 1);
      const low = Math.min(Math.floor(place), count - 2);
      const entry = (i: number): number => view.getUint16(at + 12 + 2 * i) / 65535;
      return entry(low) + (place - low) * (entry(low + 1) - entry(low));
    };
  }
  if (type !== 'para') throw new RangeError(`curve of type ${type}`);
  const [g, a = 1, b = 0, c = 0, d, e = 0, f = 0] = Array.from(
    { length: [1, 3, 4, 5, 7][view.getUint16(at + 8)] ?? 0 },
    (_, i) => fixed(view, at + 12 + 4 * i),
  );
  if (g === undefined) throw new RangeError('parametric curve of an unknown kind');
  const power = (value: number): number => (a * value + b) ** g;
  // The simpler kinds name no bend: the curve is flat until the power law begins.
  if (d === undefined) return (value) => (value >= -b / a ? power(value) : 0) + c;
  return (value) => (value >= d ? power(value) + e : c * value + f);
}

/** A signed 15.16 fixed-point number. */
function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65536;
}
