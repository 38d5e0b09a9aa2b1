import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { useProtect, useVisitKey } from '../../state/page';
import type { ProtectResult } from '../../engine/api';
import { portalLimitBytes } from '../../state/output';
import { isKeySaved } from '../../state/visit-key';
import { Button } from '../components/Button';
import { Icon } from '../components/Icon';
import { KeySaver } from '../components/KeySaver';
import { Panel } from '../components/Panel';
import { saveFile } from '../save-file';
import { useFormat } from '../use-format';
import styles from './SavePanel.module.css';

interface SavePanelProps {
  readonly result: ProtectResult;
  /** The key that opens it. */
  readonly privacyKey: PrivacyKey;
}

/** Saving the photo and the key; finished only when the key is out of this page. */
export function SavePanel({ result, privacyKey }: SavePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { photoSaved, keySaved: savedHere, markPhotoSaved, markKeySaved, reset } = useProtect();
  const visit = useVisitKey();
  const keySaved = isKeySaved(privacyKey, savedHere, visit);
  const { file, mime } = result;
  const large = file.bytes.length > portalLimitBytes;
  const missing = !keySaved ? 'finishNeedsKey' : !photoSaved ? 'finishNeedsPhoto' : null;
  return (
    <div className="no-print">
      <Panel title={t('result.save.title')}>
        <p>{t('result.save.text')}</p>
        <div className={styles.part}>
          <Button
            variant={photoSaved ? 'secondary' : 'primary'}
            icon="save"
            onPress={() => {
              saveFile(file.name, file.bytes, mime);
              markPhotoSaved();
            }}
          >
            {t('result.save.photo')}
          </Button>
          <p className={styles.hint}>
            {t('result.save.photoHint', { name: file.name, size: format.bytes(file.bytes.length) })}
          </p>
          {large && <p className={styles.hint}>{t('result.save.photoLarge')}</p>}
          {photoSaved && <Saved text={t('result.save.photoSaved')} />}
        </div>
        <div className={styles.part}>
          <KeySaver privacyKey={privacyKey} saved={keySaved} onSaved={markKeySaved} />
          {keySaved && <Saved text={t('result.save.keySaved')} />}
        </div>
        <div className={styles.finish}>
          <Button
            variant="primary"
            icon="check"
            isDisabled={missing !== null}
            onPress={() => {
              reset();
              visit.forget();
            }}
          >
            {t('result.save.finish')}
          </Button>
          <Button isDisabled={missing !== null} onPress={reset}>
            {t('result.save.another')}
          </Button>
        </div>
        {missing && <p className={styles.hint}>{t(`result.save.${missing}`)}</p>}
      </Panel>
    </div>
  );
}

function Saved({ text }: { readonly text: string }) {
  return (
    <p role="status" className={styles.saved}>
      <Icon name="check" />
      {text}
    </p>
  );
}
