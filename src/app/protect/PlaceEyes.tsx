import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import { eyesOf } from './eyes-of';
import { TwoMarks, type Marks } from './TwoMarks';

/** Where eyes usually are. */
const usual: Marks = [
  { x: 0.4, y: 0.4 },
  { x: 0.6, y: 0.4 },
];

/** The two eyes set by hand, for photos in which no face is found; they start at those of a face that is left out. */
export function PlaceEyes({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { inspection, faces, chosen, place, placing, cancel } = useProtect();
  if (!inspection) return null;
  const { width, height } = inspection;
  const left = faces.find(({ id }) => !chosen.has(id));
  return (
    <TwoMarks
      title={t('protect.place.title')}
      how={t('protect.place.how')}
      names={[t('protect.place.markRight'), t('protect.place.markLeft')]}
      area={t('protect.place.area')}
      confirm={t('protect.place.confirm')}
      start={left ? eyesOf(left, { x: width, y: height }) : usual}
      busy={placing}
      onConfirm={(eyes) => void place(eyes).then((placed) => placed && onDone())}
      onCancel={() => {
        cancel();
        onDone();
      }}
    />
  );
}
