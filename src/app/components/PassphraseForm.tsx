import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Field } from './Field';
import styles from './PassphraseForm.module.css';

interface PassphraseFormProps {
  readonly text: string;
  readonly busy: boolean;
  readonly onPassphrase: (passphrase: string) => Promise<void>;
}

/** Asks for the passphrase of a locked file. What was typed is forgotten once it has been tried. */
export function PassphraseForm({ text, busy, onPassphrase }: PassphraseFormProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  return (
    <Form
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void onPassphrase(passphrase).then(() => setPassphrase(''));
      }}
    >
      <p>{text}</p>
      <Field
        label={t('restore.key.passphrase')}
        type="password"
        autoComplete="current-password"
        value={passphrase}
        onChange={setPassphrase}
      />
      <div>
        <Button type="submit" icon="lock" isDisabled={busy || passphrase === ''}>
          {t(busy ? 'restore.key.unlocking' : 'restore.key.unlock')}
        </Button>
      </div>
    </Form>
  );
}
