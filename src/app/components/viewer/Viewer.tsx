import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { Point, Similarity } from '../../../engine/types';
import { Icon } from '../Icon';
import { PictureCanvas } from './PictureCanvas';
import { useLevels, type ViewerPicture } from './picture';
import { ownDrags, useGestures } from './use-gestures';
import {
  clampView,
  eyeRegions,
  fitScale,
  lookAt,
  panBy,
  project,
  wholeView,
  zoomAt,
  type Projection,
  type Size,
  type Stage,
  type View,
} from './view';
import { ViewerBar, type ViewerMode } from './ViewerBar';
import styles from './Viewer.module.css';

/** So many device pixels for one of the picture, and no more. */
const CLOSEST = 8;
const STEP = 1.5;
const PAN_STEP = 60;
const IDENTITY: Similarity = { a: 1, b: 0, tx: 0, ty: 0 };

/** From a point of a picture, in its widths, to the pane in CSS pixels, and back. */
export interface ViewerProjection {
  readonly toPane: (point: Point) => Point;
  readonly toPicture: (point: Point) => Point;
}

interface ViewerProps {
  /** The picture that another one is compared with; absent where there is one alone. */
  readonly before?: ViewerPicture | undefined;
  readonly after: ViewerPicture;
  /** Absent: the second picture's own shape, one wide; wanted where that one is on its way. */
  readonly frame?: Size;
  /** Where to look closely: eye centres of each face, subject's right first, in frame units. */
  readonly eyes?: readonly (readonly [Point, Point])[];
  /** How much of the first picture is uncovered to begin with, 0..1. */
  readonly uncovered?: number;
  /** Lines over a picture, drawn in the pane's CSS pixels. */
  readonly overlay?: (picture: 'before' | 'after', projection: ViewerProjection) => ReactNode;
}

/**
 * One picture, or two of one place: slid over each other, side by side or subtracted, and looked at as closely as their
 * pixels go, both at once.
 */
