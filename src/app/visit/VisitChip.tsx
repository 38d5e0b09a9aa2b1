import { useTranslation } from 'react-i18next';
import { useVisit, useVisitKey } from '../../state/page';
import { Button } from '../components/Button';
import { HeaderMenu } from '../components/HeaderMenu';
import { useFormat } from '../use-format';

/** Enough of a key's number to tell it from another one. */
const shortened = (id: string): string => `${id.slice(0, 3)}…${id.slice(-3)}`;

/** Shows on every screen that a visit has a key, and ends the visit. */
export function VisitChip() {
  const { t } = useTranslation();
  const format = useFormat();
  const { key, saved } = useVisitKey();
  const end = useVisit((visit) => visit.end);
  if (!key) return null;
  const name = t('visit.key', { id: key.id });
  return (
    <HeaderMenu
      icon="keys"
      text={shortened(key.id)}
      label={`${name}, ${t('visit.menu')}`}
      title={t('visit.menu')}
    >
      <p>
        <strong>{name}</strong>
        <br />
        {t('visit.since', { time: format.time(new Date(key.created)) })}
      </p>
      <p>{t(saved ? 'visit.saved' : 'visit.unsaved')}</p>
      <p>{t('visit.next')}</p>
      <div>
        <Button icon="close" onPress={() => end()}>
          {t('visit.end')}
        </Button>
      </div>
      <p>{t('visit.endHint')}</p>
    </HeaderMenu>
  );
}
