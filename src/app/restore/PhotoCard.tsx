import { useTranslation } from 'react-i18next';
import type { RestorePhoto } from '../../state/restore-photo';
import { PixelCanvas } from '../components/PixelCanvas';
import { Icon } from '../components/Icon';
import styles from './Restore.module.css';

/** The one protected photo as far as it is known without a key, or that there is none yet. */
export function PhotoCard({ photo }: { readonly photo: RestorePhoto | undefined }) {
  const { t } = useTranslation();
  const summary = photo?.summary;
  const glance = photo?.glance;
  return (
    <section className={`${styles.card} ${photo ? styles.here : ''}`}>
      <h2 className={styles.title}>
        <Icon name={photo ? 'check' : 'photo'} />
        {t('restore.photo.title')}
      </h2>
      {photo ? (
        <>
          {glance?.preview && <PixelCanvas pixels={glance.preview} label="" className={styles.thumb} />}
          <p className={styles.hint}>{photo.file.name}</p>
          {summary && <p>{t(`restore.photo.${summary.kind}`)}</p>}
          {glance?.pixelsChanged && <p>{t('restore.photo.changed')}</p>}
          {summary?.keyId && <p className={styles.hint}>{t('restore.photo.keyId', { id: summary.keyId })}</p>}
        </>
      ) : (
        <p className={styles.hint}>{t('restore.photo.missing')}</p>
      )}
    </section>
  );
}
