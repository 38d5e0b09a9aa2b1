import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import type { FaceView } from '../../engine/api';
import { SignOverlay } from './SignOverlay';
import styles from './PhotoStage.module.css';

/** The chosen photo with its faces and, when asked for, their sign maps. */
export function PhotoStage({ showSigns = false }: { readonly showSigns?: boolean }) {
  const { t } = useTranslation();
  const { url, source, inspection, faces, chosen, settings } = useProtect();
  if (!url) return null;
  const size = inspection ? `0 0 ${inspection.width} ${inspection.height}` : null;
  const style = inspection ? ({ '--ratio': inspection.width / inspection.height } as CSSProperties) : {};
  return (
    <figure className={styles.stage} style={style}>
      <img src={url} alt={t('common.photoName', { name: source?.name ?? '' })} className={styles.image} />
      {size && (
        <svg viewBox={size} className={styles.overlay} aria-hidden="true" focusable="false">
          {showSigns &&
            faces
              .filter(({ id }) => chosen.has(id))
              .map((face) => <SignOverlay key={face.id} face={face} selection={settings} />)}
          {faces.map((face) => (
            <FaceBox key={face.id} face={face} chosen={chosen.has(face.id)} />
          ))}
        </svg>
      )}
    </figure>
  );
}

function FaceBox({ face, chosen }: { readonly face: FaceView; readonly chosen: boolean }) {
  const { x, y, width, height } = face.box;
  const mark = width * 0.13;
  return (
    <g className={chosen ? styles.chosen : styles.left}>
      <rect x={x} y={y} width={width} height={height} rx={width * 0.04} className={styles.box} />
      <rect x={x} y={y} width={mark} height={mark} rx={width * 0.04} className={styles.tag} />
      <text x={x + mark / 2} y={y + mark / 2} fontSize={mark * 0.66} className={styles.number}>
        {face.id + 1}
      </text>
    </g>
  );
}
