import type { Side } from '../../state/lid-measures';
import { leastDifference, type EyeMeasures, type LidMeasures } from '../../state/lid-measures';

const eyeMeasures = [
  'mrd1',
  'mrd2',
  'fissure',
  'scleralShow',
] as const satisfies readonly (keyof EyeMeasures)[];
type EyeMeasure = (typeof eyeMeasures)[number];

/** One line of the table: what it is called, and its value in each visit. */
export interface Row {
  readonly name: EyeMeasure | 'intercanthal' | 'iris' | 'irisPixels';
  /** Which eye it is of; `difference`: right less left; `both` where it is of neither alone. */
  readonly group: Side | 'difference' | 'both';
  readonly unit: 'mm' | 'px';
  readonly value: (measures: LidMeasures) => number;
}

export const rows: readonly Row[] = [
  ...(['right', 'left'] as const).flatMap((side) => [
    ...eyeMeasures.map((name): Row => ({
      name,
      group: side,
      unit: 'mm',
      value: (measures) => measures[side][name],
    })),
    {
      name: 'irisPixels',
      group: side,
      unit: 'px',
      value: (measures: LidMeasures) => measures[side].irisPixels,
    } as const,
  ]),
  ...(['mrd1', 'mrd2', 'fissure'] as const).map((name): Row => ({
    name,
    group: 'difference',
    unit: 'mm',
    value: ({ right, left }) => right[name] - left[name],
  })),
  { name: 'intercanthal', group: 'both', unit: 'mm', value: ({ intercanthal }) => intercanthal },
];

export interface Change {
  readonly value: number;
  /** Too small for the method to see. */
  readonly within: boolean;
}

/** From one visit to another; null where it says nothing. */
export function changeOf(row: Row, first: LidMeasures, second: LidMeasures): Change | null {
  if (row.unit === 'px') return null;
  const value = row.value(second) - row.value(first);
  if (!Number.isFinite(value)) return null;
  return { value, within: Math.abs(value) < leastDifference(first, second) };
}
