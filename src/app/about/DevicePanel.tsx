import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuntimeReport } from '../../engine/api';
import { useModels } from '../../state/page';
import { Facts, type Fact } from '../components/Facts';
import { Panel } from '../components/Panel';
import { usePolicySource } from './use-policy-source';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

function rounded({ webgpu, wasm }: NonNullable<RuntimeReport['times']>): Record<'webgpu' | 'wasm', number> {
  return { webgpu: Math.round(webgpu), wasm: Math.round(wasm) };
}

/** Which backend runs and why, and whether the page works without a network. */
export function DevicePanel() {
  const { t, i18n } = useTranslation();
  const { report, models } = useModels();
  const policyFrom = usePolicySource();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  // Firefox has none in private windows.
  const { serviceWorker } = navigator as Partial<Navigator>;
  const controlled = Boolean(serviceWorker?.controller);
  const complete = models.length > 0 && models.every(({ cached }) => cached);
  const offline = !controlled ? 'offlineNo' : complete ? 'offlineReady' : 'offlinePage';
  const facts: Fact[] = [];
  if (report) {
    const error = new Intl.NumberFormat(i18n.language, { notation: 'scientific', maximumFractionDigits: 1 });
    facts.push(
      {
        name: t('about.device.backend'),
        value:
          report.backend === 'webgpu'
            ? t('about.device.webgpu')
            : t('about.device.wasm', { count: report.threads }),
        text: t(`about.device.reason.${report.reason}`),
      },
      ...(report.times
        ? [{ name: t('about.device.times'), text: t('about.device.timesCompared', rounded(report.times)) }]
        : []),
      {
        name: t('about.device.selfTest'),
        text: t('about.device.selfTestError', { error: error.format(report.selfTestError) }),
      },
    );
  } else {
    facts.push({ name: t('about.device.backend'), text: t('about.device.notStarted') });
  }
  if (policyFrom)
    facts.push({ name: t('about.device.headers'), text: t(`about.device.headersFrom.${policyFrom}`) });
  facts.push(
    {
      name: t('about.device.isolation'),
      text: t(crossOriginIsolated ? 'about.device.isolated' : 'about.device.notIsolated'),
    },
    { name: t('about.device.offline'), text: t(`about.device.${offline}`) },
    {
      name: t('about.device.network'),
      text: t(online ? 'about.device.online' : 'about.device.disconnected'),
    },
  );
  return (
    <Panel title={t('about.device.title')}>
      <Facts facts={facts} />
    </Panel>
  );
}
