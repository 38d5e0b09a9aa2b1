import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import type { FaceView } from '../../engine/api';
import { PixelCanvas } from '../components/PixelCanvas';
import { SignOverlay } from './SignOverlay';
import styles from './PhotoStage.module.css';

/** The chosen photo with its faces and, when asked for, their sign maps. */
export function PhotoStage({ showSigns = false }: { readonly showSigns?: boolean }) {
  const { t } = useTranslation();
  const { source, inspection, faces, chosen, settings } = useProtect();
  if (!inspection) return null;
  const { width, height, preview } = inspection;
  const style = { '--ratio': width / height } as CSSProperties;
  return (
    <figure className={styles.stage} style={style}>
      <PixelCanvas
        pixels={preview}
        label={t('common.photoName', { name: source?.name ?? '' })}
        className={styles.image}
      />
      <svg viewBox={`0 0 ${width} ${height}`} className={styles.overlay} aria-hidden="true" focusable="false">
        {showSigns &&
          faces
            .filter(({ id }) => chosen.has(id))
            .map((face) => <SignOverlay key={face.id} face={face} selection={settings} />)}
        {faces.map((face) => (
          <FaceBox key={face.id} face={face} chosen={chosen.has(face.id)} />
        ))}
      </svg>
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
