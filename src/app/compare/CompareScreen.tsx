import { useTranslation } from 'react-i18next';
import { engine, useCompare, useModels } from '../../state/page';
import { faceOf, type Visit } from '../../state/compare';
import { isReady } from '../../state/models';
import { readSource } from '../../state/source';
import { pairGatesOf } from '../../state/visit-gates';
import { Button } from '../components/Button';
import { FileButton, photoTypes } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { ModelConsent } from '../models/ModelConsent';
import { Notice } from '../components/Notice';
import type { ViewerPicture } from '../components/viewer/picture';
import { Viewer } from '../components/viewer/Viewer';
import { LidLines } from './LidLines';
import { MeasureTable } from './MeasureTable';
import { frame, frameEyes, placementOf } from './placement';
import { ShownPair } from './ShownPair';
import { TrendChart } from './TrendChart';
import { useVisitName } from './use-visit-name';
import { VisitCard } from './VisitCard';
import styles from './Compare.module.css';

/** Visits of one person over each other, aligned by the eyes, and what changed in millimetres. */
export function CompareScreen() {
  const { t } = useTranslation();
  const { visits, shown, add, reset } = useCompare();
  const ready = useModels((models) => isReady(models, 'landmarks'));
  const onFiles = (files: File[]): void => void add(files);
  const measured = visits.filter((visit) => faceOf(visit) !== null);
  const waiting = visits.some((visit) => !visit.measured && !visit.problem);
  const [first, second] = (shown ?? []).map((id) => measured.find((visit) => visit.id === id));
  const pair = first && second ? ([first, second] as const) : null;
  const alone = pair ? null : measured[0];
  return (
    <>
      <div className={styles.intro}>
        <h1>{t('compare.screen')}</h1>
        <p>{t('compare.lead')}</p>
      </div>
      <div className="no-print">
        <FileDrop>
          <div className={styles.actions}>
            <FileButton
              icon="photo"
              multiple
              variant={visits.length < 2 ? 'primary' : 'secondary'}
              accept={photoTypes}
              onFiles={onFiles}
            >
              {t(visits.length === 0 ? 'compare.choose' : 'compare.addMore')}
            </FileButton>
            {visits.length > 0 && (
              <Button variant="quiet" onPress={reset}>
                {t('common.startOver')}
              </Button>
            )}
          </div>
        </FileDrop>
      </div>
      {waiting && !ready && <ModelConsent need="landmarks" waitingPhoto />}
      {pair && <PairNotices pair={pair} />}
      <div className={styles.columns}>
        <div className={styles.look}>
          {pair && visits.length > 2 && <ShownPair />}
          {pair && <Pictures key={pair.map(({ id }) => id).join()} before={pair[0]} after={pair[1]} />}
          {alone && <Pictures key={alone.id} before={null} after={alone} />}
          {measured.length > 0 && <p className={styles.small}>{t('compare.marksHint')}</p>}
        </div>
        <div className={styles.side}>
          {measured.length > 0 && <MeasureTable visits={measured} shown={pair} />}
        </div>
      </div>
      {measured.length > 2 && <TrendChart visits={measured} />}
      {visits.length > 0 && (
        <ul role="list" className={styles.visits} aria-label={t('compare.visits')}>
          {visits.map((visit, index) => (
            <VisitCard key={visit.id} visit={visit} number={index + 1} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Whether the two that are shown may be compared at all. */
function PairNotices({ pair: [first, second] }: { readonly pair: readonly [Visit, Visit] }) {
  const { t } = useTranslation();
  const { people, checkPeople } = useCompare();
  const [one, other] = [faceOf(first), faceOf(second)];
  const gates = one && other ? pairGatesOf(one, other) : [];
  return (
    <>
      {people === 'different' && (
        <Notice tone="danger" title={t('compare.people.different')} announce>
          <p>{t('compare.people.differentText')}</p>
        </Notice>
      )}
      {people === 'perhaps' && (
        <Notice tone="warning" title={t('compare.people.perhaps')} announce>
          <p>{t('compare.people.perhapsText')}</p>
        </Notice>
      )}
      {(people === 'unknown' || people === 'checking') && (
        <Notice
          tone="info"
          title={t('compare.people.unknown')}
          actions={
            <Button isDisabled={people === 'checking'} onPress={() => void checkPeople()}>
              {t(people === 'checking' ? 'compare.people.checking' : 'compare.people.check')}
            </Button>
          }
        />
      )}
      {people === 'checking' && <ModelConsent need="all" />}
      {gates.length > 0 && (
        <Notice tone="warning" title={t('compare.pairTitle')}>
          <ul>
            {gates.map((gate) => (
              <li key={gate}>{t(`compare.pair.${gate}`)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function Pictures({ before, after }: { readonly before: Visit | null; readonly after: Visit }) {
  const nameOf = useVisitName();
  const picture = (visit: Visit): ViewerPicture | undefined => {
    const face = faceOf(visit);
    if (!face || !visit.measured) return undefined;
    const { preview, width } = visit.measured;
    return {
      label: nameOf(visit),
      preview,
      full: async () => engine.picture(await readSource(visit.file, 'protected')),
      placement: placementOf(face, width),
    };
  };
  const shown = picture(after);
  if (!shown) return null;
  return (
    <Viewer
      before={before ? picture(before) : undefined}
      after={shown}
      frame={frame}
      eyes={[frameEyes]}
      overlay={(side, projection) => {
        const visit = side === 'before' ? before : after;
        return visit && <LidLines visit={visit} projection={projection} />;
      }}
    />
  );
}
