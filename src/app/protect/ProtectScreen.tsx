import { useTranslation } from 'react-i18next';
import { useModels, useProtect } from '../../state/page';
import { isReady } from '../../state/models';
import { Button } from '../components/Button';
import { ModelConsent } from '../components/ModelConsent';
import { StepProgress } from '../components/StepProgress';
import { PhotoStage } from './PhotoStage';
import { Result } from './Result';
import { Welcome } from './Welcome';
import { Workspace } from './Workspace';
import styles from './Protect.module.css';

/** From a photo to a protected photo and its key. */
export function ProtectScreen() {
  const stage = useProtect((state) => state.stage);
  switch (stage) {
    case 'empty':
      return <Welcome />;
    case 'opening':
      return <Opening />;
    case 'ready':
    case 'protecting':
      return <Workspace />;
    case 'done':
      return <Result />;
  }
}

function Opening() {
  const { t } = useTranslation();
  const { progress, cancel } = useProtect();
  const ready = useModels((models) => isReady(models, 'all'));
  return (
    <>
      <h1>{t('protect.screen')}</h1>
      <div className={styles.columns}>
        <PhotoStage />
        {ready ? (
          <StepProgress title={t('protect.inspecting')} progress={progress} onCancel={cancel} />
        ) : (
          <div className={styles.side}>
            <ModelConsent waitingPhoto />
            <div>
              <Button variant="quiet" onPress={cancel}>
                {t('common.startOver')}
              </Button>
            </div>
          </div>
        )}
      </div>
    </>
  );
}
