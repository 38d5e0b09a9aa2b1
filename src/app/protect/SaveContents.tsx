import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtectResult } from '../../engine/api';
import { CONTENTS_NAME, contentsFile, protectedEntry } from '../../state/contents';
import { useModels, useProtect } from '../../state/page';
import { toProblem, type Problem } from '../../state/problem';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { saveFile } from '../save-file';

/** What was checked of this photo, as a file for whoever keeps records. */
export function SaveContents({ result }: { readonly result: ProtectResult }) {
  const { t } = useTranslation();
  const source = useProtect((protect) => protect.source);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!source) return null;
  const original = source.bytes;

  async function save(): Promise<void> {
    try {
      const entry = await protectedEntry(result, original);
      saveFile(CONTENTS_NAME, await contentsFile([entry], useModels.getState()), 'application/json');
    } catch (error) {
      setProblem(toProblem(error));
    }
  }

  return (
    <div className="no-print">
      <Button variant="quiet" icon="save" onPress={() => void save()}>
        {t('result.contents')}
      </Button>
      {problem && <ErrorNotice problem={problem} />}
    </div>
  );
}
