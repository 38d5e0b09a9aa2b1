import { useTranslation } from 'react-i18next';
import { ConfirmSaved } from '../components/ConfirmSaved';
import { ErrorNotice } from '../components/ErrorNotice';
import type { KeySaving } from './use-key-saving';
import styles from './KeySaver.module.css';

/** What became of saving a key: why it cannot start, what went wrong, whether it is there. */
export function KeyOutcome({ saving, saved }: { readonly saving: KeySaving; readonly saved: boolean }) {
  const { t } = useTranslation();
  const { gap, problem, handed, sent, confirm } = saving;
  return (
    <>
      {gap && <p className={styles.hint}>{t(`keys.saver.gap.${gap}`)}</p>}
      {problem && <ErrorNotice problem={problem} />}
      {handed && !saved && (
        <ConfirmSaved
          question={t(sent ? 'keys.saver.isSent' : 'keys.saver.isThere', { name: handed })}
          onConfirm={confirm}
        />
      )}
    </>
  );
}
