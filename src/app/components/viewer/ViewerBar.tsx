import { useTranslation } from 'react-i18next';
import { Button as PlainButton } from 'react-aria-components';
import { useFormat } from '../../use-format';
import { Segmented } from '../Segmented';
import type { Eye } from './view';
import styles from './Viewer.module.css';

const viewerModes = ['slider', 'side', 'difference'] as const;
export type ViewerMode = (typeof viewerModes)[number];

interface ViewerBarProps {
  readonly actions: Readonly<Record<'closer' | 'farther' | 'whole' | 'oneToOne' | 'nextEyes', () => void>>;
  readonly zoomed: boolean;
  /** What the preset shows now. */
  readonly eye: Eye | undefined;
  readonly hasEyes: boolean;
  /** Device pixels for one of the picture. */
  readonly percent: number;
  readonly note: string;
  readonly hold: {
    readonly label: string;
    readonly held: boolean;
    readonly setHeld: (held: boolean) => void;
  } | null;
  readonly mode: { readonly value: ViewerMode; readonly onChange: (mode: ViewerMode) => void } | null;
}

/** What can be done with the pictures above it. */
export function ViewerBar({ actions, zoomed, eye, hasEyes, percent, note, hold, mode }: ViewerBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={`${styles.bar} no-print`}>
      <div className={styles.tools} role="group" aria-label={t('viewer.zoom')}>
        <PlainButton
          className={styles.tool ?? ''}
          isDisabled={!zoomed}
          onPress={actions.farther}
          aria-label={t('viewer.farther')}
        >
          −
        </PlainButton>
        <PlainButton className={styles.tool ?? ''} onPress={actions.closer} aria-label={t('viewer.closer')}>
          +
        </PlainButton>
        {hasEyes && (
          <PlainButton className={styles.tool ?? ''} onPress={actions.nextEyes}>
            {t(eye ? `viewer.eye.${eye}` : 'viewer.eyes')}
          </PlainButton>
        )}
        <PlainButton
          className={styles.tool ?? ''}
          onPress={actions.oneToOne}
          aria-label={t('viewer.oneToOne')}
        >
          1:1
        </PlainButton>
        <PlainButton className={styles.tool ?? ''} isDisabled={!zoomed} onPress={actions.whole}>
          {t('viewer.whole')}
        </PlainButton>
        {hold && (
          <PlainButton
            className={`${styles.tool} ${styles.hold} ${hold.held ? styles.pressed : ''}`}
            onPressStart={() => hold.setHeld(true)}
            onPressEnd={() => hold.setHeld(false)}
          >
            {t('viewer.hold', { label: hold.label })}
          </PlainButton>
        )}
      </div>
      {mode && (
        <Segmented
          label={t('viewer.mode')}
          value={mode.value}
          options={viewerModes.map((value) => ({ value, label: t(`viewer.${value}`) }))}
          onChange={mode.onChange}
        />
      )}
      <p className={`${styles.state} figures`} role="status">
        {[zoomed ? t('viewer.percent', { percent: format.percent(percent, 0) }) : '', note]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}
