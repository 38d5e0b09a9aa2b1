import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { measuresOf, type Visit } from '../../state/compare';
import { leastDifference } from '../../state/lid-measures';
import { Button } from '../components/Button';
import { CopyButton } from '../components/CopyButton';
import { Disclosure } from '../components/Disclosure';
import { Panel } from '../components/Panel';
import { saveFile } from '../save-file';
import { useFormat } from '../use-format';
import { quoted, round } from './figures';
import { changeOf, rows, type Row } from './rows';
import { useVisitName } from './use-visit-name';
import styles from './Compare.module.css';

interface MeasureTableProps {
  /** Those that are measured. */
  readonly visits: readonly Visit[];
  readonly shown: readonly [Visit, Visit] | null;
}

const groups = ['right', 'left', 'difference', 'both'] as const;

/** What the lids of every visit measure, what changed between the two that are shown, and what that is worth. */
export function MeasureTable({ visits, shown }: MeasureTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVisitName();
  const columns = visits.flatMap((visit) => {
    const measures = measuresOf(visit);
    return measures ? [{ visit, measures }] : [];
  });
  const pair = shown?.map(measuresOf);
  const [first, second] = pair ?? [];
  const least = first && second ? leastDifference(first, second) : null;
  const allPlaced = visits.every(({ placed }) => placed);

  /** A figure with a true minus, and never a zero with a sign. */
  const number = (value: number, digits: number): string =>
    Number.isFinite(value) ? format.number(round(value, digits), digits).replace('-', '−') : '–';
  const digitsOf = ({ unit }: Row): number => (unit === 'px' ? 0 : 1);
  const change = (row: Row): { readonly text: string; readonly within: boolean } | null => {
    const changed = first && second ? changeOf(row, first, second) : null;
    if (!changed) return null;
    if (changed.within) return { text: t('compare.within'), within: true };
    return { text: `${changed.value > 0 ? '+' : ''}${number(changed.value, 1)}`, within: false };
  };
  const label = (row: Row): string => t(`compare.name.${row.name}`);

  /** Rows of text: one for each line of the table. */
  function cells(figure: (value: number, row: Row) => string): string[][] {
    const names = columns.map(({ visit }) => nameOf(visit));
    return [
      [t('compare.eyeColumn'), t('compare.measure'), t('compare.unit'), ...names],
      ...rows.map((row) => [
        t(`compare.group.${row.group}`),
        label(row),
        row.unit,
        ...columns.map(({ measures }) => figure(row.value(measures), row)),
      ]),
      ['', t('compare.errorRow'), 'mm', ...columns.map(({ measures }) => `±${measures.error.toFixed(1)}`)],
    ];
  }

  const asText = (): string =>
    cells((value, row) => number(value, digitsOf(row)))
      .map((line) => line.join('\t'))
      .join('\n');

  function saveCsv(): void {
    const text = cells((value) => (Number.isFinite(value) ? value.toFixed(2) : ''))
      .map((line) => line.map(quoted).join(','))
      .join('\r\n');
    // Spreadsheets take a file without this mark for Latin letters.
    saveFile('lid-measures.csv', new TextEncoder().encode(`\uFEFF${text}\r\n`), 'text/csv');
  }

  return (
    <Panel title={t('compare.measures')}>
      <div className={styles.scroll}>
        <table className={`${styles.table} figures`}>
          <thead>
            <tr>
              <th scope="col">{t('compare.inMillimetres')}</th>
              {columns.map(({ visit }) => (
                <th key={visit.id} scope="col">
                  {nameOf(visit)}
                  {visit.measured?.isProtected && <span>{t('compare.protectedColumn')}</span>}
                  <span>{t(visit.placed ? 'compare.placedColumn' : 'compare.foundColumn')}</span>
                </th>
              ))}
              {pair && <th scope="col">{t('compare.difference')}</th>}
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group}>
              <tr>
                <th scope="rowgroup" colSpan={columns.length + (pair ? 2 : 1)} className={styles.group}>
                  {t(`compare.group.${group}`)}
                </th>
              </tr>
              {rows
                .filter((row) => row.group === group)
                .map((row) => {
                  const changed = change(row);
                  return (
                    <tr key={row.name}>
                      <th scope="row">{label(row)}</th>
                      {columns.map(({ visit, measures }) => (
                        <td key={visit.id}>{number(row.value(measures), digitsOf(row))}</td>
                      ))}
                      {pair && (
                        <td className={changed?.within === false ? styles.changed : styles.same}>
                          {changed?.text ?? ''}
                        </td>
                      )}
                    </tr>
                  );
                })}
            </tbody>
          ))}
        </table>
      </div>
      <p>
        {!allPlaced && <strong>{t('compare.foundOnly')} </strong>}
        {least !== null && <strong>{t('compare.error', { error: format.number(least, 1) })} </strong>}
        {t('compare.notForDecisions')}
      </p>
      <div className={`${styles.actions} no-print`}>
        <CopyButton text={asText}>{t('compare.copy')}</CopyButton>
        <Button icon="save" onPress={saveCsv}>
          {t('compare.csv')}
        </Button>
        <Button icon="print" onPress={() => window.print()}>
          {t('compare.print')}
        </Button>
      </div>
      <Disclosure title={t('compare.limits')}>
        <Explained />
      </Disclosure>
    </Panel>
  );
}

function Explained() {
  const { t } = useTranslation();
  return (
    <>
      {(['limitsText', 'mrd1Long', 'mrd2Long', 'fissureLong', 'scleralLong', 'protectedNote'] as const).map(
        (name) => (
          <Fragment key={name}>
            <p>{t(`compare.${name}`)}</p>
          </Fragment>
        ),
      )}
    </>
  );
}
