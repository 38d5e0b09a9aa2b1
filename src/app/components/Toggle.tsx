import { SwitchButton, SwitchField, Text } from 'react-aria-components';
import styles from './Toggle.module.css';

interface ToggleProps {
  readonly label: string;
  readonly hint?: string;
  readonly selected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly disabled?: boolean;
}

/** A switch that takes effect at once, with a sentence that says what it does. */
export function Toggle({ label, hint, selected, onChange, disabled = false }: ToggleProps) {
  return (
    <SwitchField isSelected={selected} onChange={onChange} isDisabled={disabled}>
      <SwitchButton className={styles.switch}>
        <span className={styles.track} aria-hidden="true">
          <span className={styles.knob} />
        </span>
        <span className={styles.label}>{label}</span>
      </SwitchButton>
      {hint && (
        <Text slot="description" elementType="p" className={styles.hint}>
          {hint}
        </Text>
      )}
    </SwitchField>
  );
}
