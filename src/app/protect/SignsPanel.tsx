import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import { Disclosure } from '../components/Disclosure';
import { Panel } from '../components/Panel';
import { Range } from '../components/Range';
import { Toggle } from '../components/Toggle';
import { useFormat } from '../use-format';
import { keptCells, signGrid } from './sign-cells';
import { TradeOff } from './TradeOff';
import styles from './Protect.module.css';

interface SignsPanelProps {
  readonly showSigns: boolean;
  readonly onShowSigns: (show: boolean) => void;
}

/** How much of the eyes stays: the sign map's threshold, and the whole eyes. */
export function SignsPanel({ showSigns, onShowSigns }: SignsPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { faces, chosen, settings, change } = useProtect();
  const kept = faces
    .filter(({ id }) => chosen.has(id))
    .reduce((sum, face) => sum + keptCells(face, settings).length, 0);
  const score = format.number(settings.signThreshold, 2);
  return (
    <Panel title={t('protect.signs.title')}>
      <Toggle
        label={t('protect.signs.show')}
        hint={t('protect.signs.legend')}
        selected={showSigns}
        onChange={onShowSigns}
      />
      <Range
        label={t('protect.signs.threshold')}
        value={settings.signThreshold}
        valueText={t('protect.signs.thresholdValue', { score })}
        min={0.1}
        max={0.9}
        step={0.05}
        lowLabel={t('protect.signs.keepMore')}
        highLabel={t('protect.signs.hideMore')}
        onChange={(signThreshold) => change({ signThreshold })}
      />
      <p className={styles.small}>
        {t('protect.signs.share', { count: kept, total: format.number(chosen.size * signGrid ** 2) })}
      </p>
      <Disclosure title={t('protect.signs.why')}>
        <TradeOff threshold={settings.signThreshold} />
      </Disclosure>
      <Toggle
        label={t('protect.signs.keepBoth')}
        hint={t('protect.signs.keepBothHint')}
        selected={settings.keepBothEyes}
        onChange={(keepBothEyes) => change({ keepBothEyes })}
      />
    </Panel>
  );
}
