import { Fragment, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EyeMarks, MeasuredFace } from '../../engine/api';
import type { Point } from '../../engine/types';
import { faceOf, pointsOf, type Mark, type Visit } from '../../state/compare';
import { sides, type EyePoints } from '../../state/lid-measures';
import { useCompare } from '../../state/page';
import { ownDrags } from '../components/viewer/use-gestures';
import type { ViewerProjection } from '../components/viewer/Viewer';
import styles from './LidLines.module.css';

const marks: readonly Mark[] = ['upper', 'lower', 'pupil', 'irisFrom', 'irisTo'];
/** Handles are there once the iris is this many CSS pixels wide: closer together nobody could tell them apart. */
const WIDE_ENOUGH = 56;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

interface LidLinesProps {
  readonly visit: Visit;
  readonly projection: ViewerProjection;
}

/** What a visit is measured at, drawn on its picture; close up it can be moved. */
export function LidLines({ visit, projection }: LidLinesProps) {
  const { t } = useTranslation();
  const { moveMark, setRuler } = useCompare();
  const face = faceOf(visit);
  const points = pointsOf(visit);
  const { measured, ruler } = visit;
  if (!measured || !face || !points) return null;
  const { width } = measured;
  const toPane = ({ x, y }: Point): Point => projection.toPane({ x: x / width, y: y / width });
  const toPhoto = (point: Point): Point => {
    const { x, y } = projection.toPicture(point);
    return { x: x * width, y: y * width };
  };
  const near = sides.some((side) => length(...points[side].iris.map(toPane)) >= WIDE_ENOUGH);
  return (
    <>
      <svg className={styles.lines} aria-hidden="true">
        {sides.map((side) => (
          <EyeLines
            key={side}
            eye={points[side]}
            lids={visit.moved ? null : face[side]}
            face={face}
            toPane={toPane}
          />
        ))}
        {ruler.kind === 'points' && (
          <Line from={toPane(ruler.from)} to={toPane(ruler.to)} className={styles.ruler} />
        )}
      </svg>
      {near &&
        sides.flatMap((side) =>
          marks.map((mark) => (
            <Handle
              key={side + mark}
              label={t(`compare.mark.${mark}`, { eye: t(`compare.eye.${side}`) })}
              at={placeOf(points[side], mark)}
              toPane={toPane}
              toPhoto={toPhoto}
              onMove={(to) => moveMark(visit.id, side, mark, to)}
            />
          )),
        )}
      {ruler.kind === 'points' &&
        (['from', 'to'] as const).map((end) => (
          <Handle
            key={end}
            label={t(`compare.ruler.${end}`)}
            at={ruler[end]}
            toPane={toPane}
            toPhoto={toPhoto}
            onMove={(to) => setRuler(visit.id, { ...ruler, [end]: to })}
          />
        ))}
    </>
  );
}

function placeOf(points: EyePoints, mark: Mark): Point {
  if (mark === 'irisFrom') return points.iris[0];
  if (mark === 'irisTo') return points.iris[1];
  return points[mark];
}

interface EyeLinesProps {
  readonly eye: EyePoints;
  /** The margins as they were found; null once somebody knows better. */
  readonly lids: Pick<EyeMarks, 'upperLid' | 'lowerLid'> | null;
  readonly face: MeasuredFace;
  readonly toPane: (point: Point) => Point;
}

function EyeLines({ eye, lids, face, toPane }: EyeLinesProps) {
  const [right, left] = face.eyes;
  const reach = length(...eye.iris) * 0.8;
  const span = length(right, left);
  const along = { x: ((left.x - right.x) / span) * reach, y: ((left.y - right.y) / span) * reach };
  const level = (at: Point) => ({
    from: toPane({ x: at.x - along.x, y: at.y - along.y }),
    to: toPane({ x: at.x + along.x, y: at.y + along.y }),
  });
  const path = (points: readonly Point[]): string =>
    points
      .map(toPane)
      .map(({ x, y }) => `${x},${y}`)
      .join(' ');
  const pupil = toPane(eye.pupil);
  return (
    <g>
      {lids && <polyline className={styles.lid} points={path(lids.upperLid)} />}
      {lids && <polyline className={styles.lid} points={path(lids.lowerLid)} />}
      <Line {...level(eye.upper)} className={styles.level} />
      <Line {...level(eye.lower)} className={styles.level} />
      <Line from={toPane(eye.upper)} to={toPane(eye.lower)} className={styles.level} />
      <Line from={toPane(eye.iris[0])} to={toPane(eye.iris[1])} className={styles.iris} />
      <circle className={styles.pupil} cx={pupil.x} cy={pupil.y} r={3} />
    </g>
  );
}

function Line({ from, to, className }: { from: Point; to: Point; className: string | undefined }) {
  // A dark line under a light one is seen on any skin.
  return (
    <Fragment>
      <line className={styles.under} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <line className={className} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
    </Fragment>
  );
}

interface HandleProps {
  readonly label: string;
  /** Photo pixels. */
  readonly at: Point;
  readonly toPane: (point: Point) => Point;
  readonly toPhoto: (point: Point) => Point;
  readonly onMove: (to: Point) => void;
}

/** A mark that pointer and arrow keys move, by photo pixels. */
function Handle({ label, at, toPane, toPhoto, onMove }: HandleProps) {
  const place = toPane(at);
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const pane = event.currentTarget.closest('[data-pane]')?.getBoundingClientRect();
    if (pane) onMove(toPhoto({ x: event.clientX - pane.left, y: event.clientY - pane.top }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = arrows[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 5 : 1;
    onMove({ x: at.x + arrow.x * step, y: at.y + arrow.y * step });
  };
  return (
    <button
      type="button"
      className={styles.handle}
      style={{ left: place.x, top: place.y }}
      aria-label={label}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      {...ownDrags}
    />
  );
}

function length(one: Point = { x: 0, y: 0 }, other: Point = one): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
