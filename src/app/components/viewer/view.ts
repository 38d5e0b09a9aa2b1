/** What part of a frame is seen in a pane: pure arithmetic. Frame units are whatever the frame is given in. */
import type { Box, Point } from '../../../engine/types';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  /** 1 shows the whole frame; 2 half of its width. */
  readonly zoom: number;
  /** The frame's point in the middle of the pane. */
  readonly centre: Point;
}

/** A frame in a pane of CSS pixels. */
export interface Stage {
  readonly frame: Size;
  readonly pane: Size;
  /** The closest look. */
  readonly maxZoom: number;
}

/** From the frame to the pane: x' = scale · x + x₀. */
export interface Projection extends Point {
  readonly scale: number;
}

export function wholeView({ frame }: Pick<Stage, 'frame'>): View {
  return { zoom: 1, centre: { x: frame.width / 2, y: frame.height / 2 } };
}

/** CSS pixels a frame unit where the whole frame is seen. */
export function fitScale({ frame, pane }: Pick<Stage, 'frame' | 'pane'>): number {
  return Math.min(pane.width / frame.width, pane.height / frame.height);
}

export function project(view: View, stage: Stage): Projection {
  const scale = fitScale(stage) * view.zoom;
  return {
    scale,
    x: stage.pane.width / 2 - view.centre.x * scale,
    y: stage.pane.height / 2 - view.centre.y * scale,
  };
}

/** The view nearest to one that is wanted in which the frame is not left. */
export function clampView({ zoom, centre }: View, stage: Stage): View {
  const allowed = Math.min(Math.max(zoom, 1), Math.max(stage.maxZoom, 1));
  const scale = fitScale(stage) * allowed;
  const within = (value: number, frame: number, pane: number): number => {
    const half = pane / (2 * scale);
    return frame <= 2 * half ? frame / 2 : Math.min(Math.max(value, half), frame - half);
  };
  return {
    zoom: allowed,
    centre: {
      x: within(centre.x, stage.frame.width, stage.pane.width),
      y: within(centre.y, stage.frame.height, stage.pane.height),
    },
  };
}

/** Closer by a factor; what lies at a point of the pane stays there. */
export function zoomAt(view: View, factor: number, at: Point, stage: Stage): View {
  const before = project(view, stage);
  const zoom = Math.min(Math.max(view.zoom * factor, 1), Math.max(stage.maxZoom, 1));
  const scale = fitScale(stage) * zoom;
  const fixed = { x: (at.x - before.x) / before.scale, y: (at.y - before.y) / before.scale };
  const centre = {
    x: fixed.x - (at.x - stage.pane.width / 2) / scale,
    y: fixed.y - (at.y - stage.pane.height / 2) / scale,
  };
  return clampView({ zoom, centre }, stage);
}

/** Moved by so many CSS pixels, as the finger does. */
export function panBy(view: View, by: Point, stage: Stage): View {
  const { scale } = project(view, stage);
  const centre = { x: view.centre.x - by.x / scale, y: view.centre.y - by.y / scale };
  return clampView({ ...view, centre }, stage);
}

/** A part of the frame as large as it goes. */
export function lookAt({ x, y, width, height }: Box, stage: Stage): View {
  const zoom = Math.min(stage.pane.width / width, stage.pane.height / height) / fitScale(stage);
  return clampView({ zoom, centre: { x: x + width / 2, y: y + height / 2 } }, stage);
}

/**
 * What the "Eyes" preset shows one after the other: both eyes of each face, then each of them.
 *
 * @param faces - eye centres, subject's right first, in frame units
 */
export function eyeRegions(
  faces: readonly (readonly [Point, Point])[],
): readonly (Box & { readonly eye: Eye })[] {
  return faces.flatMap(([right, left]) => {
    const distance = Math.hypot(left.x - right.x, left.y - right.y);
    const middle = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
    const round = (at: Point, eye: Eye, width: number, height: number) => ({
      eye,
      x: at.x - (width * distance) / 2,
      y: at.y - (height * distance) / 2,
      width: width * distance,
      height: height * distance,
    });
    return [round(middle, 'both', 2, 0.8), round(right, 'right', 0.9, 0.6), round(left, 'left', 0.9, 0.6)];
  });
}

export type Eye = 'both' | 'right' | 'left';
