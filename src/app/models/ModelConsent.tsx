import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import { useModels } from '../../state/page';
import type { Need } from '../../engine/api';
import { missingBytes, statusOf } from '../../state/models';
import { useFormat } from '../use-format';
import { ActionBar } from '../components/ActionBar';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import styles from './ModelConsent.module.css';

interface ModelConsentProps {
  readonly need?: Exclude<Need, 'nothing'>;
  readonly waitingPhoto?: boolean;
  /** Offers to protect the waiting photo right after, when the person agrees. */
  readonly onAtOnce?: () => void;
}

/** Asks before anything large is downloaded, with its size, shows it arrive, and goes on by itself after a break. */
export function ModelConsent({ need = 'all', waitingPhoto = false, onAtOnce }: ModelConsentProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const state = useModels();
  const { models, receivedBytes, secondsLeft, problem, prepare, cancel, check } = state;
  const status = statusOf(state, need);
  const missing = missingBytes(state, need);
  const broken = status === 'failed' && problem?.code === 'model-missing';

  useEffect(() => {
    if (!broken) return;
    const goOn = (): void => void prepare(need);
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [broken, need, prepare]);

  if (status === 'ready') return null;
  if (status === 'checking' || status === 'preparing') {
    return (
      <section className={styles.consent}>
        <p role="status">{t('models.preparing')}</p>
        <ProgressBar aria-label={t('models.preparing')} isIndeterminate>
          <div className={styles.track}>
            <div className={styles.unknown} />
          </div>
        </ProgressBar>
      </section>
    );
  }
  const size = format.bytes(missing);
  const started = models.some(({ cached }) => cached);
  const arrived = { received: format.bytes(receivedBytes), total: format.bytes(missing) };
  return (
    <section className={styles.consent} aria-label={t('models.title', { size })}>
      {status === 'failed' && problem ? (
        <ErrorNotice problem={problem} />
      ) : (
        <h2>{status === 'downloading' ? t('models.downloading') : t('models.title', { size })}</h2>
      )}
      {status === 'downloading' ? (
        <>
          <ProgressBar
            aria-label={t('models.downloading')}
            value={receivedBytes}
            maxValue={missing}
            valueLabel={
              secondsLeft === null
                ? t('models.received', arrived)
                : t('models.left', { ...arrived, time: format.duration(secondsLeft) })
            }
          >
            {({ percentage, valueText }) => (
              <>
                <div className={styles.track}>
                  <div className={styles.fill} style={{ width: `${percentage ?? 0}%` }} />
                </div>
                <p className="figures">{valueText}</p>
              </>
            )}
          </ProgressBar>
          <div>
            <Button icon="close" onPress={cancel}>
              {t('common.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('models.text')}</p>
          <p className={styles.small}>{t('models.detail')}</p>
          <ActionBar>
            <Button
              variant="primary"
              icon="save"
              onPress={() => {
                onAtOnce?.();
                // Without a list of what is missing there is nothing to go on with.
                void (models.length === 0 ? check() : prepare(need));
              }}
            >
              {status === 'failed' && started
                ? t('models.goOn', { size: format.bytes(missing) })
                : status === 'failed'
                  ? t('common.retry')
                  : t(onAtOnce ? 'models.setUpAndProtect' : 'models.setUp', { size })}
            </Button>
          </ActionBar>
        </>
      )}
      {waitingPhoto && <p className={styles.small}>{t('models.waiting')}</p>}
    </section>
  );
}
