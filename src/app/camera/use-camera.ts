import { useEffect, useState, type RefObject } from 'react';

type CameraFailure = 'denied' | 'absent' | 'busy';
export type CameraFacing = 'user' | 'environment';

export type CameraState =
  | { readonly state: 'asking' }
  | { readonly state: 'live'; readonly track: MediaStreamTrack }
  | { readonly state: 'failed'; readonly reason: CameraFailure };

function failureOf(error: unknown): CameraFailure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  return 'busy';
}

async function openCamera(facing: CameraFacing): Promise<MediaStream> {
  // Undefined where the page is not served securely.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new DOMException('no camera access', 'NotFoundError');
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: facing, width: { ideal: 4096 }, height: { ideal: 4096 } },
  });
}

/** Opens a camera into a video element as long as the component is shown. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, facing: CameraFacing): CameraState {
  const [camera, setCamera] = useState<CameraState>({ state: 'asking' });
  useEffect(() => {
    let stream: MediaStream | null = null;
    let shown = true;
    const stop = (): void => stream?.getTracks().forEach((track) => track.stop());
    openCamera(facing)
      .then(async (opened) => {
        stream = opened;
        const [track] = opened.getVideoTracks();
        if (!shown || !video.current || !track) {
          stop();
          return;
        }
        video.current.srcObject = opened;
        await video.current.play();
        setCamera({ state: 'live', track });
      })
      .catch((error: unknown) => {
        if (shown) setCamera({ state: 'failed', reason: failureOf(error) });
      });
    return () => {
      shown = false;
      stop();
    };
  }, [video, facing]);
  return camera;
}
