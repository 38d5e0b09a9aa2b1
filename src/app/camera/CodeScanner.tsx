import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCamera } from './use-camera';
import { qrInImage, qrInVideo } from '../../state/qr-reader';
import type { Problem } from '../../state/problem';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton, photoTypes } from '../components/FileButton';
import { Notice } from '../components/Notice';
import { Panel } from '../components/Panel';
import styles from './CodeScanner.module.css';

interface CodeScannerProps {
  readonly title: string;
  readonly text: string;
  /** Takes the text of a code; null where there was none in a picture. @returns what is wrong with it */
  readonly onCode: (text: string | null) => Promise<Problem | null>;
  readonly onClose: () => void;
  /** Other ways to give the same. */
  readonly children?: ReactNode;
}

/** Looks this often for a code in the camera's picture, in milliseconds. */
const lookEvery = 250;

/** Reads a printed code, by camera or from a picture of it. */
export function CodeScanner({ title, text, onCode, onClose, children }: CodeScannerProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video, 'environment');
  const [problem, setProblem] = useState<Problem | null>(null);

  async function take(code: string | null): Promise<boolean> {
    const wrong = await onCode(code);
    if (wrong) setProblem(wrong);
    return !wrong;
  }

  const readVideo = useEffectEvent(async (): Promise<boolean> => {
    try {
      const code = video.current && (await qrInVideo(video.current));
      return code ? await take(code) : false;
    } catch {
      // A frame that could not be looked at: the next one may.
      return false;
    }
  });

  useEffect(() => {
    if (camera.state !== 'live') return;
    // One look after the other, and none after a code was taken.
    let next = setTimeout(() => void look(), lookEvery);
    let over = false;
    async function look(): Promise<void> {
      const found = await readVideo();
      if (!found && !over) next = setTimeout(() => void look(), lookEvery);
    }
    return () => {
      over = true;
      clearTimeout(next);
    };
  }, [camera.state]);

  return (
    <Panel
      title={title}
      aside={
        <Button variant="quiet" icon="close" onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      {camera.state === 'failed' ? (
        <Notice tone="warning" title={t(`errors.camera.${camera.reason}.title`)} announce>
          <p>{t(`errors.camera.${camera.reason}.text`)}</p>
        </Notice>
      ) : (
        <>
          <p>{text}</p>
          <video ref={video} className={styles.video} muted playsInline aria-label={title} />
        </>
      )}
      {problem && <ErrorNotice problem={problem} />}
      <div>
        <FileButton
          icon="photo"
          accept={photoTypes}
          onFiles={([file]) => {
            if (file) void qrInImage(file).then(take);
          }}
        >
          {t('keys.scan.image')}
        </FileButton>
      </div>
      {children}
    </Panel>
  );
}
