import { useLayoutEffect, useRef } from 'react';
import type { Similarity } from '../../../engine/types';
import { levelFor, type Level } from './picture';
import type { Projection, Size } from './view';

/** From this many device pixels for one of the picture on, its pixels are shown as they are. */
const PIXELATED = 4;

interface PictureCanvasProps {
  readonly levels: readonly Level[];
  readonly placement: Similarity;
  readonly projection: Projection;
  readonly pane: Size;
  readonly label: string;
}

/** The part of one picture that is seen, in the device's own pixels: however large the picture, so much is drawn. */
export function PictureCanvas({ levels, placement, projection, pane, label }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { current } = canvas;
    const context = current?.getContext('2d');
    if (!current || !context) return;
    const ratio = window.devicePixelRatio;
    const width = Math.round(pane.width * ratio);
    const height = Math.round(pane.height * ratio);
    if (current.width !== width || current.height !== height) Object.assign(current, { width, height });
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    const { a, b, tx, ty } = placement;
    const scale = projection.scale * ratio;
    const level = levelFor(levels, scale * Math.hypot(a, b));
    if (!level) return;
    const enlarged = (scale * Math.hypot(a, b)) / level.perWidth;
    const x = projection.x * ratio + tx * scale;
    const y = projection.y * ratio + ty * scale;
    // One to one means the very pixels: no in-between.
    const exact = b === 0 && Math.abs(enlarged - 1) < 1e-3;
    context.imageSmoothingEnabled = !exact && enlarged < PIXELATED;
    context.imageSmoothingQuality = 'high';
    const factor = scale / level.perWidth;
    if (exact) context.setTransform(1, 0, 0, 1, Math.round(x), Math.round(y));
    else context.setTransform(a * factor, b * factor, -b * factor, a * factor, x, y);
    context.drawImage(level.bitmap, 0, 0);
  }, [levels, placement, projection, pane]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
