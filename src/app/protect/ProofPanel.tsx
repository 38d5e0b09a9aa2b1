import { useTranslation } from 'react-i18next';
import type { FaceProof, Proof } from '../../engine/api';
import { Facts } from '../components/Facts';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import styles from './Protect.module.css';

/** What was measured on the saved bytes, in words and numbers. */
export function ProofPanel({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation();
  const sealed =
    proof.sealedOriginalMatches === 'not-sealed'
      ? 'notSealed'
      : proof.sealedOriginalMatches
        ? 'sealedYes'
        : 'sealedNo';
  return (
    <Panel title={t('result.proof.title')}>
      <p className={styles.small}>{t('result.proof.intro')}</p>
      {proof.faces.map((face) => (
        <FaceFacts key={face.id} face={face} titled={proof.faces.length > 1} />
      ))}
      <Facts facts={[{ name: t('result.proof.sealed'), text: t(`result.proof.${sealed}`) }]} />
      <p className={styles.small}>{t('result.proof.draws', { count: proof.draws })}</p>
      <p className={styles.small}>{t('result.proof.limits')}</p>
    </Panel>
  );
}

function FaceFacts({ face, titled }: { readonly face: FaceProof; readonly titled: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shift = (share: number): string => t('result.proof.shift', { percent: format.percent(share) });
  return (
    <>
      {titled && <h3>{t('result.proof.face', { number: face.id + 1 })}</h3>}
      <Facts
        facts={[
          {
            name: t('result.proof.recognition'),
            value: t(face.recognised ? 'result.proof.recognised' : 'result.proof.notRecognised'),
            text: t('result.proof.distance', {
              distance: format.number(face.distance, 2),
              threshold: format.number(face.threshold, 2),
            }),
            bad: face.recognised,
          },
          { name: t('result.proof.eyelids'), text: shift(face.eyelidShift) },
          { name: t('result.proof.iris'), text: shift(face.irisShift) },
          {
            name: t('result.proof.restorable'),
            text: t('result.proof.similarity', { percent: format.percent(face.restoredSimilarity) }),
          },
        ]}
      />
    </>
  );
}
