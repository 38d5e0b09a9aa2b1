import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { useClinicLink, useProtect, useVisit, useVisitKey } from '../../state/page';
import type { ProtectResult } from '../../engine/api';
import { portalLimitBytes } from '../../state/output';
import { toProblem, type Problem } from '../../state/problem';
import { isKeySaved } from '../../state/visit-key';
import { PackageButtons } from '../clinic-link/PackageButtons';
import { ActionBar } from '../components/ActionBar';
import { Button } from '../components/Button';
import { Disclosure } from '../components/Disclosure';
import { ErrorNotice } from '../components/ErrorNotice';
import { Icon } from '../components/Icon';
import { KeyOptions } from '../keys/KeyOptions';
import { KeyOutcome } from '../keys/KeyOutcome';
import { Panel } from '../components/Panel';
import { useKeySaving } from '../keys/use-key-saving';
import { saveFile } from '../save-file';
import { canShare, shareFile } from '../share-file';
import { useFormat } from '../use-format';
import styles from './SavePanel.module.css';

interface SavePanelProps {
  readonly result: ProtectResult;
  /** The key that opens it. */
  readonly privacyKey: PrivacyKey;
}

/** Photo first, then its key: each sent or saved in one step, and what else can be done folded away. */
export function SavePanel({ result, privacyKey }: SavePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { photoSaved, keySaved: savedHere, markPhotoSaved, markKeySaved, adjust, finish } = useProtect();
  const end = useVisit((visit) => visit.end);
  const clinic = useClinicLink((link) => link.accepted);
  const keySaved = isKeySaved(privacyKey, savedHere, useVisitKey());
  const saving = useKeySaving(privacyKey, markKeySaved);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { file, mime } = result;
  const sharesPhoto = canShare(file.name, mime);

  function savePhoto(): void {
    saveFile(file.name, file.bytes, mime);
    markPhotoSaved();
  }
  async function sharePhoto(): Promise<void> {
    setProblem(null);
    try {
      if (await shareFile(file.name, file.bytes, mime)) markPhotoSaved(true);
    } catch (error) {
      setProblem(toProblem(error));
    }
  }
  const photoVariant = photoSaved ? 'secondary' : 'primary';
  const keyVariant = photoSaved && !keySaved ? 'primary' : 'secondary';
  const cannotSaveKey = saving.busy || saving.gap !== null;
  return (
    <div className={`${styles.saving} no-print`}>
      <ActionBar>
        <KeyOutcome saving={saving} saved={keySaved} />
        {problem && <ErrorNotice problem={problem} />}
        <div className={styles.steps}>
          <Step
            number={1}
            done={photoSaved ? t(clinic ? 'clinicLink.packageSaved' : 'result.save.photoSaved') : null}
          >
            {clinic && (
              <PackageButtons
                result={result}
                privacyKey={privacyKey}
                clinic={clinic}
                onProblem={setProblem}
              />
            )}
            {!clinic && sharesPhoto && (
              <Button variant={photoVariant} icon="send" onPress={() => void sharePhoto()}>
                {t('result.save.sendPhoto')}
              </Button>
            )}
            {!clinic && (
              <Button variant={sharesPhoto ? 'secondary' : photoVariant} icon="save" onPress={savePhoto}>
                {t('result.save.photo')}
              </Button>
            )}
          </Step>
          <Step
            number={2}
            done={savedHere ? t('result.save.keySaved') : keySaved ? t('result.save.keyEarlier') : null}
          >
            {!clinic && saving.shareable && (
              <Button
                variant={keyVariant}
                icon="send"
                isDisabled={cannotSaveKey}
                onPress={() => void saving.share()}
              >
                {t('result.save.sendKey')}
              </Button>
            )}
            <Button
              variant={!clinic && saving.shareable ? 'secondary' : keyVariant}
              icon="keys"
              isDisabled={cannotSaveKey}
              onPress={() => void saving.save()}
            >
              {saving.busy ? t('keys.saver.saving') : t('result.save.key')}
            </Button>
          </Step>
        </div>
        {photoSaved && keySaved && (
          <Button variant="primary" icon="check" onPress={finish}>
            {t('result.save.goOn')}
          </Button>
        )}
      </ActionBar>
      <Panel title={t('result.save.title')}>
        {clinic ? (
          <>
            <p>
              <strong>
                {t('clinicLink.locked', { name: clinic.name, fingerprint: clinic.fingerprint })}
              </strong>
            </p>
            <p>{t('clinicLink.lockedText')}</p>
            <p>{t('clinicLink.ownKey')}</p>
          </>
        ) : (
          <p>{t('result.save.text')}</p>
        )}
        <p className={styles.hint}>
          {t('result.save.photoHint', { name: file.name, size: format.bytes(file.bytes.length) })}
        </p>
        {file.bytes.length > portalLimitBytes && <p className={styles.hint}>{t('result.save.photoLarge')}</p>}
        <p className={styles.hint}>{t('result.save.keyHint')}</p>
        <Disclosure title={t('result.save.options')}>
          <KeyOptions saving={saving} />
        </Disclosure>
        <div className={styles.more}>
          <Button variant="quiet" onPress={adjust}>
            {t('result.save.again')}
          </Button>
          <Button variant="quiet" onPress={() => end()}>
            {t('result.save.discard')}
          </Button>
        </div>
      </Panel>
    </div>
  );
}

interface StepProps {
  readonly number: number;
  /** Says so, once it is done; it can be done again. */
  readonly done: string | null;
  readonly children: ReactNode;
}

function Step({ number, done, children }: StepProps) {
  return (
    <div className={styles.step}>
      <p role="status" className={done ? styles.done : styles.number}>
        {done ? <Icon name="check" /> : <span aria-hidden="true">{number}</span>}
        {done && <span>{done}</span>}
      </p>
      <div className={styles.buttons}>{children}</div>
    </div>
  );
}
