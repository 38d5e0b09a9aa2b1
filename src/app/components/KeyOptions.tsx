import { useTranslation } from 'react-i18next';
import { Field } from './Field';
import { Segmented } from './Segmented';
import { shortestPassphrase, type KeySaving } from './use-key-saving';
import styles from './KeySaver.module.css';

const locks = ['none', 'passphrase', 'clinic'] as const;

/** Lock and label of a key file. */
export function KeyOptions({ saving }: { readonly saving: KeySaving }) {
  const { t } = useTranslation();
  const { kind, label, passphrase, again, recipients, change } = saving;
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
        <Field
          label={t('keys.saver.recipients')}
          value={recipients}
          onChange={(next) => change({ recipients: next })}
          hint={t('keys.saver.recipientsHint')}
          rows={3}
          mono
        />
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
