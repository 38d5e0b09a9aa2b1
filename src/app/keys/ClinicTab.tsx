import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../state/page';
import { Button } from '../components/Button';
import { ConfirmSaved } from '../components/ConfirmSaved';
import { CopyButton } from '../components/CopyButton';
import { ErrorNotice } from '../components/ErrorNotice';
import { Field } from '../components/Field';
import { FileButton } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { Panel } from '../components/Panel';
import { PassphraseForm } from '../components/PassphraseForm';
import { QrCode } from '../components/QrCode';
import { LinkForPatients } from '../clinic-link/LinkForPatients';
import { saveFile } from '../save-file';
import { LosingNotice } from './LosingNotice';
import styles from './Keys.module.css';

const identityFile = 'clinic-identity.txt';

/** A clinic's identity: made here, saved, opened again, and its public half to give away. */
export function ClinicTab() {
  const { t } = useTranslation();
  const { recipient, lockedFile, busy, problem, make, open, unlock } = useClinic();
  if (recipient !== null) return <Identity recipient={recipient} />;
  const onFiles = ([file]: File[]): void => {
    if (file) void open(file);
  };
  return (
    <>
      <FileDrop>
        <p>{t('keys.clinic.lead')}</p>
        <div className={styles.actions}>
          <Button variant="primary" icon="clinic" isDisabled={busy} onPress={() => void make()}>
            {t('keys.clinic.make')}
          </Button>
          <FileButton icon="folder" onFiles={onFiles}>
            {t('keys.clinic.open')}
          </FileButton>
        </div>
        {lockedFile && <PassphraseForm text={t('keys.clinic.locked')} busy={busy} onPassphrase={unlock} />}
      </FileDrop>
      {problem && <ErrorNotice problem={problem} />}
    </>
  );
}

function Identity({ recipient }: { readonly recipient: string }) {
  const { t } = useTranslation();
  const { saved, busy, problem, write, markSaved, close } = useClinic();
  const [passphrase, setPassphrase] = useState('');
  const [handed, setHanded] = useState(false);
  const [closing, setClosing] = useState(false);

  async function save(): Promise<void> {
    const bytes = await write(passphrase);
    if (bytes) {
      saveFile(identityFile, bytes, 'text/plain');
      setHanded(true);
    }
    setPassphrase('');
  }

  return (
    <>
      <div className={`${styles.columns} no-print`}>
        <Panel title={t('keys.clinic.public')}>
          <p className={styles.soft}>{t('keys.clinic.publicHint')}</p>
          <QrCode text={recipient} label={t('keys.clinic.qr')} />
          <Field
            label={t('keys.clinic.public')}
            value={recipient}
            onChange={() => undefined}
            rows={3}
            readOnly
            mono
          />
          <div className={`${styles.actions} no-print`}>
            <CopyButton text={() => recipient}>{t('keys.clinic.copy')}</CopyButton>
          </div>
        </Panel>
        <div className="no-print">
          <Panel
            title={t('keys.clinic.title')}
            aside={
              <Button variant="quiet" icon="close" onPress={() => (saved ? close() : setClosing(true))}>
                {t('keys.clinic.close')}
              </Button>
            }
          >
            {closing && !saved && (
              <LosingNotice
                title={t('keys.clinic.unsaved')}
                text={t('keys.clinic.unsavedText')}
                onKeep={() => setClosing(false)}
                onLose={close}
              />
            )}
            <p>{t('keys.clinic.saveHint')}</p>
            <Field
              label={t('keys.clinic.passphrase')}
              type="password"
              autoComplete="new-password"
              value={passphrase}
              onChange={setPassphrase}
              hint={t('keys.clinic.passphraseHint')}
            />
            <div className={styles.actions}>
              <Button variant="primary" icon="save" isDisabled={busy} onPress={() => void save()}>
                {t('keys.clinic.save')}
              </Button>
              <span role="status">{saved && t('keys.clinic.saved')}</span>
            </div>
            {problem && <ErrorNotice problem={problem} />}
            {handed && !saved && (
              <ConfirmSaved
                question={t('keys.saver.isThere', { name: identityFile })}
                onConfirm={() => {
                  setHanded(false);
                  markSaved();
                }}
              />
            )}
          </Panel>
        </div>
      </div>
      <LinkForPatients recipient={recipient} />
    </>
  );
}
