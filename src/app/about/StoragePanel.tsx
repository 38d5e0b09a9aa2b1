import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels, useRunning } from '../../state/page';
import { Button } from '../components/Button';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import styles from './About.module.css';

/** How much this page keeps on the device, and the way to remove it. */
export function StoragePanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { models, clear } = useModels();
  const running = useRunning();
  const [estimate, setEstimate] = useState<StorageEstimate | null>(null);
  const [cleared, setCleared] = useState(false);
  const kept = models.some(({ cached }) => cached);

  useEffect(() => {
    let shown = true;
    // Private windows may have none.
    const { storage } = navigator as Partial<Navigator>;
    storage?.estimate().then(
      (now) => {
        if (shown) setEstimate(now);
      },
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [models]);

  return (
    <Panel title={t('about.storage.title')}>
      <p>
        {estimate?.usage !== undefined && estimate.quota !== undefined
          ? t('about.storage.used', {
              used: format.bytes(estimate.usage),
              quota: format.bytes(estimate.quota),
            })
          : t('about.storage.unknown')}
      </p>
      <p className={styles.small}>{t('about.storage.what')}</p>
      <div>
        <Button isDisabled={!kept || running} onPress={() => void clear().then(() => setCleared(true))}>
          {t('about.storage.clear')}
        </Button>
      </div>
      {cleared && !kept && <p role="status">{t('about.storage.cleared')}</p>}
    </Panel>
  );
}
