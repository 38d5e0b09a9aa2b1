import { useTranslation } from 'react-i18next';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import { DevicePanel } from './DevicePanel';
import { ModelsPanel } from './ModelsPanel';
import { StoragePanel } from './StoragePanel';
import styles from './About.module.css';

const steps = ['signs', 'face', 'seal', 'check', 'back'] as const;
const limits = ['hair', 'eyes', 'key', 'other', 'medical'] as const;

/** The paper's own figures for its own networks (sections 2 and 3). */
const paper = [
  { name: 'protection', share: 0.9654 },
  { name: 'restored', share: 0.9719 },
  { name: 'eyelid', share: 0.0153 },
  { name: 'iris', share: 0.0164 },
  { name: 'wrongKey', share: 0.9696 },
] as const;

/** What the page does and does not, and how it stands on this device. */
export function AboutScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <h1>{t('about.screen')}</h1>
      <div className={styles.columns}>
        <Panel title={t('about.how.title')}>
          <p>{t('about.how.intro')}</p>
          <ol className={styles.list}>
            {steps.map((step) => (
              <li key={step}>{t(`about.how.${step}`)}</li>
            ))}
          </ol>
        </Panel>
        <Panel title={t('about.promise.title')}>
          <ul className={styles.list}>
            {limits.map((limit) => (
              <li key={limit}>{t(`about.promise.${limit}`)}</li>
            ))}
          </ul>
        </Panel>
        <DevicePanel />
        <StoragePanel />
        <ModelsPanel />
        <Panel title={t('about.paper.title')}>
          <table className={`${styles.table} figures`}>
            <thead>
              <tr>
                <th scope="col">{t('about.paper.figure')}</th>
                <th scope="col">{t('about.paper.value')}</th>
              </tr>
            </thead>
            <tbody>
              {paper.map(({ name, share }) => (
                <tr key={name}>
                  <th scope="row">{t(`about.paper.${name}`)}</th>
                  <td>{format.percent(share, 2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.small}>{t('about.paper.note')}</p>
        </Panel>
      </div>
    </>
  );
}
