import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button';
import { Field } from '../components/Field';
import { RecipientScanner } from './RecipientScanner';
import { Segmented } from '../components/Segmented';
import { shortestPassphrase, type KeySaving } from './use-key-saving';
import styles from './KeySaver.module.css';

const locks = ['none', 'passphrase', 'clinic'] as const;

/** Lock and label of a key file. */
export function KeyOptions({ saving }: { readonly saving: KeySaving }) {
  const { t } = useTranslation();
  const { kind, label, passphrase, again, recipients, change } = saving;
  const [scanning, setScanning] = useState(false);
  const differs = again !== '' && again !== passphrase;
  return (
    <div className={styles.saver}>
      <Segmented
        label={t('keys.saver.how')}
        value={kind}
        options={locks.map((value) => ({ value, label: t(`keys.saver.${value}`) }))}
        onChange={(next) => change({ kind: next })}
      />
      <p className={styles.hint}>{t(`keys.saver.${kind}Hint`)}</p>
      {kind === 'passphrase' && (
        <>
          <Field
            label={t('keys.saver.passphraseField')}
            type="password"
            autoComplete="new-password"
            value={passphrase}
            onChange={(next) => change({ passphrase: next })}
            hint={t('keys.saver.passphraseLength', { count: shortestPassphrase })}
          />
          <Field
            label={t('keys.saver.passphraseAgain')}
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={(next) => change({ again: next })}
            error={differs ? t('keys.saver.passphraseDiffers') : null}
          />
        </>
      )}
      {kind === 'clinic' && (
        <>
          <Field
            label={t('keys.saver.recipients')}
            value={recipients}
            onChange={(next) => change({ recipients: next })}
            hint={t('keys.saver.recipientsHint')}
            rows={3}
            mono
          />
          {scanning ? (
            <RecipientScanner
              onRecipient={(recipient) => {
                change({ recipients: withRecipient(recipients, recipient) });
                setScanning(false);
              }}
              onClose={() => setScanning(false)}
            />
          ) : (
            <div>
              <Button icon="camera" onPress={() => setScanning(true)}>
                {t('keys.scanClinic.open')}
              </Button>
            </div>
          )}
        </>
      )}
      <Field
        label={t('keys.saver.label')}
        value={label}
        onChange={(next) => change({ label: next })}
        hint={t('keys.saver.labelHint')}
      />
    </div>
  );
}

/** The list with one more recipient, each once. */
function withRecipient(list: string, recipient: string): string {
  return [...new Set([...list.split(/\s+/).filter(Boolean), recipient])].join('\n');
}
