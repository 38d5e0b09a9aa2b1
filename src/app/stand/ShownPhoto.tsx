import { useTranslation } from 'react-i18next';
import { useStand } from '../../state/page';
import type { StandView } from '../../state/stand';
import { Button } from '../components/Button';
import { PixelCanvas } from '../components/PixelCanvas';
import { Segmented } from '../components/Segmented';
import styles from './Stand.module.css';

const views: readonly StandView[] = ['protected', 'restored', 'wrong-key'];

/** The original and, beside it, what others get to see: with no key, with the right one, with a wrong one. */
export function ShownPhoto() {
  const { t } = useTranslation();
  const { original, verdict, pictures, view, progress, show, forget } = useStand();
  const picture = pictures[view];
  if (!original || !verdict) return null;
  return (
    <>
      <p role="status">
        {view === 'protected' ? t(`result.verdict.${verdict}.title`) : t(`stand.says.${view}`)}
      </p>
      <div className={styles.pair}>
        <figure>
          <PixelCanvas pixels={original} label={t('common.original')} className={styles.picture} />
          <figcaption>{t('common.original')}</figcaption>
        </figure>
        <figure>
          {picture ? (
            <PixelCanvas
              key={view}
              pixels={picture}
              label={t(`stand.view.${view}`)}
              className={styles.picture}
            />
          ) : (
            <p className={styles.coming} role="status">
              {t(progress?.step ? `steps.${progress.step}` : 'stand.coming')}
            </p>
          )}
          <figcaption>{t(`stand.view.${view}`)}</figcaption>
        </figure>
      </div>
      <div className={styles.actions}>
        <Segmented
          label={t('stand.beside')}
          value={view}
          options={views.map((value) => ({ value, label: t(`stand.view.${value}`) }))}
          onChange={(value) => void show(value)}
        />
        <Button variant="primary" icon="check" onPress={forget}>
          {t('stand.next')}
        </Button>
      </div>
    </>
  );
}
