import { useTranslation } from 'react-i18next';
import { isKnownCovered, type Finding } from '../../engine/api';
import { protectedEntry } from '../../state/contents';
import { canDrawAgain, isSaveable } from '../../state/protection';
import { useProtect, useVisitKey } from '../../state/page';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { Notice } from '../components/Notice';
import { JobTitle } from '../components/JobTitle';
import { SaveContents } from '../SaveContents';
import { isPartlyCovered, losesSomething } from './checks';
import { CoverInstead } from './CoverInstead';
import { OnlyFaceInstead } from './OnlyFaceInstead';
import { ResultPictures } from './ResultPictures';
import { ProofPanel } from './ProofPanel';
import { ProofSheet } from './ProofSheet';
import { SavePanel } from './SavePanel';
import { StrippedPanel } from './StrippedPanel';
import { TryNewKey } from './TryNewKey';
import styles from './Protect.module.css';

const tones = {
  protected: 'good',
  doubtful: 'warning',
  covered: 'warning',
  recognised: 'danger',
  'not-restorable': 'danger',
} as const;

/** The finished photo: the verdict, what it looks like, what was proven about it, and saving it. */
export function Result() {
  const { t } = useTranslation();
  const { protection, problem, keyNeeded, keySaved, protect, adjust, source } = useProtect();
  const visit = useVisitKey();
  if (!protection) return null;
  const { result, leftOut } = protection;
  const { proof } = result;
  const { verdict } = proof;
  const saveable = isSaveable(proof);
  const text = isKnownCovered(proof)
    ? 'recognisedCovered'
    : isPartlyCovered(proof)
      ? 'coveredOthers'
      : verdict;
  return (
    <div className={styles.result}>
      <div className={styles.verdict}>
        <JobTitle tone={tones[verdict]}>{t(`result.verdict.${verdict}.title`)}</JobTitle>
        <p className={styles.verdictText}>
          {t(`result.verdict.${text}.text`, { people: proof.peopleTried, count: proof.faces.length })}
        </p>
        {proof.findings.length > 0 && <Findings findings={proof.findings} />}
      </div>
      <div className={styles.shown}>
        <ResultPictures result={result} />
        {saveable && canDrawAgain({ protection, keyNeeded, keySaved }, visit) && (
          <div className={`${styles.again} no-print`}>
            <Button variant="quiet" icon="flip" onPress={() => void protect()}>
              {t('result.another')}
            </Button>
            <p className={styles.small}>{t('result.anotherHint')}</p>
          </div>
        )}
        {verdict === 'doubtful' && <CoverInstead proof={proof} />}
      </div>
      <div className={`${styles.side} ${styles.saving} no-print`}>
        {leftOut > 0 && (
          <Notice tone="warning" title={t('result.others', { count: leftOut })}>
            <p>{t('result.othersText')}</p>
          </Notice>
        )}
        {saveable && losesSomething(proof) && (
          <Notice tone="warning" title={t('result.losesTitle')}>
            <p>{t('result.losesText')}</p>
          </Notice>
        )}
        {problem && <ErrorNotice problem={problem} />}
        {protection.key ? (
          <SavePanel result={result} privacyKey={protection.key} />
        ) : (
          <>
            {text === 'recognised' && <OnlyFaceInstead proof={proof} />}
            {text === 'recognised' && <TryNewKey />}
            {verdict === 'recognised' && <CoverInstead proof={proof} />}
            <div>
              <Button onPress={adjust}>{t('result.save.again')}</Button>
            </div>
          </>
        )}
      </div>
      <div className={styles.proven}>
        <ProofSheet result={result} leftOut={leftOut} />
      </div>
      <div className={`${styles.side} ${styles.proven} no-print`}>
        <ProofPanel proof={proof} />
        <StrippedPanel entries={result.stripped} />
        <div>
          <Button variant="quiet" icon="print" onPress={() => window.print()}>
            {t('proofSheet.print')}
          </Button>
        </div>
        {source && <SaveContents entry={() => protectedEntry(result, source.bytes)} />}
        {saveable && (
          <Notice tone="info" title={t('result.look.title')}>
            <p>{t('result.look.text')}</p>
            {proof.surroundings === 'people' && <p>{t('result.look.background')}</p>}
          </Notice>
        )}
      </div>
    </div>
  );
}

/** What a second look at the finished picture found, each once. */
function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const lines = findings.map(({ kind, face }) => t(`result.findings.${kind}`, { number: (face ?? 0) + 1 }));
  return (
    <ul>
      {[...new Set(lines)].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
