import { useTranslation } from 'react-i18next';
import { Panel } from '../components/Panel';
import { routeHref } from '../route';
import { useFormat } from '../use-format';
import { DevicePanel } from './DevicePanel';
import { ModelsPanel } from './ModelsPanel';
import { StoragePanel } from './StoragePanel';
import styles from './About.module.css';

const steps = ['signs', 'face', 'seal', 'check', 'back'] as const;
const limits = ['hair', 'eyes', 'key', 'broken', 'other', 'medical'] as const;

/** How many photographs of real people the figures below rest on. */
const PHOTOGRAPHS = 100;

/** Shares as the paper reports them (sections 2 and 3), and as this page has on photographs: docs/measurements.md. */
const measured = [
  { name: 'dlib', paper: 0.9654, page: 0.969 },
  { name: 'mobilefacenet', paper: null, page: 0.949 },
  { name: 'faceres', paper: null, page: 0.571 },
  { name: 'faceresFace', paper: null, page: 0.959 },
  { name: 'mobileface', paper: null, page: 0.316 },
  { name: 'mobilefaceFace', paper: null, page: 0.898 },
  { name: 'refused', paper: null, page: 0.02 },
  { name: 'eyelid', paper: 0.0153, page: 0.0152 },
  { name: 'iris', paper: 0.0164, page: 0.0143 },
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
          <p>
            <a href={routeHref('stand')}>{t('about.stand')}</a>
          </p>
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
        <Panel title={t('about.measured.title')}>
          <table className={`${styles.table} figures`}>
            <thead>
              <tr>
                <th scope="col">{t('about.measured.figure')}</th>
                <th scope="col">{t('about.measured.page')}</th>
                <th scope="col">{t('about.measured.paper')}</th>
              </tr>
            </thead>
            <tbody>
              {measured.map(({ name, page, paper }) => (
                <tr key={name}>
                  <th scope="row">{t(`about.measured.${name}`)}</th>
                  <td>{format.percent(page, 1)}</td>
                  <td>{paper === null ? '–' : format.percent(paper, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.small}>{t('about.measured.note', { count: PHOTOGRAPHS })}</p>
        </Panel>
      </div>
    </>
  );
}
