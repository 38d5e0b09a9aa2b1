import { useTranslation } from 'react-i18next';
import { useFormat } from '../use-format';
import styles from './TradeOff.module.css';

/** The paper's Table 1: score above which signs are kept, not recognised, AUROC of diagnosis. */
const table = [
  { threshold: 0.1, protection: 0.9204, auroc: 0.9134 },
  { threshold: 0.3, protection: 0.9393, auroc: 0.9134 },
  { threshold: 0.5, protection: 0.9654, auroc: 0.9125 },
  { threshold: 0.7, protection: 0.9696, auroc: 0.8826 },
  { threshold: 0.9, protection: 0.9696, auroc: 0.8619 },
] as const;

/** What the threshold trades, in the paper's figures, with the row nearest to the choice marked. */
export function TradeOff({ threshold }: { readonly threshold: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const distance = (row: (typeof table)[number]): number => Math.abs(row.threshold - threshold);
  const nearest = table.reduce((best, row) => (distance(row) < distance(best) ? row : best), table[2]);
  return (
    <>
      <p>{t('protect.signs.whyText')}</p>
      <table className={`${styles.table} figures`}>
        <caption>{t('protect.signs.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('protect.signs.tableThreshold')}</th>
            <th scope="col">{t('protect.signs.tableProtection')}</th>
            <th scope="col">{t('protect.signs.tableAuroc')}</th>
          </tr>
        </thead>
        <tbody>
          {table.map((row) => (
            <tr key={row.threshold} className={row === nearest ? styles.nearest : ''}>
              <th scope="row">{format.number(row.threshold, 1)}</th>
              <td>{format.percent(row.protection, 2)}</td>
              <td>{format.percent(row.auroc, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
