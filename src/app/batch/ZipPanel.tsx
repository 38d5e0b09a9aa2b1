import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatch } from '../../state/batch';
import { zip } from '../../state/zip';
import { Button } from '../components/Button';
import { Panel } from '../components/Panel';
import { saveFile } from '../save-file';
import { useFormat } from '../use-format';
import columns from '../protect/Protect.module.css';

/** All protected photos as one file. */
export function ZipPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { items, zipSaved, markZipSaved } = useBatch();
  const [packing, setPacking] = useState(false);
  const outputs = items.flatMap(({ output }) => (output ? [output] : []));
  const bytes = outputs.reduce((sum, { blob }) => sum + blob.size, 0);

  async function save(): Promise<void> {
    setPacking(true);
    const packed = await zip(outputs);
    saveFile(t('batch.zipName'), packed, packed.type);
    setPacking(false);
    markZipSaved();
  }

  return (
    <Panel title={t('result.save.title')}>
      <div>
        <Button variant="primary" icon="save" isDisabled={packing} onPress={() => void save()}>
          {t(packing ? 'batch.zipping' : 'batch.zip')}
        </Button>
      </div>
      <p className={columns.small}>
        {t('batch.zipHint', { count: outputs.length, size: format.bytes(bytes) })}
      </p>
      {zipSaved && <p role="status">{t('batch.zipSaved')}</p>}
    </Panel>
  );
}
