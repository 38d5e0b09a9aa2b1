import { useTranslation } from 'react-i18next';
import { useBatch } from '../../state/page';
import type { BatchItem, BatchItemState } from '../../state/batch';
import { Button } from '../components/Button';
import { PixelCanvas } from '../components/PixelCanvas';
import { sentenceValues } from '../sentence-values';
import { Icon, type IconName } from '../components/Icon';
import styles from './Batch.module.css';

const icons: Record<BatchItemState, IconName> = {
  waiting: 'photo',
  working: 'protect',
  done: 'check',
  doubtful: 'warning',
  covered: 'warning',
  unprotected: 'warning',
  failed: 'warning',
};

/** Every photo of the batch with its state. */
export function BatchList() {
  const { t } = useTranslation();
  const items = useBatch((batch) => batch.items);
  const unprotected = items.some(({ state }) => state === 'unprotected');
  return (
    <>
      <ul role="list" className={styles.list} aria-label={t('batch.list')}>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
      {items.some(({ output }) => output !== null) && <p>{t('batch.look')}</p>}
      {unprotected && <p>{t('batch.unprotectedHint')}</p>}
    </>
  );
}

function Row({ item }: { readonly item: BatchItem }) {
  const { t } = useTranslation();
  const { running, retry, remove } = useBatch();
  const { name } = item.file;
  return (
    <li className={`${styles.row} ${styles[item.state]}`}>
      <Icon name={icons[item.state]} />
      {item.thumbnail && (
        <PixelCanvas
          pixels={item.thumbnail}
          label={t('batch.finished', { name })}
          className={styles.thumbnail}
        />
      )}
      <div className={styles.text}>
        <p className={styles.name}>{name}</p>
        <p className={styles.state}>
          {t(`batch.state.${item.state}`)}
          {item.problem && `: ${t(`errors.${item.problem.code}.title`, sentenceValues(item.problem))}`}
          {item.output && `: ${item.output.name}`}
        </p>
      </div>
      {item.state === 'failed' && (
        <Button variant="quiet" onPress={() => void retry(item.id)} aria-label={t('batch.retry', { name })}>
          {t('common.retry')}
        </Button>
      )}
      {!running && item.output === null && (
        <Button variant="quiet" onPress={() => remove(item.id)} aria-label={t('batch.remove', { name })}>
          {t('common.remove')}
        </Button>
      )}
    </li>
  );
}
