import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyFileName, writeKeyFile, type KeyLock } from '../../state/key-writer';
import { toProblem, type Problem } from '../../state/problem';
import type { PrivacyKey } from '../../record/types';
import { saveFile } from '../save-file';
import { Button } from './Button';
import { ConfirmSaved } from './ConfirmSaved';
import { ErrorNotice } from './ErrorNotice';
import { Field } from './Field';
import { Segmented } from './Segmented';
import styles from './KeySaver.module.css';

interface KeySaverProps {
  readonly privacyKey: PrivacyKey;
  readonly saved: boolean;
  readonly onSaved: () => void;
}

const locks = ['none', 'passphrase', 'clinic'] as const;
/** Four or five random words are about as long. */
const shortestPassphrase = 12;

/** Saves a key file: plain, under a passphrase, or for clinics. */
export function KeySaver({ privacyKey, saved, onSaved }: KeySaverProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<KeyLock['kind']>('none');
  const [label, setLabel] = useState(privacyKey.label);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [recipients, setRecipients] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** The file that was handed to the browser; whether it got anywhere only the person can see. */
  const [handed, setHanded] = useState<string | null>(null);
  const tooShort = passphrase.length < shortestPassphrase;
  const differs = again !== '' && again !== passphrase;
  const incomplete =
    (kind === 'passphrase' && (tooShort || again !== passphrase)) ||
    (kind === 'clinic' && recipients.trim() === '');

  async function save(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const lock: KeyLock =
        kind === 'passphrase'
          ? { kind, passphrase }
          : kind === 'clinic'
            ? { kind, recipients: recipients.split(/[\s,;]+/).filter(Boolean) }
            : { kind };
      const bytes = await writeKeyFile({ ...privacyKey, label }, lock);
      const name = keyFileName(privacyKey);
      saveFile(name, bytes, 'application/octet-stream');
      setPassphrase('');
      setAgain('');
      setHanded(name);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={styles.saver}>
      <Segmented
        label={t('keys.saver.how')}
        value={kind}
        options={locks.map((value) => ({ value, label: t(`keys.saver.${value}`) }))}
        onChange={setKind}
      />
      <p className={styles.hint}>{t(`keys.saver.${kind}Hint`)}</p>
      {kind === 'passphrase' && (
        <>
          <Field
            label={t('keys.saver.passphraseField')}
            type="password"
            autoComplete="new-password"
            value={passphrase}
            onChange={setPassphrase}
            hint={t('keys.saver.passphraseLength', { count: shortestPassphrase })}
          />
          <Field
            label={t('keys.saver.passphraseAgain')}
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={setAgain}
            error={differs ? t('keys.saver.passphraseDiffers') : null}
          />
        </>
      )}
      {kind === 'clinic' && (
        <Field
          label={t('keys.saver.recipients')}
          value={recipients}
          onChange={setRecipients}
          hint={t('keys.saver.recipientsHint')}
          rows={3}
          mono
        />
      )}
      <Field
        label={t('keys.saver.label')}
        value={label}
        onChange={setLabel}
        hint={t('keys.saver.labelHint')}
      />
      {problem && <ErrorNotice problem={problem} />}
      <div>
        <Button
          variant={saved ? 'secondary' : 'primary'}
          icon="keys"
          isDisabled={busy || incomplete}
          onPress={() => void save()}
        >
          {busy ? t('keys.saver.saving') : t('result.save.key')}
        </Button>
      </div>
      {handed && !saved && (
        <ConfirmSaved
          question={t('keys.saver.isThere', { name: handed })}
          onConfirm={() => {
            setHanded(null);
            onSaved();
          }}
        />
      )}
      <p className={styles.hint}>{t('result.save.keyHint')}</p>
    </div>
  );
}
