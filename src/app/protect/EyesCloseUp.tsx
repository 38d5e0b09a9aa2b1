import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import { PixelCanvas } from '../components/PixelCanvas';
import { eyesOf } from './eyes-of';
import { SignOverlay } from './SignOverlay';
import styles from './EyesCloseUp.module.css';

/** How wide the view is in distances of the eyes, and how high beside its width. */
const WIDTH = 2.6;
const HEIGHT = 0.45;
const PIXEL = { x: 1, y: 1 };

/** The eyes of the first face with what is kept of them, beside settings that lie far below the photo on a phone. */
export function EyesCloseUp() {
  const { t } = useTranslation();
  const { inspection, faces, chosen, settings } = useProtect();
  const face = faces.find(({ id }) => chosen.has(id));
  if (!inspection || !face) return null;
  const { width, height, preview } = inspection;
  const [right, left] = eyesOf(face, PIXEL);
  const across = WIDTH * Math.hypot(left.x - right.x, left.y - right.y);
  const start = { x: (right.x + left.x - across) / 2, y: (right.y + left.y - HEIGHT * across) / 2 };
  const place = {
    width: `${(100 * width) / across}%`,
    transform: `translate(${(-100 * start.x) / width}%, ${(-100 * start.y) / height}%)`,
  } satisfies CSSProperties;
  return (
    <div className={styles.view} style={{ aspectRatio: 1 / HEIGHT }}>
      <div className={styles.photo} style={place}>
        <PixelCanvas
          pixels={preview}
          label={t('protect.signs.eyes', { number: face.id + 1 })}
          className={styles.image}
        />
        <svg viewBox={`0 0 ${width} ${height}`} className={styles.kept} aria-hidden="true" focusable="false">
          <SignOverlay face={face} selection={settings} />
        </svg>
      </div>
    </div>
  );
}
