import { useTranslation } from 'react-i18next';
import { MIN_EYE_SPAN, type FaceView } from '../../engine/api';
import { useProtect } from '../../state/page';
import { onlyCovered } from '../../state/hiding';
import { Button } from '../components/Button';
import { Check } from '../components/Check';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import styles from './Protect.module.css';

interface FacesPanelProps {
  readonly placing: boolean;
  readonly onPlace: () => void;
  readonly onMark: () => void;
}

/** Which faces are protected and how, and the ways to add by hand what was not found. */
export function FacesPanel({ placing, onPlace, onMark }: FacesPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { inspection, faces, chosen, covered, areas, choose, cover, removeArea } = useProtect();
  const heads = inspection?.heads ?? [];
  const someLeft = faces.some(({ id }) => !chosen.has(id)) || heads.some((head) => !areas.includes(head));
  return (
    <Panel title={t('protect.faces.title')}>
      <p role="status">
        {faces.length === 0 ? t('protect.faces.none') : t('protect.faces.found', { count: faces.length })}
      </p>
      {faces.map((face) => {
        const span = { pixels: format.number(Math.floor(face.eyeSpan)), minimum: MIN_EYE_SPAN };
        const why = whyCovered(face);
        const name = t('protect.faces.face', { number: face.id + 1 });
        return (
          <div key={face.id}>
            <Check
              label={face.origin === 'placed' ? `${name} (${t('protect.faces.placed')})` : name}
              {...(why && { hint: t(`protect.faces.${why}`, span) })}
              selected={chosen.has(face.id)}
              onChange={(selected) => choose(face.id, selected)}
            />
            {chosen.has(face.id) && !onlyCovered(face) && (
              <div className={styles.nested}>
                <Check
                  label={t('protect.faces.cover', { name })}
                  hint={t('protect.faces.coverHint')}
                  selected={covered.has(face.id)}
                  onChange={(selected) => cover(face.id, selected)}
                />
              </div>
            )}
          </div>
        );
      })}
      {faces.length > 0 && <p className={styles.small}>{t('protect.faces.look')}</p>}
      {someLeft && <p className={styles.small}>{t('protect.faces.unprotected')}</p>}
      {heads.length > 0 && <p>{t('protect.faces.heads', { count: heads.length })}</p>}
      {areas.map((area, index) => (
        <div key={index} className={styles.head}>
          {t(heads.includes(area) ? 'protect.area.head' : 'protect.area.name', { number: index + 1 })}
          <Button variant="quiet" onPress={() => removeArea(area)}>
            {t('protect.area.remove', { number: index + 1 })}
          </Button>
        </div>
      ))}
      {!placing && (
        <div className={faces.length === 0 ? styles.frames : styles.headActions}>
          <Button variant={faces.length === 0 ? 'primary' : 'quiet'} onPress={onPlace}>
            {t('protect.place.start')}
          </Button>
          <Button variant="quiet" onPress={onMark}>
            {t('protect.area.start')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** Why a face can only be covered. */
function whyCovered({ tooSmall, turned }: FaceView): 'tooSmall' | 'turned' | null {
  return tooSmall ? 'tooSmall' : turned ? 'turned' : null;
}
