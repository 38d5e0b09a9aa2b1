import { useTranslation } from 'react-i18next';
import { useRestore } from '../../state/page';
import { standingOf } from '../../state/restore-photo';
import { FileButton } from '../components/FileButton';
import { Icon } from '../components/Icon';
import { PassphraseForm } from '../components/PassphraseForm';
import { useFormat } from '../use-format';
import styles from './Restore.module.css';

/** The keys: missing, locked, open, or none that the photos ask for. */
export function KeyCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const { photos, keys, locked } = useRestore();
  const wrong = keys.length > 0 && photos.some((photo) => standingOf(photo, keys) === 'other-key');
  const look = wrong ? styles.wrong : keys.length > 0 ? styles.here : '';
  return (
    <section className={`${styles.card} ${look}`}>
      <h2 className={styles.title}>
        <Icon name={wrong ? 'warning' : keys.length > 0 ? 'check' : locked.length > 0 ? 'lock' : 'keys'} />
        {t('restore.key.title')}
      </h2>
      {wrong && (
        <p role="status" className={styles.mismatch}>
          {t('restore.key.mismatch')}
        </p>
      )}
      {keys.map(({ id, label, created }) => (
        <div key={id}>
          <p>{t('restore.key.ready', { id })}</p>
          {label && <p>{label}</p>}
          <p className={styles.hint}>{t('restore.key.made', { date: format.date(new Date(created)) })}</p>
        </div>
      ))}
      {locked.length > 0 && <Unlock />}
      {keys.length === 0 && locked.length === 0 && <p className={styles.hint}>{t('restore.key.missing')}</p>}
    </section>
  );
}

function Unlock() {
  const { t } = useTranslation();
  const { locked, unlocking, unlock, addFiles } = useRestore();
  if (locked.some(({ by }) => by === 'passphrase')) {
    return <PassphraseForm text={t('restore.key.lockedPassphrase')} busy={unlocking} onPassphrase={unlock} />;
  }
  return (
    <>
      <p>{t('restore.key.lockedClinic')}</p>
      <div>
        <FileButton icon="clinic" onFiles={(files) => void addFiles(files)}>
          {t('restore.key.identity')}
        </FileButton>
      </div>
    </>
  );
}
