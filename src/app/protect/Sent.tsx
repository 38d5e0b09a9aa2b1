import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyFileName } from '../../state/key-writer';
import { packageName } from '../../state/clinic-package';
import { useClinicLink, useProtect, useVisit } from '../../state/page';
import { Button } from '../components/Button';
import { CopyButton } from '../components/CopyButton';
import { JobTitle } from '../components/JobTitle';
import { KeySheet } from '../keys/KeySheet';
import { Panel } from '../components/Panel';
import { restoreAddress } from '../route';
import styles from './Sent.module.css';
import { wayOut } from './way-out';

/** Photo and key are out of this page: what goes where and how, and what comes next. */
export function Sent() {
  const { t } = useTranslation();
  const { protection, keySavedAs, photoSent, keySent, markKeySaved, showResult } = useProtect();
  const { end, another } = useVisit();
  const clinic = useClinicLink((link) => link.accepted);
  const [sheet, setSheet] = useState(false);
  if (!protection?.key) return null;
  const { key, result } = protection;
  const photo = clinic ? packageName(result.file, clinic) : result.file.name;
  const way = wayOut({ photoSent, keySent }, clinic !== null);
  const keyText =
    keySent && keySavedAs === 'none' ? 'keySentText' : (`keyText.${keySavedAs ?? 'earlier'}` as const);
  const names = { photo, key: keyFileName(key), address: restoreAddress() };
  const message = t(clinic ? 'send.messagePackage' : 'send.message', names);

  return (
    <>
      <JobTitle tone="good">{t(`send.title.${way}`)}</JobTitle>
      <div className={`${styles.columns} no-print`}>
        <Panel title={t(clinic ? 'clinicLink.packageTitle' : 'send.photo')}>
          <p>
            {t(
              clinic
                ? photoSent
                  ? 'clinicLink.packageSentText'
                  : 'clinicLink.packageText'
                : photoSent
                  ? 'send.photoSentText'
                  : 'send.photoText',
              { name: photo },
            )}
          </p>
        </Panel>
        <Panel title={t(clinic ? 'clinicLink.ownTitle' : 'send.key')}>
          <p>
            {t(clinic ? 'clinicLink.ownText' : `send.${keyText}`, {
              name: names.key,
            })}
          </p>
          <div>
            <Button icon="print" aria-expanded={sheet} onPress={() => setSheet(!sheet)}>
              {t(sheet ? 'send.hidePrint' : 'send.print')}
            </Button>
          </div>
        </Panel>
      </div>
      {sheet && <KeySheet privacyKey={key} saved onPrinted={() => markKeySaved()} />}
      <div className={`${styles.message} no-print`}>
        <p>{message}</p>
        <div className={styles.actions}>
          <CopyButton text={() => message}>{t('send.copy')}</CopyButton>
        </div>
      </div>
      <div className={`${styles.next} no-print`}>
        <Button variant="primary" icon="check" onPress={() => end()}>
          {t('result.save.finish')}
        </Button>
        <Button icon="photo" onPress={another}>
          {t('result.save.another')}
        </Button>
        <Button variant="quiet" onPress={showResult}>
          {t('send.look')}
        </Button>
      </div>
    </>
  );
}
