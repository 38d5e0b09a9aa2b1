import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { useFormat } from '../use-format';
import type { Check } from './checks';
import styles from './ProofPanel.module.css';

interface CheckListProps {
  readonly checks: readonly Check[];
  /** How many faces were replaced or covered. */
  readonly people: number;
}

/** The checks of the proof, each as a sentence. */
export function CheckList({ checks, people }: CheckListProps) {
  return (
    <ul role="list" className={styles.checks}>
      {checks.map((check) => (
        <li key={check.name} className={check.passed ? styles.passed : styles.failed}>
          <Icon name={check.passed ? 'check' : 'warning'} />
          <Sentence check={check} people={people} />
        </li>
      ))}
    </ul>
  );
}

function Sentence({ check, people }: { readonly check: Check; readonly people: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, passed } = check;
  if (name === 'recognition' && passed) {
    const sentence = t('result.proof.sentence.recognitionYes', { count: people });
    return check.children ? `${sentence} ${t('result.proof.sentence.children')}` : sentence;
  }
  if (name === 'eyes' && passed) {
    return t('result.proof.sentence.eyesYes', { millimetres: format.number(check.millimetres, 1) });
  }
  if (name === 'recognition' || name === 'eyes') return t(`result.proof.sentence.${name}No`);
  return t(`result.proof.sentence.${name}${passed ? 'Yes' : 'No'}`);
}
