import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys, useVisitKey } from '../../state/page';
import type { PrivacyKey } from '../../record/types';
import { isAtRisk } from '../../state/visit-key';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton, photoTypes } from '../components/FileButton';
import { KeySaver } from './KeySaver';
import { Notice } from '../components/Notice';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import { KeySheet } from './KeySheet';
import { LosingNotice } from './LosingNotice';
import styles from './Keys.module.css';

interface CurrentKeyProps {
  readonly privacyKey: PrivacyKey;
  /** From a file or from paper: somebody else may have it. */
  readonly opened: boolean;
}

/** The key in hand: save, lock, print, check. */
export function CurrentKey({ privacyKey, opened }: CurrentKeyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const visit = useVisitKey();
  const { problem, check, checkPhoto, close } = useKeys();
  const [sheet, setSheet] = useState(false);
  const [closing, setClosing] = useState(false);
  const saved = opened || visit.saved;
  const onSaved = (): void => visit.markSaved(privacyKey.id);
  const atRisk = !opened && isAtRisk(visit);
  return (
    <>
      <div className={`${styles.columns} no-print`}>
        <div className={styles.stack}>
          <Panel
            title={t('keys.current.title', { id: privacyKey.id })}
            aside={
              <Button variant="quiet" icon="close" onPress={() => (atRisk ? setClosing(true) : close())}>
                {t('keys.current.close')}
              </Button>
            }
          >
            {closing && atRisk && (
              <LosingNotice
                title={t('keys.current.needed')}
                text={t('keys.current.neededText')}
                onKeep={() => setClosing(false)}
                onLose={close}
              />
            )}
            <p>{t('keys.current.made', { date: format.date(new Date(privacyKey.created)) })}</p>
            {privacyKey.label && <p>{privacyKey.label}</p>}
            {opened ? <OpenedKey /> : <p>{t('keys.current.use')}</p>}
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
          <KeySaver privacyKey={privacyKey} saved={saved} onSaved={onSaved} />
          {!opened && saved && <p role="status">{t('result.save.keySaved')}</p>}
        </Panel>
      </div>
      {sheet && <KeySheet privacyKey={privacyKey} saved={saved} onPrinted={onSaved} />}
    </>
  );
}

/** A key that came from somewhere: it opens photos, and protects new ones only when the person says so. */
function OpenedKey() {
  const { t } = useTranslation();
  const { useForNewPhotos: adopt } = useKeys();
  const blocked = useVisitKey(isAtRisk);
  return (
    <>
      <p>{t('keys.opened.use')}</p>
      <p>{t('keys.opened.warning')}</p>
      <div>
        <Button isDisabled={blocked} onPress={adopt}>
          {t('keys.opened.adopt')}
        </Button>
      </div>
      {blocked && <p>{t('keys.opened.blocked')}</p>}
    </>
  );
}
