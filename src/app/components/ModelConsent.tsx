import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import { useModels } from '../../state/page';
import type { Need } from '../../engine/api';
import { missingBytes, statusOf } from '../../state/models';
import { useFormat } from '../use-format';
import { Button } from './Button';
import { ErrorNotice } from './ErrorNotice';
import styles from './ModelConsent.module.css';

interface ModelConsentProps {
  readonly need?: Exclude<Need, 'nothing'>;
  readonly waitingPhoto?: boolean;
}

/** Asks before the networks are downloaded, with their exact size, and shows the bytes arrive. */
export function ModelConsent({ need = 'all', waitingPhoto = false }: ModelConsentProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const models = useModels();
  const { receivedBytes, problem, prepare, cancel, check } = models;
  const status = statusOf(models, need);
  const missing = missingBytes(models, need);
  if (status === 'ready') return null;
  if (status === 'checking' || status === 'preparing') {
    return (
      <section className={styles.consent}>
        <p role="status">{t('models.preparing')}</p>
      </section>
    );
  }
  const size = format.bytes(missing);
  return (
    <section className={styles.consent} aria-label={t('models.title')}>
      <h2>{status === 'downloading' ? t('models.downloading') : t('models.title')}</h2>
      <p>{t('models.text')}</p>
      {waitingPhoto && <p className={styles.waiting}>{t('models.waiting')}</p>}
      {problem && (
        <ErrorNotice
          problem={problem}
          actions={<Button onPress={() => void check()}>{t('common.retry')}</Button>}
        />
      )}
      {status === 'downloading' && (
        <>
          <ProgressBar
            aria-label={t('models.downloading')}
            value={receivedBytes}
            maxValue={missing}
            valueLabel={t('models.received', { received: format.bytes(receivedBytes), total: size })}
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
      )}
      {status === 'missing' && (
        <div>
          <Button variant="primary" icon="save" onPress={() => void prepare(need)}>
            {t('models.download', { size })}
          </Button>
        </div>
      )}
    </section>
  );
}
