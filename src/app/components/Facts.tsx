import styles from './Facts.module.css';

export interface Fact {
  readonly name: string;
  /** The answer in a word, when there is one. */
  readonly value?: string;
  readonly text?: string;
  readonly bad?: boolean;
  readonly mono?: boolean;
}

/** Names and what holds for them, line by line. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={`${styles.facts} figures`}>
      {facts.map((fact) => (
        <div key={fact.name} className={styles.fact}>
          <dt>{fact.name}</dt>
          <dd className={fact.mono ? styles.mono : ''}>
            {fact.value && <strong className={fact.bad ? styles.bad : ''}>{fact.value}</strong>}
            {fact.text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
