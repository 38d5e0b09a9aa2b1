import { useTranslation } from 'react-i18next';
import type { FaceProof, Proof } from '../../engine/api';
import { Disclosure } from '../components/Disclosure';
import { Facts, type Fact } from '../components/Facts';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import { CheckList } from './CheckList';
import { checksOf } from './checks';
import styles from './ProofPanel.module.css';

/** What was checked on the saved bytes: in sentences, with the numbers one step away. */
export function ProofPanel({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation();
  const checks = checksOf(proof);
  const passed = checks.filter((check) => check.passed).length;
  return (
    <Panel title={t('result.proof.title')}>
      <Disclosure title={t('result.proof.passed', { passed, total: checks.length })}>
        <CheckList checks={checks} people={proof.faces.length} />
        <p className={styles.small}>{t(`result.proof.limits.${proof.surroundings}`)}</p>
        <Disclosure title={t('result.proof.numbers')} level={4}>
          <Numbers proof={proof} />
        </Disclosure>
      </Disclosure>
    </Panel>
  );
}

function Numbers({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sealed =
    proof.sealedOriginalMatches === 'not-sealed'
      ? 'notSealed'
      : proof.sealedOriginalMatches
        ? 'sealedYes'
        : 'sealedNo';
  const shift = (share: number | null): string =>
    share === null ? t('result.proof.notFound') : t('result.proof.shift', { percent: format.percent(share) });
  const factsOf = (face: FaceProof): readonly Fact[] => [
    ...face.recognitions.map(({ recogniser, distance, threshold, recognised }): Fact => ({
      name: t(`result.proof.recognition.${recogniser}`),
      value: t(recognised ? 'result.proof.recognised' : 'result.proof.notRecognised'),
      text: t('result.proof.distance', {
        distance: format.number(distance, 2),
        threshold: format.number(threshold, 2),
      }),
      bad: recognised,
    })),
    ...(face.method === 'covered'
      ? [{ name: t('result.proof.covered'), text: t('result.proof.coveredText') }]
      : measuresOf(face)),
  ];
  const measuresOf = (face: FaceProof): readonly Fact[] => [
    { name: t('result.proof.eyelids'), text: shift(face.eyelidShift) },
    { name: t('result.proof.iris'), text: shift(face.irisShift) },
    {
      name: t('result.proof.restorable'),
      text:
        face.restoredSsim === null
          ? t('result.proof.unreadable')
          : t('result.proof.similarity', { percent: format.percent(face.restoredSsim) }),
    },
  ];
  return (
    <>
      <p className={styles.small}>{t('result.proof.intro')}</p>
      {proof.faces.map((face) => (
        <div key={face.id}>
          {proof.faces.length > 1 && <h5>{t('result.proof.face', { number: face.id + 1 })}</h5>}
          <Facts facts={factsOf(face)} />
        </div>
      ))}
      <Facts facts={[{ name: t('result.proof.sealed'), text: t(`result.proof.${sealed}`) }]} />
      {proof.peopleTried > 0 && (
        <p className={styles.small}>{t('result.proof.people', { count: proof.peopleTried })}</p>
      )}
    </>
  );
}
