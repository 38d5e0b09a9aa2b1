import { useTranslation } from 'react-i18next';
import { faceOf, measuresOf, type Visit } from '../../state/compare';
import { eyeDistance, gatesOf, LEAST_EYE_DISTANCE } from '../../state/visit-gates';
import { useCompare } from '../../state/page';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { Field } from '../components/Field';
import { PixelCanvas } from '../components/PixelCanvas';
import { Toggle } from '../components/Toggle';
import { Segmented } from '../components/Segmented';
import { useFormat } from '../use-format';
import styles from './Compare.module.css';

interface VisitCardProps {
  readonly visit: Visit;
  readonly number: number;
}

/** One visit: its photo, whose face in it is meant, what stands in the way of measuring it, and its ruler. */
export function VisitCard({ visit, number }: VisitCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { remove, moveUp, setLabel, chooseFace, resetMarks, setPlaced } = useCompare();
  const { id, file, label, measured, problem, moved, placed } = visit;
  const face = faceOf(visit);
  const name = t('compare.visit', { number });
  return (
    <li className={styles.visit}>
      <div className={styles.visitHead}>
        {face && <PixelCanvas pixels={face.thumbnail} label="" className={styles.face} />}
        <div className={styles.visitName}>
          <Field
            label={name}
            value={label}
            onChange={(text) => setLabel(id, text)}
            hint={measured?.taken ? t('compare.taken', { date: measured.taken }) : t('compare.labelHint')}
          />
          <p className={styles.small}>{file.name}</p>
        </div>
      </div>
      {!measured && !problem && <p role="status">{t('compare.measuring')}</p>}
      {problem && <ErrorNotice problem={problem} />}
      {measured && measured.faces.length > 1 && (
        <fieldset className={styles.faces}>
          <legend>{t('compare.whichFace')}</legend>
          {measured.faces.map((one, index) => (
            <button
              key={index}
              type="button"
              aria-pressed={index === visit.face}
              aria-label={t('compare.face', { number: index + 1, name })}
              className={styles.choice}
              onClick={() => chooseFace(id, index)}
            >
              <PixelCanvas pixels={one.thumbnail} label="" />
            </button>
          ))}
        </fieldset>
      )}
      {face && (
        <ul className={styles.gates}>
          {gatesOf(face).map((gate) => (
            <li key={gate}>
              {t(`compare.gate.${gate}`, {
                pixels: format.number(Math.round(eyeDistance(face))),
                least: format.number(LEAST_EYE_DISTANCE),
              })}
            </li>
          ))}
        </ul>
      )}
      {face && (
        <Toggle
          label={t('compare.placed')}
          hint={t('compare.placedHint')}
          selected={placed}
          onChange={(now) => setPlaced(id, now)}
        />
      )}
      {face && <RulerChoice visit={visit} />}
      <div className={`${styles.actions} no-print`}>
        {moved && (
          <Button variant="quiet" onPress={() => resetMarks(id)}>
            {t('compare.resetMarks')}
          </Button>
        )}
        {number > 1 && (
          <Button variant="quiet" onPress={() => moveUp(id)} aria-label={t('compare.earlierOf', { name })}>
            {t('compare.earlier')}
          </Button>
        )}
        <Button variant="quiet" onPress={() => remove(id)} aria-label={t('compare.removeOf', { name })}>
          {t('common.remove')}
        </Button>
      </div>
    </li>
  );
}

const rulers = ['iris', 'points'] as const;
function RulerChoice({ visit }: { readonly visit: Visit }) {
  const { t } = useTranslation();
  const { setRuler } = useCompare();
  const { ruler, id } = visit;
  const face = faceOf(visit);
  if (!face) return null;
  const [right, left] = face.eyes;
  const below = eyeDistance(face) * 0.6;
  // Until the ends lie on something, they say what the irises say.
  const scale = measuresOf(visit)?.millimetresPerPixel ?? 0;
  const choose = (kind: (typeof rulers)[number]): void =>
    setRuler(
      id,
      kind === 'iris'
        ? { kind }
        : {
            kind,
            from: { x: right.x, y: right.y + below },
            to: { x: left.x, y: left.y + below },
            millimetres: Math.round(eyeDistance(face) * scale * 10) / 10,
          },
    );
  return (
    <>
      <Segmented
        label={t('compare.ruler.label')}
        value={ruler.kind}
        options={rulers.map((value) => ({ value, label: t(`compare.ruler.${value}`) }))}
        onChange={choose}
      />
      {ruler.kind === 'points' && (
        <label className={styles.length}>
          {t('compare.ruler.length')}
          <input
            type="number"
            inputMode="decimal"
            min={1}
            max={300}
            step={0.1}
            value={ruler.millimetres}
            onChange={({ target }) => {
              if (target.valueAsNumber > 0) setRuler(id, { ...ruler, millimetres: target.valueAsNumber });
            }}
          />
        </label>
      )}
      {ruler.kind === 'points' && <p className={styles.small}>{t('compare.ruler.hint')}</p>}
    </>
  );
}
