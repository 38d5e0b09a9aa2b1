import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import styles from './Field.module.css';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | null;
  readonly type?: 'text' | 'password';
  readonly autoComplete?: string;
  readonly rows?: number;
  readonly readOnly?: boolean;
  readonly mono?: boolean;
}

/** A line or a few lines of text, with its label, hint and error. */
export function Field(props: FieldProps) {
  const { label, value, onChange, hint, error = null, type = 'text', autoComplete = 'off', rows } = props;
  const className = props.mono ? `${styles.input} ${styles.mono}` : styles.input;
  return (
    <TextField
      className={styles.field}
      value={value}
      onChange={onChange}
      type={type}
      autoComplete={autoComplete}
      isInvalid={error !== null}
      isReadOnly={props.readOnly ?? false}
    >
      <Label className={styles.label}>{label}</Label>
      {rows ? (
        <TextArea className={className} rows={rows} spellCheck={false} />
      ) : (
        <Input className={className} spellCheck={false} />
      )}
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </TextField>
  );
}
