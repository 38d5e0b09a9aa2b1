import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { Button } from '../components/Button';
import { KeyOptions } from './KeyOptions';
import { KeyOutcome } from './KeyOutcome';
import { useKeySaving } from './use-key-saving';
import styles from './KeySaver.module.css';

interface KeySaverProps {
  readonly privacyKey: PrivacyKey;
  readonly saved: boolean;
  readonly onSaved: () => void;
}

/** Saves a key file: plain, under a passphrase, or for clinics. */
export function KeySaver({ privacyKey, saved, onSaved }: KeySaverProps) {
  const { t } = useTranslation();
  const saving = useKeySaving(privacyKey, onSaved);
  const { busy, gap, savedAs, save } = saving;
  return (
    <div className={styles.saver}>
      <KeyOptions saving={saving} />
      <div>
        <Button
          variant={saved ? 'secondary' : 'primary'}
          icon="keys"
          isDisabled={busy || gap !== null}
          onPress={() => void save()}
        >
          {busy ? t('keys.saver.saving') : t('result.save.key')}
        </Button>
      </div>
      <KeyOutcome saving={saving} saved={saved} />
      {saved && savedAs && <p className={styles.hint}>{t(`result.save.keySavedAs.${savedAs}`)}</p>}
      <p className={styles.hint}>{t('result.save.keyHint')}</p>
    </div>
  );
}
