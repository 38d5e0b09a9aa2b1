import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { toProblem, type Problem } from '../../state/problem';
import { keyFromText } from '../../state/qr-reader';
import { Button } from '../components/Button';
import { CodeScanner } from '../camera/CodeScanner';
import { ErrorNotice } from '../components/ErrorNotice';
import { Field } from '../components/Field';
import styles from './KeyScanner.module.css';

interface KeyScannerProps {
  readonly onKey: (key: PrivacyKey) => void;
  readonly onClose: () => void;
}

/** Reads a printed key back, by its code or as typed text. */
export function KeyScanner({ onKey, onClose }: KeyScannerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);

  async function read(text: string | null): Promise<Problem | null> {
    if (text === null) return { code: 'not-a-key', values: {} };
    try {
      onKey(await keyFromText(text));
      return null;
    } catch (error) {
      return toProblem(error);
    }
  }

  return (
    <CodeScanner title={t('keys.scan.title')} text={t('keys.scan.text')} onCode={read} onClose={onClose}>
      <Form
        className={styles.typed ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void read(typed).then(setProblem);
        }}
      >
        <Field label={t('keys.scan.typed')} value={typed} onChange={setTyped} rows={3} mono />
        {problem && <ErrorNotice problem={problem} />}
        <div>
          <Button type="submit" isDisabled={typed.trim() === ''}>
            {t('keys.scan.open')}
          </Button>
        </div>
      </Form>
    </CodeScanner>
  );
}
