import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';

interface CopyButtonProps {
  /** What is copied; made when it is asked for. */
  readonly text: () => string;
  readonly children: ReactNode;
}

/** Copies a text that stands on the screen as well, for a browser may refuse; says what became of it. */
export function CopyButton({ text, children }: CopyButtonProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome('copied');
    } catch {
      setOutcome('notCopied');
    }
  }

  return (
    <>
      <Button icon="copy" onPress={() => void copy()}>
        {children}
      </Button>
      <span role="status">{outcome && t(`common.${outcome}`)}</span>
    </>
  );
}
