import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import { TwoMarks, type Marks } from './TwoMarks';

const start: Marks = [
  { x: 0.4, y: 0.4 },
  { x: 0.6, y: 0.4 },
];

/** The two eyes set by hand, for photos in which no face is found. */
export function PlaceEyes({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { place, placing } = useProtect();
  return (
    <TwoMarks
      title={t('protect.place.title')}
      prompts={[t('protect.place.right'), t('protect.place.left'), t('protect.place.check')]}
      names={[t('protect.place.markRight'), t('protect.place.markLeft')]}
      area={t('protect.place.area')}
      confirm={t('protect.place.confirm')}
      start={start}
      busy={placing}
      onConfirm={(eyes) => void place(eyes).then((placed) => placed && onDone())}
      onCancel={onDone}
    />
  );
}
