import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicLink } from '../../state/page';
import { ActionBar } from '../components/ActionBar';
import { Button } from '../components/Button';
import { Check } from '../components/Check';
import { FileButton, photoTypes } from '../components/FileButton';
import { JobTitle } from '../components/JobTitle';
import { Notice } from '../components/Notice';
import { takeFiles } from '../intake/take-files';
import styles from './ClinicAsks.module.css';

/** What a clinic's link asks for, and who says so: nothing is locked for anybody before the person has decided. */
export function ClinicAsks() {
  const { t } = useTranslation();
  const { asked, accept, forget } = useClinicLink();
  const [keep, setKeep] = useState(false);
  if (!asked) return null;
  const { name, fingerprint, standing } = asked;
  const changed = standing === 'changed';
  return (
    <>
      <JobTitle>{t('clinicLink.title')}</JobTitle>
      <div className={styles.asks}>
        <p>{t('clinicLink.says')}</p>
        <p className={styles.name}>“{name}”</p>
        {changed ? (
          <Notice tone="danger" title={t('clinicLink.changed.title')} announce>
            <p>{t('clinicLink.changed.text')}</p>
          </Notice>
        ) : standing === 'known' ? (
          <Notice tone="good" title={t('clinicLink.known')} />
        ) : (
          <p>{t('clinicLink.unchecked', { host: window.location.host })}</p>
        )}
        <p>{t('clinicLink.compare')}</p>
        <p className={styles.fingerprint}>{fingerprint}</p>
        {standing === 'new' && (
          <Check
            label={t('clinicLink.keep')}
            hint={t('clinicLink.keepHint')}
            selected={keep}
            onChange={setKeep}
          />
        )}
      </div>
      <ActionBar>
        {!changed && (
          <FileButton
            variant="primary"
            icon="photo"
            accept={photoTypes}
            onFiles={(files) => {
              accept(keep);
              takeFiles(files);
            }}
          >
            {t(standing === 'known' ? 'clinicLink.acceptKnown' : 'clinicLink.accept')}
          </FileButton>
        )}
        <Button variant="quiet" onPress={forget}>
          {t('clinicLink.refuse')}
        </Button>
      </ActionBar>
    </>
  );
}
