import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels, useRestore } from '../../state/page';
import { isReady } from '../../state/models';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { KeyScanner } from '../components/KeyScanner';
import { ModelConsent } from '../components/ModelConsent';
import { Segmented } from '../components/Segmented';
import { StepProgress } from '../components/StepProgress';
import { KeyCard } from './KeyCard';
import { PhotoCard } from './PhotoCard';
import { RestoreResult } from './RestoreResult';
import styles from './Restore.module.css';

const modes = ['auto', 'neural'] as const;

/** From a protected photo and its key back to the original. */
export function RestoreScreen() {
  const { t } = useTranslation();
  const restore = useRestore();
  const { photo, key, mode, running, need, progress, problem, result } = restore;
  const ready = useModels((models) => isReady(models, need));
  const [scanning, setScanning] = useState(false);
  const onFiles = (files: File[]): void => void restore.addFiles(files);

  if (result) return <RestoreResult result={result} />;
  return (
    <>
      <div className={styles.intro}>
        <h1>{t('restore.screen')}</h1>
        <p>{t('restore.lead')}</p>
      </div>
      <FileDrop>
        <div className={styles.cards}>
          <PhotoCard />
          <KeyCard />
        </div>
        {!running && (
          <div className={styles.actions}>
            <FileButton
              variant={photo && key ? 'secondary' : 'primary'}
              icon="folder"
              multiple
              onFiles={onFiles}
            >
              {t('restore.choose')}
            </FileButton>
            <Button icon="qr" onPress={() => setScanning(true)}>
              {t('restore.scan')}
            </Button>
            {(photo ?? key) && (
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
      {problem && <ErrorNotice problem={problem} actions={<Ways />} />}
      {running && ready && (
        <StepProgress title={t('restore.running')} progress={progress} onCancel={restore.cancel} />
      )}
      {running && !ready && <ModelConsent waitingPhoto />}
      {photo && key && !running && (
        <div className={styles.run}>
          <Segmented
            label={t('restore.mode.label')}
            value={mode}
            options={modes.map((value) => ({ value, label: t(`restore.mode.${value}`) }))}
            onChange={restore.setMode}
          />
          <p className={styles.hint}>{t(`restore.mode.${mode}Hint`)}</p>
          <div>
            <Button variant="primary" icon="restore" onPress={() => void restore.restore()}>
              {t('restore.run')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

/** What can still be done after an error, beside what its sentence says. */
function Ways() {
  const { t } = useTranslation();
  const { problem, photo, key, restore } = useRestore();
  if (!photo || !key) return null;
  if (problem?.code === 'wrong-key' || problem?.code === 'key-fits-nowhere') {
    return (
      <>
        <Button onPress={() => void restore({ mode: 'neural', allowWrongKey: true })}>
          {t('restore.showVirtual')}
        </Button>
        <p className={styles.hint}>{t('restore.showVirtualHint')}</p>
      </>
    );
  }
  if (
    problem?.code === 'damaged-file' ||
    problem?.code === 'pixels-only' ||
    problem?.code === 'not-protected'
  ) {
    return <Button onPress={() => void restore({ mode: 'neural' })}>{t('restore.fromPixels')}</Button>;
  }
  return null;
}
