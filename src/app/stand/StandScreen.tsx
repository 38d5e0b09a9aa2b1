import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels, useStand } from '../../state/page';
import { isReady } from '../../state/models';
import { Camera } from '../camera/Camera';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FullScreen } from '../components/FullScreen';
import { ModelConsent } from '../models/ModelConsent';
import { StepProgress } from '../components/StepProgress';
import { SampleGrid, useSamples } from '../protect/SampleGrid';
import { goTo } from '../route';
import { ShownPhoto } from './ShownPhoto';
import { useIdle } from './use-idle';
import styles from './Stand.module.css';

/** Whoever walks away leaves nothing behind. */
const FORGET_AFTER_SECONDS = 60;

/** For a table at a conference: one tap to a photo, its protected twin beside it, and both attacks on it; saves nothing. */
export function StandScreen() {
  const { t } = useTranslation();
  const { stage, progress, problem, start, forget } = useStand();
  const ready = useModels((models) => isReady(models, 'all'));
  const list = useSamples();
  const [camera, setCamera] = useState(false);
  // What a slow device works on for longer is forgotten once it has been seen.
  const someoneLooks = stage === 'shown' || (stage === 'waiting' && camera);
  useIdle(someoneLooks ? FORGET_AFTER_SECONDS : null, () => {
    forget();
    setCamera(false);
  });
  useEffect(() => forget, [forget]);

  function take(photo: File): void {
    setCamera(false);
    void start(photo);
  }
  if (camera) return <Camera onPhoto={take} onClose={() => setCamera(false)} />;
  return (
    <FullScreen
      label={t('app.stand')}
      title={t(stage === 'shown' ? 'stand.shown' : 'stand.title')}
      stage={stage}
      close={t('stand.leave')}
      onClose={() => goTo('protect')}
    >
      {problem && <ErrorNotice problem={problem} />}
      {stage === 'shown' ? (
        <ShownPhoto />
      ) : stage === 'working' ? (
        <div className={styles.middle}>
          {ready ? (
            <StepProgress title={t('protect.running')} progress={progress} onCancel={forget} />
          ) : (
            <ModelConsent waitingPhoto />
          )}
        </div>
      ) : (
        <div className={styles.middle}>
          <p className={styles.lead}>{t('stand.lead')}</p>
          <div className={styles.start}>
            <Button variant="primary" icon="camera" onPress={() => setCamera(true)}>
              {t('stand.camera')}
            </Button>
          </div>
          {list.length > 0 && (
            <>
              <p>{t('stand.samples')}</p>
              <SampleGrid list={list} onPhoto={take} />
            </>
          )}
          <p className={styles.small}>{t('stand.forgets', { count: FORGET_AFTER_SECONDS })}</p>
        </div>
      )}
    </FullScreen>
  );
}
