import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import styles from './Choices.module.css';

interface ChoicesProps<Value extends string> {
  readonly label: string;
  /** Null where none of them is chosen. */
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with a sentence: a radio group drawn as cards. */
export function Choices<Value extends string>({ label, value, options, onChange }: ChoicesProps<Value>) {
  return (
    <RadioGroup
      className={styles.group}
      value={value}
      onChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onChange(option.value);
      }}
    >
      <Label className={styles.label}>{label}</Label>
      {options.map((option) => (
        <RadioField key={option.value} value={option.value}>
          <RadioButton className={styles.option}>
            <span className={styles.mark} aria-hidden="true" />
            <span>
              <span className={styles.name}>{option.label}</span>{' '}
              <span className={styles.hint}>{option.hint}</span>
            </span>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}
