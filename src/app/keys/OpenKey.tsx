import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../state/page';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { KeyScanner } from './KeyScanner';
import { PassphraseForm } from '../components/PassphraseForm';
import styles from './Keys.module.css';

/** The ways to a key: a new one, a file, a printed sheet. */
export function OpenKey() {
  const { t } = useTranslation();
  const { locked, busy, problem, make, open, unlock, show } = useKeys();
  const [scanning, setScanning] = useState(false);
  const onFiles = ([file]: File[]): void => {
    if (file) void open(file);
  };
  return (
    <>
      <FileDrop>
        <h2>{t('keys.none.title')}</h2>
        <p>{t('keys.none.text')}</p>
        <div className={styles.actions}>
          <Button variant="primary" icon="keys" onPress={() => void make()}>
            {t('keys.none.make')}
          </Button>
          <FileButton icon="folder" onFiles={onFiles}>
            {t('keys.none.open')}
          </FileButton>
          <Button icon="qr" onPress={() => setScanning(true)}>
            {t('keys.none.scan')}
          </Button>
        </div>
        {locked?.by === 'passphrase' && (
          <PassphraseForm text={t('restore.key.lockedPassphrase')} busy={busy} onPassphrase={unlock} />
        )}
        {locked?.by === 'recipient' && (
          <>
            <p>{t('restore.key.lockedClinic')}</p>
            <FileButton icon="clinic" onFiles={onFiles}>
              {t('restore.key.identity')}
            </FileButton>
          </>
        )}
      </FileDrop>
      {problem && <ErrorNotice problem={problem} />}
      {scanning && (
        <KeyScanner
          onClose={() => setScanning(false)}
          onKey={(key) => {
            setScanning(false);
            show(key);
          }}
        />
      )}
    </>
  );
}
