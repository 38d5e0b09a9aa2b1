import { useEffect, useState, type RefObject } from 'react';
import { engine } from '../../state/page';
import type { FrameGuidance } from '../../engine/api';

/** Frames are looked at this wide, in pixels: enough for landmarks. */
const frameWidth = 480;

/** What the networks see in the camera's picture, one frame after the other, as fast as they go. */
export function useGuidance(
  video: RefObject<HTMLVideoElement | null>,
  active: boolean,
): FrameGuidance | null {
  const [guidance, setGuidance] = useState<FrameGuidance | null>(null);
  useEffect(() => {
    if (!active) return;
    let shown = true;
    const look = async (): Promise<void> => {
      while (shown) {
        const element = video.current;
        if (!element || element.videoWidth === 0) {
          await nextFrame();
          continue;
        }
        const frame = await createImageBitmap(element, {
          resizeWidth: Math.min(frameWidth, element.videoWidth),
        });
        const seen = await engine.guide(frame);
        setGuidance((now) => (shown ? seen : now));
        await nextFrame();
      }
    };
    // Without guidance the camera still takes photos.
    look().catch(() => setGuidance(null));
    return () => {
      shown = false;
    };
  }, [video, active]);
  return guidance;
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
