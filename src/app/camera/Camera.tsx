import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useModels } from '../../state/page';
import { isReady } from '../../state/models';
import { Button } from '../components/Button';
import { FileButton, photoTypes } from '../components/FileButton';
import { FullScreen } from '../components/FullScreen';
import { Notice } from '../components/Notice';
import { hintFor } from './guidance';
import { takePhoto } from './take-photo';
import { useCamera, type CameraFacing } from './use-camera';
import { useCountdown } from './use-countdown';
import { useGuidance } from './use-guidance';
import styles from './Camera.module.css';

interface CameraProps {
  readonly onPhoto: (photo: File) => void;
  readonly onClose: () => void;
}

/** Takes a photo on the whole screen, with live guidance on how to hold the camera. */
export function Camera({ onPhoto, onClose }: CameraProps) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const [shot, setShot] = useState<{ readonly file: File; readonly url: string } | null>(null);
  useEffect(() => () => URL.revokeObjectURL(shot?.url ?? ''), [shot]);
  return (
    <FullScreen
      label={t('camera.title')}
      title={t('camera.title')}
      stage={shot ? 'shot' : 'finder'}
      close={t('common.close')}
      onClose={onClose}
    >
      {shot ? (
        <>
          <div className={styles.finder}>
            <img src={shot.url} alt={t('camera.shot')} className={styles.picture} />
          </div>
          <div className={styles.actions}>
            <Button variant="primary" icon="check" onPress={() => onPhoto(shot.file)}>
              {t('camera.use')}
            </Button>
            <Button onPress={() => setShot(null)}>{t('camera.again')}</Button>
          </div>
        </>
      ) : (
        <Viewfinder
          key={attempt}
          onShot={(file) => setShot({ file, url: URL.createObjectURL(file) })}
          onFile={onPhoto}
          onRetry={() => setAttempt(attempt + 1)}
        />
      )}
    </FullScreen>
  );
}

interface ViewfinderProps {
  readonly onShot: (photo: File) => void;
  readonly onFile: (photo: File) => void;
  readonly onRetry: () => void;
}

function Viewfinder({ onShot, onFile, onRetry }: ViewfinderProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [facing, setFacing] = useState<CameraFacing>('user');
  const [taking, setTaking] = useState(false);
  const [failed, setFailed] = useState(false);
  const camera = useCamera(video, facing);
  const ready = useModels((models) => isReady(models, 'landmarks'));
  const live = camera.state === 'live';
  const guidance = useGuidance(video, ready && live && !taking);
  const hint = guidance ? hintFor(guidance) : null;
  const countdown = useCountdown(() => void take());

  if (camera.state === 'failed') {
    return (
      <Notice
        tone="warning"
        title={t(`errors.camera.${camera.reason}.title`)}
        announce
        actions={
          <>
            <Button onPress={onRetry}>{t('common.retry')}</Button>
            <FileButton icon="photo" accept={photoTypes} onFiles={([file]) => file && onFile(file)}>
              {t('common.choosePhoto')}
            </FileButton>
          </>
        }
      >
        <p>{t(`errors.camera.${camera.reason}.text`)}</p>
      </Notice>
    );
  }

  async function take(): Promise<void> {
    if (camera.state !== 'live' || !video.current) return;
    setTaking(true);
    setFailed(false);
    try {
      onShot(await takePhoto(camera.track, video.current));
    } catch {
      setFailed(true);
      setTaking(false);
    }
  }

  const message =
    countdown.left !== null
      ? t('camera.countdown', { seconds: countdown.left })
      : taking
        ? t('camera.taking')
        : camera.state === 'asking'
          ? t('camera.asking')
          : hint
            ? t(`camera.hint.${hint}`)
            : t('camera.hint.none');
  return (
    <>
      <div className={styles.finder}>
        <video
          ref={video}
          className={`${styles.picture} ${facing === 'user' ? styles.mirrored : ''}`}
          muted
          playsInline
          aria-label={t('camera.video')}
        />
        <svg viewBox="0 0 100 100" className={styles.outline} aria-hidden="true" focusable="false">
          <ellipse cx="50" cy="50" rx="30" ry="41" className={hint === 'good' ? styles.good : styles.guide} />
        </svg>
        <p role="status" className={styles.hint}>
          {message}
        </p>
      </div>
      {failed && (
        <Notice tone="warning" title={t('errors.camera.noPicture.title')} announce>
          <p>{t('errors.camera.noPicture.text')}</p>
        </Notice>
      )}
      <div className={styles.controls}>
        <Button
          icon="timer"
          aria-pressed={countdown.left !== null}
          isDisabled={!live}
          onPress={countdown.toggle}
        >
          {t('camera.timer')}
        </Button>
        <AriaButton
          className={styles.shutter}
          aria-label={t('camera.take')}
          isDisabled={!live || taking}
          onPress={() => void take()}
        />
        <Button icon="flip" onPress={() => setFacing(facing === 'user' ? 'environment' : 'user')}>
          {t('camera.flip')}
        </Button>
      </div>
      {facing === 'user' && <p className={styles.small}>{t('camera.mirrored')}</p>}
    </>
  );
}
