import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels, useRestore } from '../../state/page';
import { isReady } from '../../state/models';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { KeyScanner } from '../keys/KeyScanner';
import { ModelConsent } from '../models/ModelConsent';
import { StepProgress } from '../components/StepProgress';
import { takeFiles } from '../intake/take-files';
import { KeyCard } from './KeyCard';
import { PhotoCard } from './PhotoCard';
import { RestoreList } from './RestoreList';
import { RestoreResult } from './RestoreResult';
import { Ways } from './Ways';
import styles from './Restore.module.css';

/** From protected photos and their keys back to the originals. */
export function RestoreScreen() {
  const { t } = useTranslation();
  const restore = useRestore();
  const { photos, keys, locked, running, need, progress, problem } = restore;
  const ready = useModels((models) => isReady(models, need));
  const [scanning, setScanning] = useState(false);
  const [looking, setLooking] = useState<number | null>(null);

  const several = photos.length > 1;
  const [only] = photos;
  const shown = several ? photos.find(({ id }) => id === looking) : only;
  if (shown?.restored) {
    const { file, restored } = shown;
    const onBack = several ? () => setLooking(null) : null;
    return <RestoreResult key={shown.id} file={file} result={restored} onBack={onBack} />;
  }
  const empty = photos.length === 0 && keys.length === 0 && locked.length === 0;
  const complete = photos.length > 0 && keys.length > 0;
  return (
    <>
      <div className={styles.intro}>
        <h1>{t('restore.screen')}</h1>
        <p>{t('restore.lead')}</p>
      </div>
      <FileDrop>
        <div className={`${styles.cards} ${several ? styles.one : ''}`}>
          {!several && <PhotoCard photo={only} />}
          <KeyCard />
        </div>
        {!running && (
          <div className={styles.actions}>
            <FileButton
              variant={complete ? 'secondary' : 'primary'}
              icon="folder"
              multiple
              onFiles={takeFiles}
            >
              {t('restore.choose')}
            </FileButton>
            <Button icon="qr" onPress={() => setScanning(true)}>
              {t('restore.scan')}
            </Button>
            {!empty && (
              <Button variant="quiet" onPress={restore.reset}>
                {t('common.startOver')}
              </Button>
            )}
          </div>
        )}
      </FileDrop>
      {scanning && (
        <KeyScanner
          onClose={() => setScanning(false)}
          onKey={(scanned) => {
            setScanning(false);
            void restore.setKey(scanned);
          }}
        />
      )}
      {problem && <ErrorNotice problem={problem} />}
      {running && ready && (
        <StepProgress title={t('restore.running')} progress={progress} onCancel={restore.cancel} />
      )}
      {running && !ready && (
        <div className={styles.run}>
          <ModelConsent waitingPhoto />
          <div>
            <Button variant="quiet" onPress={restore.cancel}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      )}
      {several ? <RestoreList onLook={setLooking} /> : only && !running && <Ways photo={only} />}
    </>
  );
}
