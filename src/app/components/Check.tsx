import { CheckboxButton, CheckboxField, Text } from 'react-aria-components';
import { Icon } from './Icon';
import styles from './Check.module.css';

interface CheckProps {
  readonly label: string;
  readonly hint?: string;
  readonly selected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly disabled?: boolean;
}

/** One of a list that can be ticked. */
export function Check({ label, hint, selected, onChange, disabled = false }: CheckProps) {
  return (
    <CheckboxField isSelected={selected} onChange={onChange} isDisabled={disabled}>
      <CheckboxButton className={styles.check}>
        <span className={styles.box} aria-hidden="true">
          {selected && <Icon name="check" />}
        </span>
        {label}
      </CheckboxButton>
      {hint && (
        <Text slot="description" elementType="p" className={styles.hint}>
          {hint}
        </Text>
      )}
    </CheckboxField>
  );
}
