import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button';
import { Notice } from '../components/Notice';

interface LosingNoticeProps {
  readonly title: string;
  readonly text: string;
  readonly onKeep: () => void;
  readonly onLose: () => void;
}

/** Asks before what exists nowhere but in this page is closed. */
export function LosingNotice({ title, text, onKeep, onLose }: LosingNoticeProps) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="danger"
      title={title}
      announce
      actions={
        <>
          <Button onPress={onKeep}>{t('keys.current.keep')}</Button>
          <Button variant="quiet" onPress={onLose}>
            {t('keys.current.lose')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Notice>
  );
}
