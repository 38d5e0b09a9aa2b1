import { useTranslation } from 'react-i18next';
import { useRestore } from '../../state/page';
import { FileButton } from '../components/FileButton';
import { Icon } from '../components/Icon';
import { PassphraseForm } from '../components/PassphraseForm';
import { useFormat } from '../use-format';
import styles from './Restore.module.css';

/** The key: missing, locked, or ready. */
export function KeyCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const { key, locked, summary } = useRestore();
  const mismatch = key && summary?.keyId && summary.keyId !== key.id;
  return (
    <section className={`${styles.card} ${key ? styles.here : ''}`}>
      <h2 className={styles.title}>
        <Icon name={key ? 'check' : locked ? 'lock' : 'keys'} />
        {t('restore.key.title')}
      </h2>
      {key && (
        <>
          <p>{t('restore.key.ready', { id: key.id })}</p>
          {key.label && <p>{key.label}</p>}
          <p className={styles.hint}>{t('restore.key.made', { date: format.date(new Date(key.created)) })}</p>
          {mismatch && <p role="status">{t('restore.key.mismatch')}</p>}
        </>
      )}
      {!key && locked && <Unlock />}
      {!key && !locked && <p className={styles.hint}>{t('restore.key.missing')}</p>}
    </section>
  );
}

function Unlock() {
  const { t } = useTranslation();
  const { locked, unlocking, unlock, addFiles } = useRestore();
  if (locked?.by === 'passphrase') {
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
