import { ProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useBatch, useModels, useVisit, useVisitKey } from '../../state/page';
import { isReady } from '../../state/models';
import { isKeySaved } from '../../state/visit-key';
import { Button } from '../components/Button';
import { KeySaver } from '../keys/KeySaver';
import { JobTitle } from '../components/JobTitle';
import { ModelConsent } from '../models/ModelConsent';
import { Panel } from '../components/Panel';
import layout from '../styles/layout.module.css';
import texts from '../styles/text.module.css';
import { BatchList } from './BatchList';
import { BatchSettings } from './BatchSettings';
import styles from './Batch.module.css';
import { ZipPanel } from './ZipPanel';

/** Many photos of one visit: one key, one zip. */
export function Batch() {
  const { t } = useTranslation();
  const batch = useBatch();
  const visit = useVisitKey();
  const end = useVisit((state) => state.end);
  const ready = useModels((models) => isReady(models, 'all'));
  const { items, running } = batch;
  const keySaved = isKeySaved(batch.key, batch.keySaved, visit);
  const done = items.filter(({ output }) => output !== null);
  const settled = items.filter(({ state }) => state !== 'waiting' && state !== 'working').length;
  const waiting = items.some(({ state }) => state === 'waiting');
  const text = t('batch.running', { done: settled, total: items.length });
  return (
    <>
      <div className={layout.head}>
        <JobTitle>{t('batch.title')}</JobTitle>
        {!running && (
          <Button variant="quiet" onPress={() => end()}>
            {t('common.startOver')}
          </Button>
        )}
      </div>
      <p>{t('batch.lead')}</p>
      <div className={layout.columns}>
        <Panel title={t('batch.count', { count: items.length })}>
          <BatchList />
        </Panel>
        <div className={layout.side}>
          {running && !ready && <ModelConsent />}
          {running ? (
            <Panel title={text}>
              <ProgressBar
                aria-label={t('batch.progress')}
                value={settled}
                maxValue={items.length}
                valueLabel={text}
              >
                {({ percentage }) => (
                  <div className={styles.track}>
                    <div className={styles.fill} style={{ width: `${percentage ?? 0}%` }} />
                  </div>
                )}
              </ProgressBar>
              <div>
                <Button icon="close" onPress={batch.cancel}>
                  {t('batch.cancel')}
                </Button>
              </div>
            </Panel>
          ) : (
            waiting && <BatchSettings started={settled > 0} />
          )}
          {!running && done.length > 0 && <ZipPanel />}
          {!running && batch.key && (
            <Panel title={t('batch.keyTitle')}>
              <KeySaver privacyKey={batch.key} saved={keySaved} onSaved={batch.markKeySaved} />
              {keySaved && <p role="status">{t('result.save.keySaved')}</p>}
            </Panel>
          )}
          {!running && done.length > 0 && (
            <div className={styles.actions}>
              <Button
                variant="primary"
                icon="check"
                isDisabled={!keySaved || !batch.zipSaved}
                onPress={() => end()}
              >
                {t('batch.finish')}
              </Button>
              {(!keySaved || !batch.zipSaved) && <p className={texts.small}>{t('batch.finishHint')}</p>}
            </div>
          )}
        </div>
      </div>
    </>
  );
}
