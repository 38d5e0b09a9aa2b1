import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import styles from './Segmented.module.css';

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

/** One of a few: a radio group drawn as a strip. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, disabled = false } = props;
  return (
    <RadioGroup
      className={styles.group}
      value={value}
      isDisabled={disabled}
      onChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onChange(option.value);
      }}
    >
      <Label className={styles.label}>{label}</Label>
      <div className={styles.strip}>
        {options.map((option) => (
          <RadioField key={option.value} value={option.value} className={styles.field ?? ''}>
            <RadioButton className={styles.option}>{option.label}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
