import { useEffect, useRef } from 'react';
import type { Pixels } from '../../engine/types';

interface PixelCanvasProps {
  readonly pixels: Pixels;
  /** What the picture shows; empty when something beside it says so. */
  readonly label: string;
  readonly className?: string | undefined;
}

/** Pixels on a canvas: shown only, never read back. */
export function PixelCanvas({ pixels, label, className }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(pixels.data, pixels.width, pixels.height);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [pixels]);
  const named = label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={canvas} className={className} width={pixels.width} height={pixels.height} {...named} />;
}
