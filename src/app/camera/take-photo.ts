/** One photo at the camera's full resolution, never mirrored. */
export async function takePhoto(track: MediaStreamTrack, video: HTMLVideoElement): Promise<File> {
  const blob = (await stillPhoto(track)) ?? (await videoFrame(video));
  const extension = blob.type === 'image/png' ? 'png' : 'jpg';
  return new File([blob], `photo.${extension}`, { type: blob.type });
}

async function stillPhoto(track: MediaStreamTrack): Promise<Blob | null> {
  const { ImageCapture: Still } = window as Partial<typeof globalThis>;
  if (!Still) return null;
  try {
    return await new Still(track).takePhoto();
  } catch {
    // Some cameras offer no stills: the video's frame serves.
    return null;
  }
}

async function videoFrame(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
}
