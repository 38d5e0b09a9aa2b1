import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtectResult } from '../../engine/api';
import { engine, useProtect } from '../../state/page';
import { Viewer } from '../components/viewer/Viewer';
import { eyesOf } from './eyes-of';

/** Original and protected photo, at their full size where somebody looks closely. */
export function ResultPictures({ result }: { readonly result: ProtectResult }) {
  const { t } = useTranslation();
  const { source, faces, chosen, inspection } = useProtect();
  const { file, preview, original } = result;
  const width = inspection?.width ?? 1;
  const eyes = useMemo(
    () => faces.filter(({ id }) => chosen.has(id)).map((face) => eyesOf(face, { x: width, y: width })),
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
