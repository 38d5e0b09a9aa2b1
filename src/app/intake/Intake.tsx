import { useTranslation } from 'react-i18next';
import { useIntake } from '../../state/page';
import type { IntakeAnswer, IntakeQuestion } from '../../state/intake';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { takeFiles } from './take-files';
import { useDroppedFiles } from './use-dropped-files';
import { useLaunchedFiles } from './use-launched-files';
import { usePastedFiles } from './use-pasted-files';
import styles from './Intake.module.css';

const answers = {
  protected: [
    ['restore', 'intake.protected.restore'],
    ['protect', 'intake.protected.protect'],
  ],
  unsaved: [['discard', 'intake.unsaved.discard']],
  visit: [
    ['same-key', 'intake.visit.same'],
    ['new-key', 'intake.visit.fresh'],
  ],
} as const satisfies Record<IntakeQuestion, readonly (readonly [IntakeAnswer, string])[]>;

/** The way in for files, on every screen: dropped anywhere, pasted, or opened with the installed page. */
export function Intake() {
  const { t } = useTranslation();
  const { question, busy, answer, dismiss } = useIntake();
  const over = useDroppedFiles(takeFiles);
  usePastedFiles(takeFiles);
  useLaunchedFiles(takeFiles);
  return (
    <>
      {over && (
        <div className={styles.overlay} aria-hidden="true">
          <p className={styles.title}>{t('intake.drop')}</p>
          <p>{t('intake.dropHint')}</p>
        </div>
      )}
      <p role="status" className="visually-hidden">
        {busy && t('intake.looking')}
      </p>
      {question && (
        <Dialog title={t(`intake.${question}.title`)} onClose={dismiss}>
          <p>{t(`intake.${question}.text`)}</p>
          {answers[question].map(([value, label], index) => (
            <Button
              key={value}
              variant={index === 0 && question !== 'unsaved' ? 'primary' : 'secondary'}
              onPress={() => answer(value)}
            >
              {t(label)}
            </Button>
          ))}
          <Button variant="quiet" onPress={dismiss}>
            {t('intake.keep')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
