import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatch, useProtect } from '../../state/page';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton, photoTypes } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { Icon, type IconName } from '../components/Icon';
import { usePastedFiles } from '../components/use-pasted-files';
import { HowItLooks } from './HowItLooks';
import { Samples } from './Samples';
import { screens } from '../screens';
import styles from './Welcome.module.css';

const Camera = lazy(screens.camera);
const Batch = lazy(screens.batch);

const points: readonly { readonly name: 'local' | 'checked' | 'returns'; readonly icon: IconName }[] = [
  { name: 'local', icon: 'lock' },
  { name: 'checked', icon: 'protect' },
  { name: 'returns', icon: 'restore' },
];

/** The first screen: one sentence, one gesture. */
export function Welcome() {
  const { t } = useTranslation();
  const { problem, open } = useProtect();
  const batch = useBatch();
  const [camera, setCamera] = useState(false);
  const onFiles = (files: File[]): void => {
    const [first] = files;
    if (files.length > 1) batch.add(files);
    else if (first) void open(first);
  };
  usePastedFiles(onFiles);

  if (batch.items.length > 0) {
    return (
      <Suspense fallback={<p role="status">{t('app.loading')}</p>}>
        <Batch />
      </Suspense>
    );
  }
  return (
    <div className={styles.welcome}>
      <div className={styles.intro}>
        <h1 className={styles.title}>{t('protect.welcome.title')}</h1>
        <p className={styles.lead}>{t('protect.welcome.lead')}</p>
      </div>
      {problem && <ErrorNotice problem={problem} />}
      {camera ? (
        <Suspense fallback={<p role="status">{t('app.loading')}</p>}>
          <Camera
            onPhoto={(photo) => {
              setCamera(false);
              void open(photo);
            }}
            onClose={() => setCamera(false)}
          />
        </Suspense>
      ) : (
        <FileDrop label={t('protect.welcome.drop')} onFiles={onFiles} large>
          <HowItLooks />
          <div className={styles.gesture}>
            <FileButton variant="primary" icon="photo" accept={photoTypes} multiple onFiles={onFiles}>
              {t('common.choosePhoto')}
            </FileButton>
            <Button icon="camera" onPress={() => setCamera(true)}>
              {t('protect.welcome.camera')}
            </Button>
          </div>
          <p className={styles.hint}>{t('protect.welcome.anyWay')}</p>
          <div className={styles.more}>
            <FileButton variant="quiet" icon="folder" folder onFiles={onFiles}>
              {t('protect.welcome.several')}
            </FileButton>
            <Samples onPhoto={(photo) => void open(photo)} />
          </div>
        </FileDrop>
      )}
      <ul role="list" className={styles.points}>
        {points.map(({ name, icon }) => (
          <li key={name}>
            <Icon name={icon} />
            <div>
              <h2>{t(`protect.welcome.points.${name}.title`)}</h2>
              <p>{t(`protect.welcome.points.${name}.text`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
