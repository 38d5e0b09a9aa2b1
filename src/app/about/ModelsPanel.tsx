import { useTranslation } from 'react-i18next';
import { useModels } from '../../state/page';
import { statusOf } from '../../state/models';
import { ModelConsent } from '../models/ModelConsent';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import { modelNames } from './model-names';
import styles from './About.module.css';

/** The networks, their sizes, and whether they are here. */
export function ModelsPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const state = useModels();
  const { models } = state;
  const status = statusOf(state, 'all');
  const total = models.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = models.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  return (
    <Panel title={t('about.models.title')}>
      <div className={styles.scroll}>
        <table className={`${styles.table} figures`}>
          <thead>
            <tr>
              <th scope="col">{t('about.models.name')}</th>
              <th scope="col">{t('about.models.version')}</th>
              <th scope="col">{t('about.models.size')}</th>
              <th scope="col">{t('about.models.kept')}</th>
            </tr>
          </thead>
          <tbody>
            {models.map(({ name, version, bytes, cached }) => {
              const known = modelNames.find((model) => model === name);
              return (
                <tr key={name}>
                  <th scope="row">{known ? t(`about.models.names.${known}`) : name}</th>
                  <td>{version}</td>
                  <td>{format.bytes(bytes)}</td>
                  <td>{t(cached ? 'common.yes' : 'common.no')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={styles.small}>
        {t('about.models.total', { size: format.bytes(total), sent: format.bytes(sent) })}
      </p>
      {status !== 'ready' && status !== 'checking' && <ModelConsent />}
    </Panel>
  );
}
