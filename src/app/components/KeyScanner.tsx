import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { useCamera } from '../camera/use-camera';
import { keyFromText, qrInImage, qrInVideo } from '../../state/qr-reader';
import { toProblem, type Problem } from '../../state/problem';
import { Button } from './Button';
import { ErrorNotice } from './ErrorNotice';
import { Field } from './Field';
import { FileButton, photoTypes } from './FileButton';
import { Notice } from './Notice';
import { Panel } from './Panel';
import styles from './KeyScanner.module.css';

interface KeyScannerProps {
  readonly onKey: (key: PrivacyKey) => void;
  readonly onClose: () => void;
}

/** Looks this often for a code in the camera's picture, in milliseconds. */
const lookEvery = 250;

/** Reads a printed key back, by camera or from a picture of it. */
export function KeyScanner({ onKey, onClose }: KeyScannerProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video, 'environment');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [typed, setTyped] = useState('');

  async function read(text: string): Promise<boolean> {
    try {
      onKey(await keyFromText(text));
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    }
  }

  const readCode = useEffectEvent(async (): Promise<boolean> => {
    try {
      const code = video.current && (await qrInVideo(video.current));
      return code ? await read(code) : false;
    } catch {
      // A frame that could not be looked at: the next one may.
      return false;
    }
  });

  useEffect(() => {
    if (camera.state !== 'live') return;
    // One look after the other, and none after a key was found.
    let next = setTimeout(() => void look(), lookEvery);
    let over = false;
    async function look(): Promise<void> {
      const found = await readCode();
      if (!found && !over) next = setTimeout(() => void look(), lookEvery);
    }
    return () => {
      over = true;
      clearTimeout(next);
    };
  }, [camera.state]);

  async function readImage(file: File): Promise<void> {
    const code = await qrInImage(file);
    if (code === null) setProblem({ code: 'not-a-key', values: {} });
    else await read(code);
  }

  return (
    <Panel
      title={t('keys.scan.title')}
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
          <p>{t('keys.scan.text')}</p>
          <video ref={video} className={styles.video} muted playsInline aria-label={t('keys.scan.title')} />
        </>
      )}
      {problem && <ErrorNotice problem={problem} />}
      <div>
        <FileButton
          icon="photo"
          accept={photoTypes}
          onFiles={([file]) => {
            if (file) void readImage(file);
          }}
        >
          {t('keys.scan.image')}
        </FileButton>
      </div>
      <Form
        className={styles.typed ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void read(typed);
        }}
      >
        <Field label={t('keys.scan.typed')} value={typed} onChange={setTyped} rows={3} mono />
        <div>
          <Button type="submit" isDisabled={typed.trim() === ''}>
            {t('keys.scan.open')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
