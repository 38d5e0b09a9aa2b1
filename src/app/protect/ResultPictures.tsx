import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtectResult } from '../../engine/api';
import type { Point } from '../../engine/types';
import { engine, useProtect } from '../../state/page';
import { Viewer } from '../components/viewer/Viewer';

/** Original and protected photo, at their full size where somebody looks closely. */
export function ResultPictures({ result }: { readonly result: ProtectResult }) {
  const { t } = useTranslation();
  const { source, faces, chosen, inspection } = useProtect();
  const { file, preview, original } = result;
  const width = inspection?.width ?? 1;
  const eyes = useMemo(
    () => faces.filter(({ id }) => chosen.has(id)).map(({ cropCorners }) => eyesIn(cropCorners, width)),
    [faces, chosen, width],
  );
  const full = (photo: typeof source) => (photo ? () => engine.picture(photo) : undefined);
  return (
    <Viewer
      before={{ label: t('common.original'), preview: original, full: full(source) }}
      after={{ label: t('common.protected'), preview, full: full(file) }}
      eyes={eyes}
    />
  );
}

/** Where the eye centres lie in the aligned crop, 0..1. */
const EYES = [
  { x: 0.35, y: 0.42 },
  { x: 0.65, y: 0.42 },
] as const;

/** The eyes of a crop whose corners lie in the photo, in widths of the photo. */
function eyesIn(
  [origin, right, , down]: readonly [Point, Point, Point, Point],
  width: number,
): readonly [Point, Point] {
  const place = ({ x, y }: Point): Point => ({
    x: (origin.x + x * (right.x - origin.x) + y * (down.x - origin.x)) / width,
    y: (origin.y + x * (right.y - origin.y) + y * (down.y - origin.y)) / width,
  });
  return [place(EYES[0]), place(EYES[1])];
}
