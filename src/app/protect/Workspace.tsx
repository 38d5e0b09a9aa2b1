import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels, useProtect, useVisit } from '../../state/page';
import { isReady } from '../../state/models';
import { hidesSomething } from '../../state/hiding';
import { wantsNetworks } from '../../state/protect';
import { ActionBar } from '../components/ActionBar';
import { Button } from '../components/Button';
import { Disclosure } from '../components/Disclosure';
import { ErrorNotice } from '../components/ErrorNotice';
import { JobTitle } from '../components/JobTitle';
import { ModelConsent } from '../models/ModelConsent';
import { Notice } from '../components/Notice';
import { StepProgress } from '../components/StepProgress';
import { FacesPanel } from './FacesPanel';
import { FramesPanel } from './FramesPanel';
import { MarkArea } from './MarkArea';
import { OutputPanel } from './OutputPanel';
import { PhotoStage } from './PhotoStage';
import { PlaceEyes } from './PlaceEyes';
import { PurposeChoice } from './PurposeChoice';
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
    areas,
    settings,
    problem,
    progress,
    protection,
    change,
    protect,
    cancel,
    showResult,
  } = useProtect();
  const waiting = useProtect(wantsNetworks);
  const end = useVisit((visit) => visit.end);
  const ready = useModels((models) => isReady(models, 'all'));
  const [showSigns, setShowSigns] = useState(true);
  const [placing, setPlacing] = useState<'eyes' | 'area' | null>(null);
  const nothing = !hidesSomething({ chosen, areas });
  const running = stage === 'protecting';
  return (
    <>
      <div className={styles.head}>
        <JobTitle key={stage}>{t(running ? 'protect.running' : 'protect.screen')}</JobTitle>
        {!running && (
          <div className={styles.headActions}>
            {protection && (
              <Button variant="quiet" onPress={showResult}>
                {t('result.back')}
              </Button>
            )}
            <Button variant="quiet" onPress={() => end()}>
              {t('common.startOver')}
            </Button>
          </div>
        )}
      </div>
      <div className={styles.columns}>
        <div className={styles.photo}>
          {placing === 'eyes' && <PlaceEyes onDone={() => setPlacing(null)} />}
          {placing === 'area' && <MarkArea onDone={() => setPlacing(null)} />}
          {!placing && <PhotoStage showSigns={showSigns} />}
          {!placing && !running && faces.length + areas.length > 0 && (
            <div className={styles.run}>
              <ActionBar>
                <Button variant="primary" icon="protect" isDisabled={nothing} onPress={() => void protect()}>
                  {chosen.size > 1 ? t('protect.runFaces', { count: chosen.size }) : t('protect.run')}
                </Button>
                {nothing && <p className={styles.small}>{t('protect.nothingChosen')}</p>}
              </ActionBar>
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
          {waiting && !ready && <ModelConsent waitingPhoto />}
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
              {faces.length > 0 && <PurposeChoice settings={settings} onChange={change} />}
              <FacesPanel
                onPlace={() => setPlacing('eyes')}
                onMark={() => setPlacing('area')}
                placing={placing !== null}
              />
              {faces.length + areas.length > 0 && (
                <Disclosure title={t('protect.more')} level={2}>
                  {faces.length > 0 && <SignsPanel showSigns={showSigns} onShowSigns={setShowSigns} />}
                  <OutputPanel />
                </Disclosure>
              )}
            </>
          )}
        </div>
      </div>
    </>
  );
}
