/** What `people.atlas` knows of how donors look from afar. Fitted by training/rofi/people/oddness.py. */
export interface Faces {
  /** [donors, pixels]: brightness in logarithms less their mean, in units of `scale`. */
  readonly tones: Int8Array;
  readonly scale: number;
  /** [4, pixels]: what of each part shows there. */
  readonly masks: Float32Array;
  /** [axes, pixels], orthonormal: what soft light and the main ways in which faces differ have there. */
  readonly axes: Float32Array;
  /** [pixels]: what these leave of real faces. */
  readonly spread: Float32Array;
}

/**
 * How unlike any one person a mix of donors is: blotches, a nose in another light than its cheeks. Root
 * mean square of what neither light nor faces explain, in what they leave of real faces.
 *
 * @param parts - the donors of face, brows, nose and mouth
 */
export function oddnessOf(parts: readonly number[], { tones, scale, masks, axes, spread }: Faces): number {
  const pixels = spread.length;
  const left = new Float64Array(pixels);
  parts.forEach((row, part) => {
    const [donor, shown] = [row * pixels, part * pixels];
    for (let i = 0; i < pixels; i++) left[i]! += scale * masks[shown + i]! * tones[donor + i]!;
  });
  for (let axis = 0; axis < axes.length; axis += pixels) {
    let share = 0;
    for (let i = 0; i < pixels; i++) share += axes[axis + i]! * left[i]!;
    for (let i = 0; i < pixels; i++) left[i]! -= share * axes[axis + i]!;
  }
  return Math.sqrt(left.reduce((sum, value, i) => sum + (value / spread[i]!) ** 2, 0) / pixels);
}
