import { useTranslation } from 'react-i18next';
import { useVisit } from '../../state/page';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { KeySaver } from '../keys/KeySaver';

/** Asks before a visit ends whose key would be missed: save it, throw it away, or go back. */
export function EndVisit() {
  const { t } = useTranslation();
  const { losing, end, endAnyway, goOn } = useVisit();
  if (losing.length === 0) return null;
  return (
    <Dialog title={t('visit.losing.title')} onClose={goOn}>
      <p>{t('visit.losing.text')}</p>
      {losing.map(({ key, markSaved }) => (
        <section key={key.id} aria-label={t('visit.key', { id: key.id })}>
          <KeySaver
            privacyKey={key}
            saved={false}
            onSaved={() => {
              markSaved();
              end();
            }}
          />
        </section>
      ))}
      <Button onPress={goOn}>{t('visit.losing.back')}</Button>
      <Button variant="quiet" onPress={endAnyway}>
        {t('visit.losing.lose')}
      </Button>
    </Dialog>
  );
}
