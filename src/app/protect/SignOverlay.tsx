import type { FaceView } from '../../engine/api';
import { keptCells, signGrid, type SignChoice } from './sign-cells';
import styles from './SignOverlay.module.css';

interface SignOverlayProps {
  readonly face: FaceView;
  readonly selection: SignChoice;
}

/** The fields of the sign map that are kept, drawn over the face they belong to. */
export function SignOverlay({ face, selection }: SignOverlayProps) {
  const [topLeft, topRight, , bottomLeft] = face.cropCorners;
  const step = (from: number, to: number): number => (to - from) / signGrid;
  const matrix = [
    step(topLeft.x, topRight.x),
    step(topLeft.y, topRight.y),
    step(topLeft.x, bottomLeft.x),
    step(topLeft.y, bottomLeft.y),
    topLeft.x,
    topLeft.y,
  ];
  const path = keptCells(face, selection)
    .map((cell) => `M${cell % signGrid} ${Math.floor(cell / signGrid)}h1v1h-1z`)
    .join('');
  return <path d={path} transform={`matrix(${matrix.join(' ')})`} className={styles.kept} />;
}
