import { useTranslation } from 'react-i18next';
import type { MetadataEntry } from '../../formats/metadata-entry';
import { Disclosure } from '../components/Disclosure';
import { Panel } from '../components/Panel';
import styles from './StrippedPanel.module.css';

/** What the original carried beside its pixels and the protected photo does not. */
export function StrippedPanel({ entries }: { readonly entries: readonly MetadataEntry[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('result.stripped.title')}>
      <p>
        {entries.length === 0
          ? t('result.stripped.none')
          : t('result.stripped.count', { count: entries.length })}
      </p>
      {entries.length > 0 && (
        <Disclosure title={t('result.stripped.show')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('result.stripped.group')}</th>
                <th scope="col">{t('result.stripped.name')}</th>
                <th scope="col">{t('result.stripped.value')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ group, name, value }, index) => (
                <tr key={index}>
                  <td>{t(`result.stripped.groups.${group}`)}</td>
                  <td>{name}</td>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Disclosure>
      )}
    </Panel>
  );
}