export function Viewer({ before, after, frame: given, eyes = [], uncovered = 0.5, overlay }: ViewerProps) {
  const { t } = useTranslation();
  const { width, height } = after.preview ?? { width: 0, height: 0 };
  const frame = useMemo(() => given ?? { width: 1, height: height / width }, [given, width, height]);
  const [pane, paneRef] = usePane();
  const [mode, setMode] = useState<ViewerMode>('slider');
  const [share, setShare] = useState(uncovered);
  const [held, setHeld] = useState(false);
  const [wanted, setWanted] = useState<View | null>(null);
  const [region, setRegion] = useState(-1);
  const [close, setClose] = useState(false);
  const keysId = useId();
  const stageElement = useRef<HTMLDivElement>(null);

  const first = useLevels(before, close);
  const second = useLevels(after, close);
  const perFrame = (picture: ViewerPicture | undefined, perWidth: number | undefined): number => {
    const { a, b } = picture?.placement ?? IDENTITY;
    return (perWidth ?? 0) / Math.hypot(a, b);
  };
  // One to one of the picture that has more pixels.
  const finest = Math.max(
    before ? perFrame(before, first.levels.at(-1)?.perWidth) : 0,
    perFrame(after, second.levels.at(-1)?.perWidth ?? width),
  );
  const ratio = window.devicePixelRatio;
  const oneToOne = finest / (fitScale({ frame, pane }) * ratio);
  const stage: Stage = { frame, pane, maxZoom: Math.max(CLOSEST * oneToOne, 4) };
  const view = clampView(wanted ?? wholeView(stage), stage);
  const projection = project(view, stage);
  const zoomed = view.zoom > 1.001;

  // All pixels come when the preview has too few for what is looked at.
  const short = width > 0 && projection.scale * ratio > 1.05 * perFrame(after, width);
  if (short && !close) setClose(true);

  const show = (next: View): void => setWanted(clampView(next, stage));
  const middle = { x: pane.width / 2, y: pane.height / 2 };
  const regions = eyeRegions(eyes);
  const showOneToOne = (at: Point): void => show(zoomAt(view, oneToOne / view.zoom, at, stage));
  const actions = {
    closer: () => show(zoomAt(view, STEP, middle, stage)),
    farther: () => show(zoomAt(view, 1 / STEP, middle, stage)),
    whole: () => {
      setRegion(-1);
      setWanted(null);
    },
    oneToOne: () => {
      setClose(true);
      showOneToOne(middle);
    },
    nextEyes: () => {
      const next = (region + 1) % regions.length;
      const box = regions[next];
      if (!box) return;
      setRegion(next);
      show(lookAt(box, stage));
    },
  };

  useGestures(stageElement, {
    zoomed,
    zoom: (factor, at) => show(zoomAt(view, factor, at, stage)),
    pan: (by) => show(panBy(view, by, stage)),
    toggle: (at) => {
      if (zoomed) actions.whole();
      else {
        setClose(true);
        showOneToOne(at);
      }
    },
    slide: ({ x }) => {
      if (before && mode === 'slider') setShare(Math.min(Math.max(x / pane.width, 0), 1));
    },
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, Point> = {
      ArrowLeft: { x: PAN_STEP, y: 0 },
      ArrowRight: { x: -PAN_STEP, y: 0 },
      ArrowUp: { x: 0, y: PAN_STEP },
      ArrowDown: { x: 0, y: -PAN_STEP },
    };
    const keys: Record<string, () => void> = {
      '+': actions.closer,
      '=': actions.closer,
      '-': actions.farther,
      '0': actions.whole,
      '1': actions.oneToOne,
      e: actions.nextEyes,
    };
    const move = moves[event.key];
    const act = keys[event.key] ?? (move && zoomed ? () => show(panBy(view, move, stage)) : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  }

  const label = before ? t('common.beforeAfter', { before: before.label, after: after.label }) : after.label;
  const seen = held ? 1 : share;
  const style = { '--share': `${seen * 100}%`, '--ratio': frame.width / frame.height } as CSSProperties;
  const shown = [
    ...(before ? [{ side: 'before' as const, picture: before, levels: first.levels }] : []),
    { side: 'after' as const, picture: after, levels: second.levels },
  ];
  const awaited = shown.some(({ picture }) => picture.preview === null);
  const state = awaited
    ? 'loading'
    : [first.state, second.state].find((one) => one === 'loading' || one === 'failed');
  return (
    <div className={styles.viewer} style={style}>
      <div
        ref={stageElement}
        className={styles.stage}
        data-mode={before ? mode : 'single'}
        data-zoomed={zoomed}
        data-held={held}
        role="group"
        tabIndex={0}
        aria-label={t('viewer.stage', { label })}
        aria-describedby={keysId}
        onKeyDown={onKeyDown}
      >
        {shown.map(({ side, picture, levels }) => (
          <div
            key={side}
            ref={side === 'after' ? paneRef : null}
            className={styles[side]}
            data-pane={side}
            data-awaited={picture.preview === null}
          >
            <PictureCanvas
              levels={levels}
              placement={picture.placement ?? IDENTITY}
              projection={projection}
              pane={pane}
              label={picture.label}
            />
            {overlay?.(side, projectionOf(picture.placement ?? IDENTITY, projection))}
            <span className={styles.tag} aria-hidden="true">
              {picture.label}
            </span>
          </div>
        ))}
        {before && mode === 'slider' && (
          <Slider
            className={styles.slider}
            aria-label={label}
            value={share}
            onChange={setShare}
            minValue={0}
            maxValue={1}
            step={0.01}
            formatOptions={{ style: 'percent' }}
          >
            <SliderTrack className={styles.track}>
              <SliderThumb className={styles.thumb} {...ownDrags}>
                <Icon name="slide" />
              </SliderThumb>
            </SliderTrack>
          </Slider>
        )}
      </div>
      <p id={keysId} className="visually-hidden">
        {t('viewer.keys')}
      </p>
      <ViewerBar
        actions={actions}
        zoomed={zoomed}
        eye={zoomed ? regions[region]?.eye : undefined}
        hasEyes={regions.length > 0}
        percent={oneToOne > 0 ? view.zoom / oneToOne : 0}
        note={state === 'loading' ? t('viewer.loading') : state === 'failed' ? t('viewer.coarse') : ''}
        hold={before && mode !== 'side' ? { label: before.label, held, setHeld } : null}
        mode={before ? { value: mode, onChange: setMode } : null}
      />
    </div>
  );
}

function projectionOf({ a, b, tx, ty }: Similarity, { scale, x, y }: Projection): ViewerProjection {
  const length = a * a + b * b;
  return {
    toPane: (point) => ({
      x: (a * point.x - b * point.y + tx) * scale + x,
      y: (b * point.x + a * point.y + ty) * scale + y,
    }),
    toPicture: (point) => {
      const dx = (point.x - x) / scale - tx;
      const dy = (point.y - y) / scale - ty;
      return { x: (a * dx + b * dy) / length, y: (a * dy - b * dx) / length };
    },
  };
}

/** The size of a pane in CSS pixels, as it changes. */
function usePane(): readonly [Size, (element: HTMLElement | null) => void] {
  const [pane, setPane] = useState<Size>({ width: 1, height: 1 });
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      if (width > 0 && height > 0) setPane({ width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [pane, setElement];
}
