import type { FrameGuidance } from '../../engine/api';

export type GuidanceHint =
  'none' | 'several' | 'far' | 'near' | 'turned' | 'dark' | 'bright' | 'blurred' | 'good';

/** Eye distance as a share of the frame's width: enough pixels for the lids, and the whole face inside. */
const eyeDistance = { min: 0.12, max: 0.38 };
const largestTurn = { yaw: 14, pitch: 16 };
const brightness = { min: 0.24, max: 0.88 };
/** A face out of focus stays below, also a smooth one in focus above. */
const leastSharpness = 1e-4;

/** The one thing to change first; `good` when nothing is. */
export function hintFor(frame: FrameGuidance): GuidanceHint {
  if (frame.faces === 0) return 'none';
  if (frame.faces > 1) return 'several';
  if (frame.eyeDistance < eyeDistance.min) return 'far';
  if (frame.eyeDistance > eyeDistance.max) return 'near';
  if (Math.abs(frame.yaw) > largestTurn.yaw || Math.abs(frame.pitch) > largestTurn.pitch) return 'turned';
  if (frame.brightness < brightness.min) return 'dark';
  if (frame.brightness > brightness.max) return 'bright';
  if (frame.sharpness < leastSharpness) return 'blurred';
  return 'good';
}
