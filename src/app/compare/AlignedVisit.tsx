import { useEffect, useRef } from 'react';
import type { VisitMeasures } from '../../engine/api';
import type { Point } from '../../engine/types';

const width = 1200;
const height = 800;
export const alignedRatio = width / height;

/** Where the eyes come to lie, in pixels of the picture. */
const target: readonly [Point, Point] = [
  { x: 0.36 * width, y: 0.42 * height },
  { x: 0.64 * width, y: 0.42 * height },
];

/** Turned, scaled and moved so that the eyes of every visit are at the same place. */
function alignment([right, left]: readonly [Point, Point]): DOMMatrix2DInit {
  const dx = left.x - right.x;
  const dy = left.y - right.y;
  const length = dx * dx + dy * dy;
  const span = target[1].x - target[0].x;
  const a = (span * dx) / length;
  const b = (-span * dy) / length;
  return {
    a,
    b,
    c: -b,
    d: a,
    e: target[0].x - a * right.x + b * right.y,
    f: target[0].y - b * right.x - a * right.y,
  };
}

interface AlignedVisitProps {
  readonly measures: VisitMeasures;
  readonly label: string;
}

/** One visit's photo, aligned by the eyes. */
export function AlignedVisit({ measures, label }: AlignedVisitProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { preview, eyes } = measures;
    const photo = new OffscreenCanvas(preview.width, preview.height);
    photo.getContext('2d')?.putImageData(new ImageData(preview.data, preview.width, preview.height), 0, 0);
    context.imageSmoothingQuality = 'high';
    context.setTransform(alignment(eyes));
    context.drawImage(photo, 0, 0);
    context.resetTransform();
  }, [measures]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />;
}
