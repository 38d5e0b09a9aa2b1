import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import type { Box } from '../../engine/types';
import { TwoMarks, type Marks } from './TwoMarks';
import styles from './TwoMarks.module.css';

const start: Marks = [
  { x: 0.35, y: 0.35 },
  { x: 0.65, y: 0.65 },
];

/** An area set by hand by two of its corners, to be covered whole: what no face was found in, or lies beside one. */
export function MarkArea({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const markArea = useProtect((protect) => protect.markArea);
  return (
    <TwoMarks
      title={t('protect.area.title')}
      how={t('protect.area.how')}
      names={[t('protect.area.firstCorner'), t('protect.area.secondCorner')]}
      area={t('protect.area.photo')}
      confirm={t('protect.area.confirm')}
      start={start}
      between={(marks) => <Rectangle box={boxOf(marks)} />}
      onConfirm={(marks) => {
        const area = boxOf(marks);
        if (area.width > 0 && area.height > 0) markArea(area);
        onDone();
      }}
      onCancel={onDone}
    />
  );
}

function Rectangle({ box }: { readonly box: Box }) {
  const percent = (share: number): string => `${share * 100}%`;
  const style = {
    left: percent(box.x),
    top: percent(box.y),
    width: percent(box.width),
    height: percent(box.height),
  };
  return <div className={styles.rectangle} style={style} />;
}

function boxOf([one, other]: Marks): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
}
