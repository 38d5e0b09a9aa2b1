import { useEffect, useEffectEvent, type RefObject } from 'react';
import type { Point } from '../../../engine/types';

/** What hands, wheel and keys ask for, in CSS pixels of the pane under them. */
export interface Gestures {
  readonly zoom: (factor: number, at: Point) => void;
  readonly pan: (by: Point) => void;
  /** Two taps or clicks on one place. */
  readonly toggle: (at: Point) => void;
  /** A drag on the whole picture, where there is nothing to move: the place of the pointer. */
  readonly slide: (at: Point) => void;
  readonly zoomed: boolean;
}

/** A wheel that turns while the page scrolls goes on scrolling it, milliseconds. */
const SCROLLING = 300;
const WHEEL = 0.0015;
/** A pinch on a touchpad comes as a wheel with Ctrl held, in smaller steps. */
const PINCH = 0.01;
const LINE = 16;

/** Marks what inside the stage has drags of its own. */
export const ownDrags = { 'data-own-drags': '' } as const;

/**
 * Listens on the stage. Panes are its children with `data-pane`.
 *
 * A finger that moves up or down on the whole picture scrolls the page, and so does a wheel that has nothing to zoom.
 */
export function useGestures(stage: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const { zoomed } = gestures;
  const zoom = useEffectEvent(gestures.zoom);
  const pan = useEffectEvent(gestures.pan);
  const toggle = useEffectEvent(gestures.toggle);
  const slide = useEffectEvent(gestures.slide);
  const isZoomed = useEffectEvent(() => zoomed);

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const pointers = new Map<number, Point>();
    /** Those that began on what has drags of its own: alone they are none of ours. */
    const strangers = new Set<number>();
    let scrolled = -SCROLLING;

    const inPane = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
      const panes = [...element.querySelectorAll('[data-pane]')].map((pane) => pane.getBoundingClientRect());
      const box =
        panes.find(
          ({ left, right, top, bottom }) =>
            clientX >= left && clientX <= right && clientY >= top && clientY <= bottom,
        ) ??
        panes[0] ??
        element.getBoundingClientRect();
      return { x: clientX - box.left, y: clientY - box.top };
    };
    const isOwn = ({ target }: Event): boolean =>
      target instanceof Element && target.closest('[data-own-drags]') !== null;

    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      if (isOwn(event)) strangers.add(event.pointerId);
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    };
    const onMove = (event: PointerEvent): void => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (!other && strangers.has(event.pointerId)) return;
      if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
      if (other) {
        const distance = (point: Point): number => Math.hypot(point.x - other.x, point.y - other.y);
        pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
        const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
        zoom(distance(now) / Math.max(distance(before), 1), inPane(middle));
      } else if (isZoomed()) pan({ x: now.x - before.x, y: now.y - before.y });
      else slide(inPane(event));
    };
    const onUp = ({ pointerId }: PointerEvent): void => {
      pointers.delete(pointerId);
      strangers.delete(pointerId);
    };
    const onDouble = (event: MouseEvent): void => {
      if (!isOwn(event)) toggle(inPane(event));
    };
    const onWheel = (event: WheelEvent): void => {
      const closer = event.deltaY < 0;
      if (!event.ctrlKey && performance.now() - scrolled < SCROLLING) return;
      if (!closer && !isZoomed()) return;
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
      zoom(Math.exp(-pixels * (event.ctrlKey ? PINCH : WHEEL)), inPane(event));
    };
    const onTouch = (event: TouchEvent): void => {
      // Two fingers on the picture mean the picture.
      if (event.touches.length > 1) event.preventDefault();
    };
    const onScroll = (): void => {
      scrolled = performance.now();
    };

    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('pointerdown', onDown, { signal });
    element.addEventListener('pointermove', onMove, { signal });
    element.addEventListener('pointerup', onUp, { signal });
    element.addEventListener('pointercancel', onUp, { signal });
    element.addEventListener('dblclick', onDouble, { signal });
    element.addEventListener('wheel', onWheel, { signal, passive: false });
    element.addEventListener('touchstart', onTouch, { signal, passive: false });
    window.addEventListener('scroll', onScroll, { signal, passive: true });
    return () => stop.abort();
  }, [stage]);
}
