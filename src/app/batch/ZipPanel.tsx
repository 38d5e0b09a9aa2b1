import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zipWithContents } from '../../state/contents';
import { useBatch, useModels } from '../../state/page';
import { toProblem, type Problem } from '../../state/problem';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { Panel } from '../components/Panel';
import { saveFile } from '../save-file';
import { useFormat } from '../use-format';
import texts from '../styles/text.module.css';

/** All protected photos as one file. */
export function ZipPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { items, zipSaved, markZipSaved } = useBatch();
  const [packing, setPacking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const outputs = items.flatMap(({ output }) => (output ? [output] : []));
  const bytes = outputs.reduce((sum, { blob }) => sum + blob.size, 0);

  async function save(): Promise<void> {
    setPacking(true);
    setProblem(null);
    try {
      const packed = await zipWithContents(outputs, useModels.getState());
      saveFile(t('batch.zipName'), packed, packed.type);
      markZipSaved();
    } catch (error) {
      setProblem(toProblem(error));
    }
    setPacking(false);
  }

  return (
    <Panel title={t('result.save.title')}>
      <div>
        <Button variant="primary" icon="save" isDisabled={packing} onPress={() => void save()}>
          {t(packing ? 'batch.zipping' : 'batch.zip')}
        </Button>
      </div>
      <p className={texts.small}>
        {t('batch.zipHint', { count: outputs.length, size: format.bytes(bytes) })}
      </p>
      {problem && <ErrorNotice problem={problem} />}
      {zipSaved && <p role="status">{t('batch.zipSaved')}</p>}
    </Panel>
  );
}
