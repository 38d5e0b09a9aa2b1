import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useKeys, useVisitKey } from '../../state/page';
import { ClinicTab } from './ClinicTab';
import { CurrentKey } from './CurrentKey';
import { OpenKey } from './OpenKey';
import styles from './Keys.module.css';

/** Making, opening, checking, printing and locking keys, without any photo. */
export function KeysScreen() {
  const { t } = useTranslation();
  const visit = useVisitKey((state) => state.key);
  const opened = useKeys((state) => state.opened);
  const key = opened ?? visit;
  return (
    <>
      <div className={`${styles.intro} no-print`}>
        <h1>{t('keys.screen')}</h1>
        <p>{t('keys.lead')}</p>
      </div>
      <Tabs className={styles.tabs}>
        <TabList aria-label={t('keys.tabs.label')} className={`${styles.list} no-print`}>
          <Tab id="own" className={styles.tab}>
            {t('keys.tabs.own')}
          </Tab>
          <Tab id="clinic" className={styles.tab}>
            {t('keys.tabs.clinic')}
          </Tab>
        </TabList>
        <TabPanel id="own" className={styles.panel}>
          {key ? <CurrentKey key={key.id} privacyKey={key} opened={opened !== null} /> : <OpenKey />}
        </TabPanel>
        <TabPanel id="clinic" className={styles.panel}>
          <ClinicTab />
        </TabPanel>
      </Tabs>
    </>
  );
}
