import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegisterSW } from 'virtual:pwa-register/react';
import { useModels, useRunning, useUnsaved } from '../state/page';
import { Button } from './components/Button';
import { Notice } from './components/Notice';

/**
 * Says that a new version waits. It takes over only when the person says so, and never during a run. In other tabs it
 * then runs behind the old page, which is loaded anew only when that person says so as well.
 */
export function UpdateNotice() {
  const { t } = useTranslation();
  const running = useRunning();
  const unsaved = useUnsaved();
  const askedHere = useRef(false);
  const registration = useRef<ServiceWorkerRegistration | undefined>(undefined);
  const [replaced, setReplaced] = useState(false);
  const {
    needRefresh: [waiting, setWaiting],
    updateServiceWorker,
  } = useRegisterSW({
    onNeedReload() {
      if (askedHere.current) window.location.reload();
      else setReplaced(true);
    },
    onRegisteredSW(_, registered) {
      registration.current = registered;
    },
  });
  const problem = useModels((models) => models.problem);
  useEffect(() => {
    // The host may have other models by now, which only its new version asks for.
    if (problem?.code === 'model-missing' || problem?.code === 'model-corrupt') {
      registration.current?.update().catch(() => undefined);
    }
  }, [problem]);
  if (!waiting && !replaced) return null;

  function reload(): void {
    askedHere.current = true;
    if (replaced) window.location.reload();
    else void updateServiceWorker(true);
  }

  return (
    <Notice
      tone="info"
      title={t('app.update.title')}
      announce
      actions={
        <>
          <Button isDisabled={running} onPress={reload}>
            {t('app.update.reload')}
          </Button>
          <Button
            variant="quiet"
            onPress={() => {
              setWaiting(false);
              setReplaced(false);
            }}
          >
            {t('app.update.later')}
          </Button>
        </>
      }
    >
      <p>{t(running ? 'app.update.afterRun' : unsaved ? 'app.update.saveFirst' : 'app.update.text')}</p>
    </Notice>
  );
}
