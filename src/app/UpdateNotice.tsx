import { useTranslation } from 'react-i18next';
import { useRegisterSW } from 'virtual:pwa-register/react';
import { useRunning } from '../state/running';
import { Button } from './components/Button';
import { Notice } from './components/Notice';

/** Says that a new version waits. It takes over only when the person says so, and never during a run. */
export function UpdateNotice() {
  const { t } = useTranslation();
  const running = useRunning();
  const {
    needRefresh: [waiting, setWaiting],
    updateServiceWorker,
  } = useRegisterSW();
  if (!waiting) return null;
  return (
    <Notice
      tone="info"
      title={t('app.update.title')}
      announce
      actions={
        <>
          <Button isDisabled={running} onPress={() => void updateServiceWorker(true)}>
            {t('app.update.reload')}
          </Button>
          <Button variant="quiet" onPress={() => setWaiting(false)}>
            {t('app.update.later')}
          </Button>
        </>
      }
    >
      <p>{t(running ? 'app.update.afterRun' : 'app.update.text')}</p>
    </Notice>
  );
}
