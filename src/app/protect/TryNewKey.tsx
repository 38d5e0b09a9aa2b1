import { useTranslation } from 'react-i18next';
import { useProtect, useVisitKey } from '../../state/page';
import { isAtRisk } from '../../state/visit-key';
import { Button } from '../components/Button';
import { KeySaver } from '../keys/KeySaver';
import { Panel } from '../components/Panel';
import styles from './Protect.module.css';

/** Where the person stays recognisable under the visit's key, the photo may be tried with one of its own. */
export function TryNewKey() {
  const { t } = useTranslation();
  const protect = useProtect((state) => state.protect);
  const visit = useVisitKey();
  const { key } = visit;
  if (!key) return null;
  if (isAtRisk(visit)) {
    return (
      <Panel title={t('result.newKeyFirst', { id: key.id })}>
        <KeySaver privacyKey={key} saved={visit.saved} onSaved={() => visit.markSaved(key.id)} />
      </Panel>
    );
  }
  return (
    <div>
      <Button
        onPress={() => {
          visit.forget();
          void protect();
        }}
      >
        {t('result.newKey')}
      </Button>
      <p className={styles.small}>{t('result.newKeyHint', { id: key.id })}</p>
    </div>
  );
}
