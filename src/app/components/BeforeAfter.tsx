import { useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { Icon } from './Icon';
import styles from './BeforeAfter.module.css';

interface BeforeAfterProps {
  readonly before: ReactNode;
  readonly after: ReactNode;
  /** Width over height, of both. */
  readonly ratio: number;
  readonly beforeLabel: string;
  readonly afterLabel: string;
}

/** Two pictures of one shape over each other, with a handle that uncovers the first. */
export function BeforeAfter({ before, after, ratio, beforeLabel, afterLabel }: BeforeAfterProps) {
  const { t } = useTranslation();
  const [share, setShare] = useState(0.5);
  const label = t('common.beforeAfter', { before: beforeLabel, after: afterLabel });
  const style = { '--share': `${share * 100}%`, '--ratio': ratio } as CSSProperties;
  return (
    <Slider
      className={styles.stage}
      style={style}
      aria-label={label}
      value={share}
      onChange={setShare}
      minValue={0}
      maxValue={1}
      step={0.01}
      formatOptions={{ style: 'percent' }}
    >
      <div className={styles.picture}>{after}</div>
      <div className={`${styles.picture} ${styles.before}`}>{before}</div>
      <span className={`${styles.tag} ${styles.tagBefore}`} aria-hidden="true">
        {beforeLabel}
      </span>
      <span className={`${styles.tag} ${styles.tagAfter}`} aria-hidden="true">
        {afterLabel}
      </span>
      <SliderTrack className={styles.track}>
        <SliderThumb className={styles.thumb}>
          <Icon name="slide" />
        </SliderThumb>
      </SliderTrack>
    </Slider>
  );
}
