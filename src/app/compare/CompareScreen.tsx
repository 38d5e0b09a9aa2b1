import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompare, useModels } from '../../state/page';
import type { VisitNumber } from '../../state/compare';
import { isReady } from '../../state/models';
import { BeforeAfter } from '../components/BeforeAfter';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton, photoTypes } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { ModelConsent } from '../components/ModelConsent';
import { Segmented } from '../components/Segmented';
import { AlignedVisit, alignedRatio } from './AlignedVisit';
import { MeasureTable } from './MeasureTable';
import styles from './Compare.module.css';

const numbers: readonly VisitNumber[] = [1, 2];
const views = ['slider', 'side'] as const;

/** Two visits over each other, aligned by the eyes, with what changed in millimetres. */
export function CompareScreen() {
  const { t } = useTranslation();
  const visits = useCompare((state) => state.visits);
  const waiting = numbers.some(
    (number) => visits[number] && !visits[number].measures && !visits[number].problem,
  );
  const ready = useModels((models) => isReady(models, 'landmarks'));
  const [view, setView] = useState<(typeof views)[number]>('slider');
  const first = visits[1]?.measures;
  const second = visits[2]?.measures;
  const label = (number: VisitNumber): string => t('compare.visit', { number });
  return (
    <>
      <div className={styles.intro}>
        <h1>{t('compare.screen')}</h1>
        <p>{t('compare.lead')}</p>
      </div>
      <div className={styles.slots}>
        {numbers.map((number) => (
          <Slot key={number} number={number} />
        ))}
      </div>
      {waiting && !ready && <ModelConsent need="landmarks" waitingPhoto />}
      {first && second && (
        <>
          <div className={styles.view}>
            <Segmented
              label={t('compare.view')}
              value={view}
              options={views.map((value) => ({ value, label: t(`compare.${value}`) }))}
              onChange={setView}
            />
          </div>
          {view === 'slider' ? (
            <BeforeAfter
              before={<AlignedVisit measures={first} label={label(1)} />}
              after={<AlignedVisit measures={second} label={label(2)} />}
              ratio={alignedRatio}
              beforeLabel={label(1)}
              afterLabel={label(2)}
            />
          ) : (
            <div className={styles.side}>
              <AlignedVisit measures={first} label={label(1)} />
              <AlignedVisit measures={second} label={label(2)} />
            </div>
          )}
        </>
      )}
      {(first ?? second) && <MeasureTable first={first ?? null} second={second ?? null} />}
    </>
  );
}

function Slot({ number }: { readonly number: VisitNumber }) {
  const { t } = useTranslation();
  const { visits, open } = useCompare();
  const visit = visits[number];
  const onFiles = ([file]: File[]): void => {
    if (file) void open(number, file);
  };
  return (
    <FileDrop onFiles={onFiles}>
      <h2>{t('compare.visit', { number })}</h2>
      {visit && <p className={styles.name}>{visit.name}</p>}
      {visit && !visit.measures && !visit.problem && <p role="status">{t('compare.measuring')}</p>}
      {visit?.problem && <ErrorNotice problem={visit.problem} />}
      <FileButton
        icon="photo"
        variant={visit ? 'secondary' : 'primary'}
        accept={photoTypes}
        onFiles={onFiles}
      >
        {t(visit ? 'compare.change' : 'compare.choose', { number })}
      </FileButton>
    </FileDrop>
  );
}
