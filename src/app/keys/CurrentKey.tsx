import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { useKeys } from '../../state/keys';
import { useVisitKey } from '../../state/visit-key';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton, photoTypes } from '../components/FileButton';
import { KeySaver } from '../components/KeySaver';
import { Notice } from '../components/Notice';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import { KeySheet } from './KeySheet';
import styles from './Keys.module.css';

/** The open key: save, lock, print, check. */
export function CurrentKey({ privacyKey }: { readonly privacyKey: PrivacyKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { saved, markSaved } = useVisitKey();
  const { problem, check, checkPhoto, close } = useKeys();
  const [sheet, setSheet] = useState(false);
  return (
    <>
      <div className={`${styles.columns} no-print`}>
        <div className={styles.stack}>
          <Panel
            title={t('keys.current.title', { id: privacyKey.id })}
            aside={
              <Button variant="quiet" icon="close" onPress={close}>
                {t('keys.current.close')}
              </Button>
            }
          >
            <p>{t('keys.current.made', { date: format.date(new Date(privacyKey.created)) })}</p>
            {privacyKey.label && <p>{privacyKey.label}</p>}
            <p>{t('keys.current.use')}</p>
            {!saved && <Notice tone="warning" title={t('keys.current.unsaved')} />}
            <div>
              <Button icon="print" onPress={() => setSheet(!sheet)} aria-expanded={sheet}>
                {t(sheet ? 'keys.sheet.hide' : 'keys.sheet.show')}
              </Button>
            </div>
          </Panel>
          <Panel title={t('keys.check.title')}>
            <div>
              <FileButton
                icon="photo"
                accept={photoTypes}
                onFiles={([file]) => {
                  if (file) void checkPhoto(file);
                }}
              >
                {t('keys.check.choose')}
              </FileButton>
            </div>
            {check && (
              <p role="status">{t(`keys.check.${check.fit}`, { name: check.photo, id: check.wantedId })}</p>
            )}
            {problem && <ErrorNotice problem={problem} />}
          </Panel>
        </div>
        <Panel title={t('result.save.key')}>
          <KeySaver privacyKey={privacyKey} saved={saved} onSaved={markSaved} />
          {saved && <p role="status">{t('result.save.keySaved')}</p>}
        </Panel>
      </div>
      {sheet && <KeySheet privacyKey={privacyKey} onPrinted={markSaved} />}
    </>
  );
}
