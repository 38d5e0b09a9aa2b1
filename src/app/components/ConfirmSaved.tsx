import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Notice } from './Notice';

interface ConfirmSavedProps {
  readonly question: string;
  readonly onConfirm: () => void;
}

/** A browser does not tell what became of a download or a print: the person looks, and says so. */
export function ConfirmSaved({ question, onConfirm }: ConfirmSavedProps) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="info"
      title={question}
      announce
      actions={
        <Button icon="check" onPress={onConfirm}>
          {t('common.isThere')}
        </Button>
      }
    />
  );
}
