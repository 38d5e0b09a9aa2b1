import { useTranslation } from 'react-i18next';
import { MIN_EYE_SPAN } from '../../engine/api';
import { useProtect } from '../../state/page';
import { Button } from '../components/Button';
import { Check } from '../components/Check';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import styles from './Protect.module.css';

interface FacesPanelProps {
  readonly placing: boolean;
  readonly onPlace: () => void;
}

/** Which faces are protected, and the way to add one by hand. */
export function FacesPanel({ placing, onPlace }: FacesPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { faces, chosen, choose } = useProtect();
  const someLeft = faces.some(({ id }) => !chosen.has(id));
  return (
    <Panel title={t('protect.faces.title')}>
      <p role="status">
        {faces.length === 0 ? t('protect.faces.none') : t('protect.faces.found', { count: faces.length })}
      </p>
      {faces.map((face) => {
        const span = { pixels: format.number(Math.floor(face.eyeSpan)), minimum: MIN_EYE_SPAN };
        const name = t('protect.faces.face', { number: face.id + 1 });
        return (
          <Check
            key={face.id}
            label={face.origin === 'placed' ? `${name} (${t('protect.faces.placed')})` : name}
            hint={t(face.tooSmall ? 'protect.faces.tooSmall' : 'protect.faces.span', span)}
            selected={chosen.has(face.id)}
            disabled={face.tooSmall}
            onChange={(selected) => choose(face.id, selected)}
          />
        );
      })}
      {faces.length > 0 && <p className={styles.small}>{t('protect.faces.look')}</p>}
      {someLeft && <p className={styles.small}>{t('protect.faces.unprotected')}</p>}
      {!placing && (
        <div>
          <Button variant={faces.length === 0 ? 'primary' : 'quiet'} onPress={onPlace}>
            {t('protect.place.start')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
