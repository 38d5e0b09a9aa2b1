import { useTranslation } from 'react-i18next';
import { SIGN_GRID } from '../../engine/api';
import { useProtect } from '../../state/page';
import { Disclosure } from '../components/Disclosure';
import { Panel } from '../components/Panel';
import { Range } from '../components/Range';
import { Toggle } from '../components/Toggle';
import { useFormat } from '../use-format';
import { EyesCloseUp } from './EyesCloseUp';
import { TradeOff } from './TradeOff';
import styles from './Protect.module.css';

interface SignsPanelProps {
  readonly showSigns: boolean;
  readonly onShowSigns: (show: boolean) => void;
}

/** At how many eyes of a face something stands out: the right eye lies in the left half of the map. */
function markedEyes(scores: Float32Array, threshold: number): number {
  const halves = new Set<boolean>();
  scores.forEach((score, cell) => {
    if (score > threshold) halves.add(cell % SIGN_GRID < SIGN_GRID / 2);
  });
  return halves.size;
}

/** Behind the three purposes: how much of the eyes stays, to be tuned by hand. */
export function SignsPanel({ showSigns, onShowSigns }: SignsPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { faces, chosen, settings, change } = useProtect();
  const marked = faces
    .filter(({ id }) => chosen.has(id))
    .reduce((sum, { signScores }) => sum + markedEyes(signScores, settings.signThreshold), 0);
  return (
    <Panel title={t('protect.signs.title')}>
      {showSigns && <EyesCloseUp />}
      <Toggle
        label={t('protect.signs.show')}
        hint={t('protect.signs.legend')}
        selected={showSigns}
        onChange={onShowSigns}
      />
      <Range
        label={t('protect.signs.threshold')}
        value={settings.signThreshold}
        valueText={format.number(settings.signThreshold, 2)}
        min={0.1}
        max={0.9}
        step={0.05}
        lowLabel={t('protect.signs.keepMore')}
        highLabel={t('protect.signs.hideMore')}
        onChange={(signThreshold) => change({ signThreshold })}
      />
      <p className={styles.small}>
        {settings.keepBothEyes
          ? t('protect.signs.whole')
          : marked === 0
            ? t('protect.signs.none')
            : t('protect.signs.marked', { count: marked })}
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
