import { useId } from 'react';
import { Checkbox } from 'react-aria-components';
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
  const hintId = useId();
  return (
    <div>
      <Checkbox
        className={styles.check}
        isSelected={selected}
        onChange={onChange}
        isDisabled={disabled}
        aria-describedby={hint ? hintId : undefined}
      >
        <span className={styles.box} aria-hidden="true">
          {selected && <Icon name="check" />}
        </span>
        {label}
      </Checkbox>
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
