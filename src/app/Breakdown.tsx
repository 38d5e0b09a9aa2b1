import { useTranslation } from 'react-i18next';
import { useBatch, useProtect, useVisitKey } from '../state/page';
import { heldKeys } from '../state/held-keys';
import { Button } from './components/Button';
import { KeySaver } from './keys/KeySaver';
import { Notice } from './components/Notice';
import { Panel } from './components/Panel';
import { ErrorBoundary } from './ErrorBoundary';
import { KeyAsText } from './KeyAsText';

/** In place of a screen that failed: what can be done, and the keys that must not go with it. */
export function Breakdown({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const held = heldKeys(useProtect(), useBatch(), useVisitKey());
  return (
    <>
      <Notice
        tone="danger"
        title={t('app.breakdown.title')}
        announce
        actions={
          <>
            <Button onPress={onRetry}>{t('common.retry')}</Button>
            <Button variant="quiet" onPress={() => window.location.reload()}>
              {t('app.breakdown.reload')}
            </Button>
          </>
        }
      >
        <p>{t(held.length > 0 ? 'app.breakdown.withKey' : 'app.breakdown.text')}</p>
      </Notice>
      {held.map(({ key, markSaved }) => (
        <Panel key={key.id} title={t('keys.current.title', { id: key.id })}>
          <ErrorBoundary fallback={() => <KeyAsText privacyKey={key} />}>
            <KeySaver privacyKey={key} saved={false} onSaved={markSaved} />
          </ErrorBoundary>
        </Panel>
      ))}
    </>
  );
}
