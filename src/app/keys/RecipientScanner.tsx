import { useTranslation } from 'react-i18next';
import { recipientIn } from '../../state/clinic-link';
import type { Problem } from '../../state/problem';
import { CodeScanner } from '../camera/CodeScanner';

interface RecipientScannerProps {
  readonly onRecipient: (recipient: string) => void;
  readonly onClose: () => void;
}

/** Reads a clinic's public key from its code: the bare key, or the link on its poster. */
export function RecipientScanner({ onRecipient, onClose }: RecipientScannerProps) {
  const { t } = useTranslation();

  async function read(text: string | null): Promise<Problem | null> {
    const recipient = text === null ? null : await recipientIn(text);
    if (recipient === null) return { code: 'invalid-recipient', values: {} };
    onRecipient(recipient);
    return null;
  }

  return (
    <CodeScanner
      title={t('keys.scanClinic.title')}
      text={t('keys.scanClinic.text')}
      onCode={read}
      onClose={onClose}
    />
  );
}
