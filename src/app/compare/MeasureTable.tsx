import { useTranslation } from 'react-i18next';
import type { VisitMeasures } from '../../engine/api';
import { Disclosure } from '../components/Disclosure';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import styles from './Compare.module.css';

interface MeasureTableProps {
  readonly first: VisitMeasures | null;
  readonly second: VisitMeasures | null;
}

const rows = [
  { eye: 'right', measure: 'mrd1' },
  { eye: 'right', measure: 'palpebralFissure' },
  { eye: 'left', measure: 'mrd1' },
  { eye: 'left', measure: 'palpebralFissure' },
] as const;

/** Lid measures of both visits and their difference, with what they are worth. */
export function MeasureTable({ first, second }: MeasureTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (value: number | undefined): string =>
    value === undefined ? '' : t('compare.millimetres', { value: format.number(value, 1) });
  // Rounded first: a hair below nothing is nothing, and has no sign.
  const signed = (value: number): string => {
    const rounded = Math.round(value * 10) / 10 || 0;
    return `${rounded > 0 ? '+' : ''}${text(rounded)}`;
  };
  return (
    <Panel title={t('compare.measures')}>
      <div className={styles.scroll}>
        <table className={`${styles.table} figures`}>
          <thead>
            <tr>
              <th scope="col">{t('compare.measure')}</th>
              <th scope="col">{t('compare.visit', { number: 1 })}</th>
              <th scope="col">{t('compare.visit', { number: 2 })}</th>
              <th scope="col">{t('compare.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ eye, measure }) => {
              const before = first?.[eye][measure];
              const after = second?.[eye][measure];
              const short = t(measure === 'mrd1' ? 'compare.mrd1' : 'compare.fissure');
              return (
                <tr key={eye + measure}>
                  <th scope="row">
                    {t(`compare.eye.${eye}`)}, {short}
                  </th>
                  <td>{text(before)}</td>
                  <td>{text(after)}</td>
                  <td>{before !== undefined && after !== undefined ? signed(after - before) : ''}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={styles.small}>
        {t('compare.mrd1Long')}. {t('compare.fissureLong')}.
      </p>
      <Disclosure title={t('compare.limits')}>
        <p>{t('compare.limitsText')}</p>
        <p>{t('compare.protectedNote')}</p>
      </Disclosure>
    </Panel>
  );
}
