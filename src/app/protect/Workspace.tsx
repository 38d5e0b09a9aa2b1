import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels, useProtect } from '../../state/page';
import { isReady } from '../../state/models';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobTitle } from '../components/JobTitle';
import { ModelConsent } from '../components/ModelConsent';
import { Notice } from '../components/Notice';
import { StepProgress } from '../components/StepProgress';
import { FacesPanel } from './FacesPanel';
import { FramesPanel } from './FramesPanel';
import { OutputPanel } from './OutputPanel';
import { PhotoStage } from './PhotoStage';
import { PlaceEyes } from './PlaceEyes';
import { SignsPanel } from './SignsPanel';
import styles from './Protect.module.css';

/** The opened photo beside what can be decided about it, and the one button. */
export function Workspace() {
  const { t } = useTranslation();
  const {
    stage,
    inspection,
    chosen,
    faces,
    problem,
    progress,
    protection,
    protect,
    cancel,
    showResult,
    reset,
  } = useProtect();
  const ready = useModels((models) => isReady(models, 'all'));
  const [showSigns, setShowSigns] = useState(true);
  const [placing, setPlacing] = useState(false);
  const running = stage === 'protecting';
  return (
    <>
      <div className={styles.head}>
        <JobTitle>{t('protect.screen')}</JobTitle>
        {!running && protection && (
          <Button variant="quiet" onPress={showResult}>
            {t('result.back')}
          </Button>
        )}
        {!running && (
          <Button variant="quiet" onPress={reset}>
            {t('common.startOver')}
          </Button>
        )}
      </div>
      <div className={styles.columns}>
        <div className={styles.photo}>
          {placing ? <PlaceEyes onDone={() => setPlacing(false)} /> : <PhotoStage showSigns={showSigns} />}
          {!placing && !running && faces.length > 0 && (
            <div className={styles.run}>
              <Button
                variant="primary"
                icon="protect"
                isDisabled={chosen.size === 0}
                onPress={() => void protect()}
              >
                {chosen.size > 1 ? t('protect.runFaces', { count: chosen.size }) : t('protect.run')}
              </Button>
              {chosen.size === 0 && <p className={styles.small}>{t('protect.nothingChosen')}</p>}
            </div>
          )}
        </div>
        <div className={styles.side}>
          {problem && <ErrorNotice problem={problem} />}
          {inspection?.animated && (
            <Notice tone="warning" title={t('protect.animated.title')}>
              <p>{t('protect.animated.text')}</p>
            </Notice>
          )}
          {running && !ready && <ModelConsent waitingPhoto />}
          {running ? (
            <StepProgress
              title={t('protect.running')}
              hint={t('protect.runningHint')}
              progress={progress}
              onCancel={cancel}
            />
          ) : (
            <>
              <FramesPanel />
              <FacesPanel onPlace={() => setPlacing(true)} placing={placing} />
              {faces.length > 0 && (
                <>
                  <SignsPanel showSigns={showSigns} onShowSigns={setShowSigns} />
                  <OutputPanel />
                </>
              )}
            </>
          )}
        </div>
      </div>
    </>
  );
}
