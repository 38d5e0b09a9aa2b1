import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import type { Progress } from '../../state/progress';
import { Button } from './Button';
import { Icon } from './Icon';
import styles from './StepProgress.module.css';

interface StepProgressProps {
  readonly title: string;
  readonly hint?: string;
  readonly progress: Progress | null;
  readonly onCancel: () => void;
}

/** Where a job stands: the steps done, the one running, those to come, and the way out. */
export function StepProgress({ title, hint, progress, onCancel }: StepProgressProps) {
  const { t } = useTranslation();
  const plan = progress?.plan ?? [];
  const at = progress?.step ? plan.indexOf(progress.step) : -1;
  const faces = progress?.faces ?? 1;
  const within = ((progress?.face ?? 0) + (progress?.share ?? 0)) / faces;
  const face =
    progress?.face !== undefined && faces > 1 ? t('common.faceOf', { face: progress.face + 1, faces }) : '';
  const current = progress?.step ? [t(`steps.${progress.step}`), face].filter(Boolean).join(', ') : title;
  return (
    <section className={styles.job} aria-label={title}>
      <h2>{title}</h2>
      {hint && <p className={styles.hint}>{hint}</p>}
      <ProgressBar
        aria-label={title}
        value={Math.max(at + within, 0)}
        maxValue={Math.max(plan.length, 1)}
        valueLabel={current}
      >
        {({ percentage }) => (
          <div className={styles.track}>
            <div className={styles.fill} style={{ width: `${percentage ?? 0}%` }} />
          </div>
        )}
      </ProgressBar>
      <p role="status" className={styles.current}>
        {current}
      </p>
      <div>
        <Button icon="close" onPress={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
      <ol role="list" className={styles.steps} aria-hidden="true">
        {plan.map((step, index) => (
          <li key={step} className={index < at ? styles.done : index === at ? styles.now : styles.next}>
            <span className={styles.mark}>{index < at && <Icon name="check" />}</span>
            {t(`steps.${step}`)}
          </li>
        ))}
      </ol>
    </section>
  );
}
