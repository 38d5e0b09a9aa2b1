import { useTranslation } from 'react-i18next';
import { useBatch, useProtect, useVisitKey } from '../state/page';
import type { PrivacyKey } from '../record/types';
import { Button } from './components/Button';
import { KeySaver } from './components/KeySaver';
import { Notice } from './components/Notice';
import { Panel } from './components/Panel';
import { ErrorBoundary } from './ErrorBoundary';
import { KeyAsText } from './KeyAsText';

interface Held {
  readonly key: PrivacyKey;
  readonly saved: boolean;
  readonly onSaved: () => void;
}

/** Every key that this page has the only copy of, each once. */
function useHeldKeys(): readonly Held[] {
  const visit = useVisitKey();
  const protect = useProtect();
  const batch = useBatch();
  const held: Held[] = [];
  const add = (key: PrivacyKey | null | undefined, saved: boolean, onSaved: () => void): void => {
    if (key && !saved && !held.some((other) => other.key.id === key.id)) held.push({ key, saved, onSaved });
  };
  add(protect.protection?.key, protect.keySaved, protect.markKeySaved);
  add(batch.key, batch.keySaved, batch.markKeySaved);
  add(visit.key, visit.saved, () => visit.key && visit.markSaved(visit.key.id));
  return held;
}

/** In place of a screen that failed: what can be done, and the keys that must not go with it. */
export function Breakdown({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const held = useHeldKeys();
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
      {held.map(({ key, saved, onSaved }) => (
        <Panel key={key.id} title={t('keys.current.title', { id: key.id })}>
          <ErrorBoundary fallback={() => <KeyAsText privacyKey={key} />}>
            <KeySaver privacyKey={key} saved={saved} onSaved={onSaved} />
          </ErrorBoundary>
        </Panel>
      ))}
    </>
  );
}
