import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measuresOf, type Visit } from '../../state/compare';
import { leastDifference, sides } from '../../state/lid-measures';
import { Panel } from '../components/Panel';
import { Segmented } from '../components/Segmented';
import { useFormat } from '../use-format';
import { useVisitName } from './use-visit-name';
import styles from './TrendChart.module.css';

const WIDTH = 640;
const HEIGHT = 260;
const MARGIN = { left: 44, right: 16, top: 16, bottom: 34 };
const shown = ['mrd1', 'mrd2', 'fissure'] as const;

/** One measure of both eyes over more than two visits. The band is what the method cannot tell from the first. */
export function TrendChart({ visits }: { readonly visits: readonly Visit[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVisitName();
  const [measure, setMeasure] = useState<(typeof shown)[number]>('mrd1');
  const measured = visits.flatMap((visit) => {
    const measures = measuresOf(visit);
    return measures ? [{ visit, measures }] : [];
  });
  const [start] = measured;
  if (!start || measured.length < 3) return null;
  const values = measured.flatMap(({ measures }) => sides.map((side) => measures[side][measure]));
  const least = leastDifference(start.measures);
  const bottom = Math.floor(Math.min(...values) - 1);
  const top = Math.ceil(Math.max(...values) + 1);
  const x = (i: number): number =>
    MARGIN.left + (i / (measured.length - 1)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number): number =>
    MARGIN.top +
    ((top - Math.min(Math.max(value, bottom), top)) / (top - bottom)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const step = top - bottom > 8 ? 2 : 1;
  const ticks = Array.from({ length: Math.floor((top - bottom) / step) + 1 }, (_, i) => bottom + i * step);
  return (
    <Panel title={t('compare.trend')}>
      <Segmented
        label={t('compare.measure')}
        value={measure}
        options={shown.map((value) => ({ value, label: t(`compare.name.${value}`) }))}
        onChange={setMeasure}
      />
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('compare.trendLabel', { measure: t(`compare.name.${measure}`) })}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              className={styles.grid}
              x1={MARGIN.left}
              x2={WIDTH - MARGIN.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text className={styles.tick} x={MARGIN.left - 8} y={y(tick)} dy="0.35em" textAnchor="end">
              {format.number(tick).replace('-', '−')}
            </text>
          </g>
        ))}
        {measured.map(({ visit }, i) => (
          <text
            key={visit.id}
            className={styles.tick}
            x={x(i)}
            y={HEIGHT - 12}
            textAnchor={i === 0 ? 'start' : i === measured.length - 1 ? 'end' : 'middle'}
          >
            {nameOf(visit)}
          </text>
        ))}
        {sides.map((side) => {
          const first = start.measures[side][measure];
          const points = measured.map(({ measures }, i) => ({ x: x(i), y: y(measures[side][measure]) }));
          return (
            <g key={side} className={styles[side]}>
              <rect
                className={styles.band}
                x={MARGIN.left}
                width={WIDTH - MARGIN.left - MARGIN.right}
                y={y(first + least)}
                height={y(first - least) - y(first + least)}
              />
              <polyline
                className={styles.line}
                points={points.map((point) => `${point.x},${point.y}`).join(' ')}
              />
              {points.map((point, i) =>
                side === 'right' ? (
                  <circle key={i} className={styles.dot} cx={point.x} cy={point.y} r={4} />
                ) : (
                  <rect key={i} className={styles.dot} x={point.x - 4} y={point.y - 4} width={8} height={8} />
                ),
              )}
            </g>
          );
        })}
      </svg>
      <p className={styles.legend}>
        {sides.map((side) => (
          <span key={side} className={styles[side]}>
            <svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true">
              <line className={styles.line} x1="0" x2="28" y1="5" y2="5" />
            </svg>
            {t(`compare.eye.${side}`)}
          </span>
        ))}
        <span>{t('compare.band', { error: format.number(least, 1) })}</span>
      </p>
    </Panel>
  );
}
