import { useId } from 'react';
import { keptShares, SIGN_GRID, type FaceView } from '../../engine/api';
import type { PurposeSettings } from '../../state/purpose';
import styles from './SignOverlay.module.css';

/** What the engine does to the outline of what is kept, in cells: the blur, and the levels of nothing and of whole. */
const OUTLINE = { blur: 0.75, nothing: 0.03, whole: 0.165 } as const;
const slope = 1 / (OUTLINE.whole - OUTLINE.nothing);

interface SignOverlayProps {
  readonly face: FaceView;
  readonly selection: PurposeSettings;
}

/** What is kept of a face for its signs, with its soft outline, drawn over the face. */
export function SignOverlay({ face, selection }: SignOverlayProps) {
  const outline = useId();
  const [topLeft, topRight, , bottomLeft] = face.cropCorners;
  const step = (from: number, to: number): number => (to - from) / SIGN_GRID;
  const matrix = [
    step(topLeft.x, topRight.x),
    step(topLeft.y, topRight.y),
    step(topLeft.x, bottomLeft.x),
    step(topLeft.y, bottomLeft.y),
    topLeft.x,
    topLeft.y,
  ];
  const shares = keptShares(face.signScores, face.wholeEyes, selection);
  const kept = [...shares.entries()].filter(([, share]) => share > 0);
  return (
    <g transform={`matrix(${matrix.join(' ')})`} className={styles.kept}>
      <filter id={outline} filterUnits="userSpaceOnUse" x={0} y={0} width={SIGN_GRID} height={SIGN_GRID}>
        <feGaussianBlur stdDeviation={OUTLINE.blur} />
        <feComponentTransfer>
          <feFuncA type="linear" slope={slope} intercept={-OUTLINE.nothing * slope} />
        </feComponentTransfer>
      </filter>
      <g filter={`url(#${outline})`} shapeRendering="crispEdges">
        {kept.map(([cell, share]) => (
          <rect
            key={cell}
            x={cell % SIGN_GRID}
            y={Math.floor(cell / SIGN_GRID)}
            width={1}
            height={1}
            fillOpacity={share}
          />
        ))}
      </g>
    </g>
  );
}
