import { useTranslation } from 'react-i18next';
import { faceOf } from '../../state/compare';
import { useCompare } from '../../state/page';
import { useVisitName } from './use-visit-name';
import styles from './Compare.module.css';

/** Which two of many visits are laid over each other. */
export function ShownPair() {
  const { t } = useTranslation();
  const nameOf = useVisitName();
  const { visits, shown, show } = useCompare();
  if (!shown) return null;
  const [first, second] = shown;
  const choice = (label: string, value: number, other: number, onChange: (id: number) => void) => (
    <label className={styles.pick}>
      {label}
      <select value={value} onChange={({ target }) => onChange(Number(target.value))}>
        {visits
          .filter((visit) => faceOf(visit) !== null && visit.id !== other)
          .map((visit) => (
            <option key={visit.id} value={visit.id}>
              {nameOf(visit)}
            </option>
          ))}
      </select>
    </label>
  );
  return (
    <div className={styles.actions}>
      {choice(t('compare.firstShown'), first, second, (id) => show(id, second))}
      {choice(t('compare.secondShown'), second, first, (id) => show(first, id))}
    </div>
  );
}
