import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentsEntry } from '../record/contents';
import { CONTENTS_NAME, contentsFile } from '../state/contents';
import { useModels } from '../state/page';
import { toProblem, type Problem } from '../state/problem';
import { Button } from './components/Button';
import { ErrorNotice } from './components/ErrorNotice';
import { saveFile } from './save-file';

interface SaveContentsProps {
  readonly entry: () => Promise<ContentsEntry>;
  /** Where it is not known yet. */
  readonly disabled?: boolean;
}

/** What was checked of one photo, as a file for whoever keeps records. */
export function SaveContents({ entry, disabled = false }: SaveContentsProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Problem | null>(null);

  async function save(): Promise<void> {
    try {
      saveFile(CONTENTS_NAME, await contentsFile([await entry()], useModels.getState()), 'application/json');
    } catch (error) {
      setProblem(toProblem(error));
    }
  }

  return (
    <div className="no-print">
      <Button variant="quiet" icon="save" isDisabled={disabled} onPress={() => void save()}>
        {t('result.contents')}
      </Button>
      {problem && <ErrorNotice problem={problem} />}
    </div>
  );
}
