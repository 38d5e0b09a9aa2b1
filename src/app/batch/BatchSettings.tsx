import { useTranslation } from 'react-i18next';
import { useBatch } from '../../state/page';
import { Button } from '../components/Button';
import { FileButton, photoTypes } from '../components/FileButton';
import { PurposeChoice } from '../protect/PurposeChoice';
import texts from '../styles/text.module.css';
import styles from './Batch.module.css';

/** What holds for every photo of the batch, and the button that starts it. */
export function BatchSettings({ started }: { readonly started: boolean }) {
  const { t } = useTranslation();
  const batch = useBatch();
  return (
    <div className={styles.settings}>
      <PurposeChoice settings={batch.purpose} onChange={batch.setPurpose} />
      <p className={texts.small}>{t('batch.allFaces')}</p>
      <div className={styles.actions}>
        <Button variant="primary" icon="protect" onPress={() => void batch.run()}>
          {t(started ? 'batch.resume' : 'batch.start')}
        </Button>
        <FileButton icon="photo" accept={photoTypes} multiple onFiles={batch.add}>
          {t('batch.add')}
        </FileButton>
      </div>
    </div>
  );
}
