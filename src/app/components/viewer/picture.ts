import { useEffect, useEffectEvent, useState } from 'react';
import type { Pixels, Similarity } from '../../../engine/types';

/** A picture as a viewer takes it. Lengths are in widths of the picture, whatever size it comes in. */
export interface ViewerPicture {
  readonly label: string;
  /** Small, and shown at once; null while it is on its way. */
  readonly preview: Pixels | null;
  /** All its pixels: asked for once somebody looks closer than the preview shows. */
  readonly full?: (() => Promise<Pixels>) | undefined;
  /** From the picture to the viewer's frame; absent where the picture fills it. */
  readonly placement?: Similarity | undefined;
}

/** The picture in one size. */
export interface Level {
  readonly bitmap: ImageBitmap;
  /** Bitmap pixels a width of the picture. */
  readonly perWidth: number;
}

export interface Levels {
  /** From the smallest; empty for a moment. */
  readonly levels: readonly Level[];
  readonly state: 'preview' | 'loading' | 'full' | 'failed';
}

const MIDDLE = 2048;

/**
 * A picture's bitmaps: the preview, and all its pixels once they are wanted.
 *
 * Bitmaps are only drawn and never read back, which some browsers answer with noise.
 */
export function useLevels(picture: ViewerPicture | undefined, wantFull: boolean): Levels {
  const preview = picture?.preview;
  const [small, setSmall] = useState<Level | null>(null);
  const [large, setLarge] = useState<readonly Level[]>([]);
  const [state, setState] = useState<Levels['state']>('preview');

  useEffect(() => {
    if (!preview) return;
    let gone = false;
    let made: ImageBitmap | undefined;
    void bitmapOf(preview).then((bitmap) => {
      made = bitmap;
      if (gone) bitmap.close();
      else setSmall({ bitmap, perWidth: preview.width });
    });
    return () => {
      gone = true;
      made?.close();
      setSmall(null);
    };
  }, [preview]);

  const load = useEffectEvent(() => picture?.full?.());
  const wanted = wantFull && picture?.full !== undefined;
  useEffect(() => {
    if (!wanted) return;
    const leave = new AbortController();
    const made: ImageBitmap[] = [];
    const drop = (): void => made.forEach((bitmap) => bitmap.close());
    const run = async (): Promise<void> => {
      setState('loading');
      const pixels = await load();
      if (!pixels) return;
      leave.signal.throwIfAborted();
      const middle = MIDDLE / Math.max(pixels.width, pixels.height);
      // Between a thumbnail and all pixels: drawing twelve million of them small would stutter.
      if (middle < 1) made.push(await bitmapOf(pixels, Math.round(pixels.width * middle)));
      made.push(await bitmapOf(pixels));
      leave.signal.throwIfAborted();
      setLarge(made.map((bitmap) => ({ bitmap, perWidth: bitmap.width })));
      setState('full');
    };
    void run().catch(() => {
      drop();
      if (!leave.signal.aborted) setState('failed');
    });
    return () => {
      leave.abort();
      drop();
      setLarge([]);
    };
  }, [preview, wanted]);

  return { levels: small ? [small, ...large] : large, state };
}

function bitmapOf({ data, width, height }: Pixels, resizeWidth?: number): Promise<ImageBitmap> {
  const image = new ImageData(data, width, height);
  return resizeWidth === undefined
    ? createImageBitmap(image)
    : createImageBitmap(image, { resizeWidth, resizeQuality: 'high' });
}

/** The smallest level that shows all that a device pixel asks for, else the largest. */
export function levelFor(levels: readonly Level[], devicePixelsPerWidth: number): Level | undefined {
  return levels.find(({ perWidth }) => perWidth >= devicePixelsPerWidth * 0.99) ?? levels.at(-1);
}
