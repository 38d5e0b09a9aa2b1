import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import type { FaceView } from '../../engine/api';
import type { Point } from '../../engine/types';
import { Button } from '../components/Button';
import { PixelCanvas } from '../components/PixelCanvas';
import { useFormat } from '../use-format';
import styles from './PlaceEyes.module.css';

type Eye = 'right' | 'left';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an aligned crop has the eyes, as shares of its sides. */
const eyesInCrop = { right: { x: 0.35, y: 0.42 }, left: { x: 0.65, y: 0.42 } } as const;

/** The eyes of a face that was found, else where they usually are; shares of the photo's sides. */
function firstMarks(
  face: FaceView | undefined,
  photo: { readonly width: number; readonly height: number } | null,
): Record<Eye, Point> {
  if (!face || !photo) return { right: { x: 0.4, y: 0.4 }, left: { x: 0.6, y: 0.4 } };
  const [topLeft, topRight, , bottomLeft] = face.cropCorners;
  const inPhoto = ({ x, y }: Point): Point => ({
    x: within((topLeft.x + (topRight.x - topLeft.x) * x + (bottomLeft.x - topLeft.x) * y) / photo.width),
    y: within((topLeft.y + (topRight.y - topLeft.y) * x + (bottomLeft.y - topLeft.y) * y) / photo.height),
  });
  return { right: inPhoto(eyesInCrop.right), left: inPhoto(eyesInCrop.left) };
}

const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The two eyes set by hand, for photos in which no face is found. Marks are kept as shares of the photo's sides. */
export function PlaceEyes({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { inspection, faces, chosen, place, placing } = useProtect();
  const area = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [marks, setMarks] = useState(() =>
    firstMarks(
      faces.find(({ id }) => !chosen.has(id)),
      inspection,
    ),
  );
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  if (!inspection) return null;
  const { width, height, preview } = inspection;

  const share = (event: { clientX: number; clientY: number }): Point => {
    const box = area.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return {
      x: within((event.clientX - box.left) / box.width),
      y: within((event.clientY - box.top) / box.height),
    };
  };
  const move = (eye: Eye, to: Point): void => setMarks((now) => ({ ...now, [eye]: to }));

  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof HTMLButtonElement) return;
    const to = share(event);
    const nearer = Math.abs(to.x - marks.right.x) <= Math.abs(to.x - marks.left.x) ? 'right' : 'left';
    move(nearer, to);
  };
  const onKeyDown = (eye: Eye) => (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.02 : 0.0025;
    const { x, y } = marks[eye];
    move(eye, { x: within(x + arrow[0] * step), y: within(y + arrow[1] * step) });
  };
  const onPointerMove = (eye: Eye) => (event: PointerEvent<HTMLButtonElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) move(eye, share(event));
  };
  const confirm = (): void => {
    const inPixels = ({ x, y }: Point): Point => ({ x: x * width, y: y * height });
    void place([inPixels(marks.right), inPixels(marks.left)]).then((placed) => {
      if (placed) onDone();
    });
  };
  const position = (eye: Eye): string =>
    t('protect.place.position', { x: format.percent(marks[eye].x), y: format.percent(marks[eye].y) });

  return (
    <section className={styles.place} aria-label={t('protect.place.title')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('protect.place.title')}
      </h2>
      <p>{t('protect.place.how')}</p>
      {/* The marks below do the same from the keyboard. */}
      <div ref={area} className={styles.area} onClick={onClick}>
        <PixelCanvas pixels={preview} label={t('protect.place.area')} className={styles.image} />
        {(['right', 'left'] as const).map((eye) => (
          <button
            key={eye}
            type="button"
            className={styles.mark}
            style={{ left: `${marks[eye].x * 100}%`, top: `${marks[eye].y * 100}%` }}
            aria-label={t(eye === 'right' ? 'protect.place.markRight' : 'protect.place.markLeft')}
            aria-description={position(eye)}
            onKeyDown={onKeyDown(eye)}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove(eye)}
          />
        ))}
      </div>
      <p className={styles.hint}>{t('protect.place.keyboard')}</p>
      <div className={styles.actions}>
        <Button variant="primary" icon="check" isDisabled={placing} onPress={confirm}>
          {t('protect.place.confirm')}
        </Button>
        <Button onPress={onDone}>{t('common.cancel')}</Button>
      </div>
    </section>
  );
}
