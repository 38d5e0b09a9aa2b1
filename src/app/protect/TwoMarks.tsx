import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import type { Point } from '../../engine/types';
import { Button } from '../components/Button';
import { PixelCanvas } from '../components/PixelCanvas';
import { useFormat } from '../use-format';
import styles from './TwoMarks.module.css';

/** Two marks, as shares of the photo's sides. */
export type Marks = readonly [Point, Point];

interface TwoMarksProps {
  readonly title: string;
  /** What to do with the marks. */
  readonly how: string;
  /** What the marks are called, and the photo they are on. */
  readonly names: readonly [string, string];
  readonly area: string;
  readonly confirm: string;
  /** Where the marks are first; what lies beside the photo starts at its edge. */
  readonly start: Marks;
  readonly busy?: boolean;
  /** Drawn over the photo, between the marks. */
  readonly between?: (marks: Marks) => ReactNode;
  /** Marks in photo pixels. */
  readonly onConfirm: (marks: Marks) => void;
  readonly onCancel: () => void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const within = (value: number): number => Math.min(1, Math.max(0, value));
const inside = ({ x, y }: Point): Point => ({ x: within(x), y: within(y) });

/** Two places in the photo: dragged, moved with the arrow keys, or the nearer one sent to where somebody taps. */
export function TwoMarks(props: TwoMarksProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const inspection = useProtect((protect) => protect.inspection);
  const area = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [marks, setMarks] = useState<Marks>(() => [inside(props.start[0]), inside(props.start[1])]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  if (!inspection) return null;
  const { width, height, preview } = inspection;

  const share = (event: { clientX: number; clientY: number }): Point => {
    const box = area.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return inside({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  };
  const move = (index: 0 | 1, to: Point): void =>
    setMarks(([first, second]) => (index === 0 ? [to, second] : [first, to]));

  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof HTMLButtonElement) return;
    const to = share(event);
    const [first, second] = marks.map(({ x, y }) => Math.hypot((x - to.x) * width, (y - to.y) * height));
    move((first ?? 0) <= (second ?? 0) ? 0 : 1, to);
  };
  const onKeyDown = (index: 0 | 1) => (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.02 : 0.0025;
    const { x, y } = marks[index];
    move(index, inside({ x: x + arrow[0] * step, y: y + arrow[1] * step }));
  };
  const onPointerMove = (index: 0 | 1) => (event: PointerEvent<HTMLButtonElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) move(index, share(event));
  };
  const inPixels = ({ x, y }: Point): Point => ({ x: x * width, y: y * height });
  const position = ({ x, y }: Point): string =>
    t('protect.place.position', { x: format.percent(x), y: format.percent(y) });

  return (
    <section className={styles.place} aria-label={props.title}>
      <h2 ref={heading} tabIndex={-1}>
        {props.title}
      </h2>
      <p>{props.how}</p>
      {/* The marks below do the same from the keyboard. */}
      <div ref={area} className={styles.area} onClick={onClick}>
        <PixelCanvas pixels={preview} label={props.area} className={styles.image} />
        {props.between?.(marks)}
        {([0, 1] as const).map((index) => (
          <button
            key={index}
            type="button"
            className={styles.mark}
            style={{ left: `${marks[index].x * 100}%`, top: `${marks[index].y * 100}%` }}
            aria-label={props.names[index]}
            aria-description={position(marks[index])}
            onKeyDown={onKeyDown(index)}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove(index)}
          />
        ))}
      </div>
      <p className={styles.hint}>{t('protect.place.keyboard')}</p>
      <div className={styles.actions}>
        <Button
          variant="primary"
          icon="check"
          isDisabled={props.busy === true}
          onPress={() => props.onConfirm([inPixels(marks[0]), inPixels(marks[1])])}
        >
          {props.confirm}
        </Button>
        <Button onPress={props.onCancel}>{t('common.cancel')}</Button>
      </div>
    </section>
  );
}
