import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels } from '../state/page';
import { useSettings } from '../state/settings';
import { Breakdown } from './Breakdown';
import { useLinkInAddress } from './clinic-link/use-clinic-link';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { Intake } from './intake/Intake';
import { applyLanguage } from './i18n';
import { LeaveGuard } from './LeaveGuard';
import { NotFound } from './NotFound';
import { ProtectScreen } from './protect/ProtectScreen';
import { useRoute, type Route } from './route';
import { screens } from './screens';
import { UpdateNotice } from './UpdateNotice';
import { useScreenTitle } from './use-screen-title';
import { EndVisit } from './visit/EndVisit';
import styles from './App.module.css';

const lazyScreens = {
  restore: lazy(screens.restore),
  compare: lazy(screens.compare),
  keys: lazy(screens.keys),
  about: lazy(screens.about),
  camera: lazy(screens.camera),
  stand: lazy(screens.stand),
};

function Screen({ route }: { readonly route: Route }) {
  if (route === 'protect') return <ProtectScreen />;
  if (route === 'not-found') return <NotFound />;
  const LazyScreen = lazyScreens[route];
  return <LazyScreen />;
}

export function App() {
  const { t } = useTranslation();
  const route = useRoute();
  const theme = useSettings((settings) => settings.theme);
  const language = useSettings((settings) => settings.language);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(route);
  const title = useScreenTitle(route);
  useLinkInAddress();

  useEffect(() => {
    void useModels.getState().check();
  }, []);

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  useEffect(() => {
    void applyLanguage(language);
  }, [language]);

  useEffect(() => {
    document.title = title;
  }, [title]);

  useEffect(() => {
    if (shown.current === route) return;
    shown.current = route;
    window.scrollTo(0, 0);
    main.current?.focus();
  }, [route]);

  return (
    <>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <Header route={route} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <UpdateNotice />
        <ErrorBoundary key={route} fallback={(retry) => <Breakdown onRetry={retry} />}>
          <Suspense fallback={<p role="status">{t('app.loading')}</p>}>
            <Screen route={route} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Intake />
      <EndVisit />
      <LeaveGuard />
    </>
  );
}
