import { useTranslation } from 'react-i18next';
import { useModels, useProtect } from '../../state/page';
import { isReady } from '../../state/models';
import { Button } from '../components/Button';
import { JobTitle } from '../components/JobTitle';
import { ModelConsent } from '../models/ModelConsent';
import { StepProgress } from '../components/StepProgress';
import { PurposeChoice } from './PurposeChoice';
import { Result } from './Result';
import { Sent } from './Sent';
import { useStageHistory } from './use-stage-history';
import { Welcome } from './Welcome';
import { Workspace } from './Workspace';
import styles from './Protect.module.css';

/** From a photo to a protected photo and its key, and out of here. */
export function ProtectScreen() {
  const stage = useProtect((state) => state.stage);
  useStageHistory();
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
    case 'sent':
      return <Sent />;
  }
}

function Opening() {
  const { t } = useTranslation();
  const { progress, settings, change, cancel, protectAtOnce } = useProtect();
  const ready = useModels((models) => isReady(models, 'all'));
  return (
    <>
      <div className={styles.head}>
        <JobTitle>{t('protect.screen')}</JobTitle>
        {!ready && (
          <Button variant="quiet" onPress={cancel}>
            {t('common.startOver')}
          </Button>
        )}
      </div>
      {ready ? (
        <StepProgress title={t('protect.inspecting')} progress={progress} onCancel={cancel} />
      ) : (
        <div className={styles.columns}>
          <ModelConsent waitingPhoto onAtOnce={protectAtOnce} />
          <PurposeChoice settings={settings} onChange={change} />
        </div>
      )}
    </>
  );
}
