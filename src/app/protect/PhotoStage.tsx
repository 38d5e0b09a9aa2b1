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
  const { source, inspection, faces, chosen, covered, areas, settings } = useProtect();
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
        <MosaicPattern size={Math.max(width, height) / 60} />
        {areas.map((area, index) => (
          <rect key={index} {...area} className={styles.box} fill={MOSAIC} />
        ))}
        {showSigns &&
          faces
            .filter(({ id }) => chosen.has(id))
            .map((face) => <SignOverlay key={face.id} face={face} selection={settings} />)}
        {faces.map((face) => (
          <FaceBox key={face.id} face={face} chosen={chosen.has(face.id)} covered={covered.has(face.id)} />
        ))}
      </svg>
    </figure>
  );
}

const PATTERN = 'mosaic';
const MOSAIC = `url(#${PATTERN})`;

/** What is going to be covered shows squares. */
function MosaicPattern({ size }: { readonly size: number }) {
  return (
    <pattern id={PATTERN} width={2 * size} height={2 * size} patternUnits="userSpaceOnUse">
      <rect width={2 * size} height={2 * size} className={styles.light} />
      <path d={`M0 0h${size}v${2 * size}h${size}v${-size}h${-2 * size}z`} className={styles.dark} />
    </pattern>
  );
}

interface FaceBoxProps {
  readonly face: FaceView;
  readonly chosen: boolean;
  readonly covered: boolean;
}

function FaceBox({ face, chosen, covered }: FaceBoxProps) {
  const { t } = useTranslation();
  const { x, y, width, height } = face.box;
  const mark = width * 0.13;
  const fill = chosen && covered ? MOSAIC : 'none';
  return (
    <g className={chosen ? styles.chosen : styles.left}>
      <rect x={x} y={y} width={width} height={height} rx={width * 0.04} className={styles.box} fill={fill} />
      {face.turned && (
        <>
          <rect x={x} y={y + height - 1.5 * mark} width={width} height={1.5 * mark} className={styles.tag} />
          <text
            x={x + width / 2}
            y={y + height - 0.75 * mark}
            fontSize={mark * 0.8}
            className={styles.number}
          >
            {t('protect.faces.turnedTag')}
          </text>
        </>
      )}
      <rect x={x} y={y} width={mark} height={mark} rx={width * 0.04} className={styles.tag} />
      <text x={x + mark / 2} y={y + mark / 2} fontSize={mark * 0.66} className={styles.number}>
        {face.id + 1}
      </text>
    </g>
  );
}
