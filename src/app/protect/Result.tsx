import { useTranslation } from 'react-i18next';
import type { Finding } from '../../engine/api';
import { useProtect, useVisitKey } from '../../state/page';
import { isAtRisk } from '../../state/visit-key';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { KeySaver } from '../components/KeySaver';
import { Notice } from '../components/Notice';
import { Panel } from '../components/Panel';
import { JobTitle } from '../components/JobTitle';
import { ResultPictures } from './ResultPictures';
import { ProofPanel } from './ProofPanel';
import { SaveContents } from './SaveContents';
import { SavePanel } from './SavePanel';
import { StrippedPanel } from './StrippedPanel';
import styles from './Protect.module.css';

const tones = {
  protected: 'good',
  doubtful: 'warning',
  recognised: 'danger',
  'not-restorable': 'danger',
} as const;

/** The finished photo: what it looks like, what was proven about it, and saving it. */
export function Result() {
  const { t } = useTranslation();
  const { protection, problem, adjust, protect, faces, chosen } = useProtect();
  const visit = useVisitKey();
  if (!protection) return null;
  const { result } = protection;
  const { proof } = result;
  const others = faces.length - chosen.size;
  const recognised = proof.verdict === 'recognised';
  const saveable = proof.verdict === 'protected' || proof.verdict === 'doubtful';
  return (
    <>
      <div className={styles.head}>
        <JobTitle>{t(saveable ? 'result.title' : 'result.titleRecognised')}</JobTitle>
        <span className="no-print">
          <Button variant="quiet" onPress={adjust}>
            {t('result.save.again')}
          </Button>
        </span>
      </div>
      <div className={styles.result}>
        <div className={styles.shown}>
          <ResultPictures result={result} />
        </div>
        <div className={`${styles.side} ${styles.saving}`}>
          <Notice tone={tones[proof.verdict]} title={t(`result.verdict.${proof.verdict}.title`)} announce>
            <p>{t(`result.verdict.${proof.verdict}.text`, { draws: proof.draws })}</p>
            {proof.findings.length > 0 && <Findings findings={proof.findings} />}
          </Notice>
          {saveable && (
            <Notice tone="info" title={t('result.look.title')}>
              <p>{t('result.look.text')}</p>
            </Notice>
          )}
          {others > 0 && (
            <Notice tone="warning" title={t('result.others', { count: others })}>
              <p>{t('result.othersText')}</p>
            </Notice>
          )}
          {recognised && visit.key && isAtRisk(visit) && (
            <Panel title={t('result.newKeyFirst', { id: visit.key.id })}>
              <KeySaver
                privacyKey={visit.key}
                saved={visit.saved}
                onSaved={() => visit.key && visit.markSaved(visit.key.id)}
              />
            </Panel>
          )}
          {recognised && visit.key && !isAtRisk(visit) && (
            <div>
              <Button
                variant="primary"
                onPress={() => {
                  visit.forget();
                  void protect();
                }}
              >
                {t('result.newKey')}
              </Button>
              <p className={styles.small}>{t('result.newKeyHint', { id: visit.key.id })}</p>
            </div>
          )}
          {problem && <ErrorNotice problem={problem} />}
          {protection.key && <SavePanel result={result} privacyKey={protection.key} />}
        </div>
        <div className={`${styles.side} ${styles.proven}`}>
          <ProofPanel proof={proof} />
          <StrippedPanel entries={result.stripped} />
          <SaveContents result={result} />
        </div>
      </div>
    </>
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
