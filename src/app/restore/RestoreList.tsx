import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { restoredEntry, zipWithContents } from '../../state/contents';
import { useModels, useRestore } from '../../state/page';
import { isPerson, standingOf, type RestorePhoto, type Standing } from '../../state/restore-photo';
import { toProblem, type Problem } from '../../state/problem';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { Icon, type IconName } from '../components/Icon';
import { Panel } from '../components/Panel';
import { PixelCanvas } from '../components/PixelCanvas';
import { saveFile } from '../save-file';
import { kindOf } from './kind';
import { Ways } from './Ways';
import styles from './Restore.module.css';

const icons: Record<Standing, IconName> = {
  reading: 'photo',
  'needs-key': 'keys',
  'other-key': 'warning',
  exact: 'photo',
  pixels: 'photo',
  working: 'restore',
  done: 'check',
  failed: 'warning',
};

/** Several protected photos, what became of each, and all that came back as one file. */
export function RestoreList({ onLook }: { readonly onLook: (id: number) => void }) {
  const { t } = useTranslation();
  const photos = useRestore((restore) => restore.photos);
  return (
    <Panel title={t('restore.list.title', { count: photos.length })}>
      <ul role="list" className={styles.list} aria-label={t('restore.list.label')}>
        {photos.map((photo) => (
          <Row key={photo.id} photo={photo} onLook={onLook} />
        ))}
      </ul>
      <SaveAll />
    </Panel>
  );
}

function Row({ photo, onLook }: { readonly photo: RestorePhoto; readonly onLook: (id: number) => void }) {
  const { t } = useTranslation();
  const { keys, running, remove } = useRestore();
  const { file, glance, restored } = photo;
  const standing = standingOf(photo, keys);
  const picture = restored?.preview ?? glance?.preview;
  const kind = restored && kindOf(restored);
  const bad = standing === 'failed' || standing === 'other-key' || kind === 'virtual';
  return (
    <li className={styles.row}>
      {picture ? (
        <PixelCanvas pixels={picture} label="" className={styles.small} />
      ) : (
        <span className={styles.small} />
      )}
      <div className={styles.what}>
        <p className={styles.name}>{file.name}</p>
        <p className={`${styles.state} ${bad ? styles.bad : ''}`}>
          <Icon name={bad ? 'warning' : icons[standing]} />
          {kind ? t(`restore.${kind}.title`) : t(`restore.list.state.${standing}`)}
        </p>
        {restored && <p className={styles.hint}>{restored.name}</p>}
      </div>
      <div className={styles.buttons}>
        {restored && (
          <Button onPress={() => onLook(photo.id)} aria-label={t('restore.list.lookAt', { name: file.name })}>
            {t('restore.list.look')}
          </Button>
        )}
        {!running && (
          <Button
            variant="quiet"
            onPress={() => remove(photo.id)}
            aria-label={t('restore.list.remove', { name: file.name })}
          >
            {t('common.remove')}
          </Button>
        )}
      </div>
      {!running && (
        <div className={styles.ways}>
          <Ways photo={photo} />
        </div>
      )}
    </li>
  );
}

/** Strangers are not in it: they are no restored photos. */
function SaveAll() {
  const { t } = useTranslation();
  const { photos, running, zipSaved, markZipSaved } = useRestore();
  const [packing, setPacking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const outputs = photos.flatMap(({ file, restored }) =>
    restored && isPerson(restored) ? [{ file, restored }] : [],
  );
  if (outputs.length === 0) return null;
  // What leaves says of each whether it belongs to its picture.
  const checking = outputs.some(({ restored }) => restored.check === undefined);

  async function save(): Promise<void> {
    setPacking(true);
    setProblem(null);
    try {
      const files = [];
      for (const { file, restored } of outputs) {
        const { name, blob } = restored;
        files.push({ name, blob, entry: await restoredEntry(restored, file) });
      }
      const packed = await zipWithContents(files, useModels.getState());
      saveFile(t('restore.list.zipName'), packed, packed.type);
      markZipSaved();
    } catch (error) {
      setProblem(toProblem(error));
    }
    setPacking(false);
  }

  return (
    <div className={styles.run}>
      <Button
        variant={zipSaved ? 'secondary' : 'primary'}
        icon="save"
        isDisabled={packing || running || checking}
        onPress={() => void save()}
      >
        {t('restore.list.save', { count: outputs.length })}
      </Button>
      {zipSaved && <p role="status">{t('restore.list.saved')}</p>}
      {problem && <ErrorNotice problem={problem} />}
    </div>
  );
}
