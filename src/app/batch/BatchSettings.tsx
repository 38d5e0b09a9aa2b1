import { useTranslation } from 'react-i18next';
import { useBatch } from '../../state/page';
import { Button } from '../components/Button';
import { FileButton, photoTypes } from '../components/FileButton';
import { Panel } from '../components/Panel';
import { Range } from '../components/Range';
import { Toggle } from '../components/Toggle';
import { useFormat } from '../use-format';
import columns from '../protect/Protect.module.css';
import styles from './Batch.module.css';

/** What holds for every photo of the batch, and the button that starts it. */
export function BatchSettings({ started }: { readonly started: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const batch = useBatch();
  return (
    <Panel title={t('protect.signs.title')}>
      <Range
        label={t('protect.signs.threshold')}
        value={batch.signThreshold}
        valueText={t('protect.signs.thresholdValue', { score: format.number(batch.signThreshold, 2) })}
        min={0.1}
        max={0.9}
        step={0.05}
        lowLabel={t('protect.signs.keepMore')}
        highLabel={t('protect.signs.hideMore')}
        onChange={batch.setSignThreshold}
      />
      <Toggle
        label={t('protect.signs.keepBoth')}
        hint={t('protect.signs.keepBothHint')}
        selected={batch.keepBothEyes}
        onChange={batch.setKeepBothEyes}
      />
      <p className={columns.small}>{t('batch.allFaces')}</p>
      <div className={styles.actions}>
        <Button variant="primary" icon="protect" onPress={() => void batch.run()}>
          {t(started ? 'batch.resume' : 'batch.start')}
        </Button>
        <FileButton icon="photo" accept={photoTypes} multiple onFiles={batch.add}>
          {t('batch.add')}
        </FileButton>
      </div>
    </Panel>
  );
}
