import { useId } from 'react';
import { Switch } from 'react-aria-components';
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
  const hintId = useId();
  return (
    <div className={styles.toggle}>
      <Switch
        className={styles.switch}
        isSelected={selected}
        onChange={onChange}
        isDisabled={disabled}
        aria-describedby={hint ? hintId : undefined}
      >
        <span className={styles.track} aria-hidden="true">
          <span className={styles.knob} />
        </span>
        <span className={styles.label}>{label}</span>
      </Switch>
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
