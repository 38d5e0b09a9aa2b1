import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Range.module.css';

interface RangeProps {
  readonly label: string;
  readonly value: number;
  readonly valueText: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly onChange: (value: number) => void;
}

/** A number on a ruler. */
export function Range(props: RangeProps) {
  const { label, value, valueText, min, max, step, lowLabel, highLabel, onChange } = props;
  return (
    <Slider
      className={styles.slider}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={onChange}
    >
      <div className={styles.head}>
        <Label>{label}</Label>
        <output className="figures">{valueText}</output>
      </div>
      <SliderTrack className={styles.track}>
        <SliderThumb className={styles.thumb} />
      </SliderTrack>
      <div className={styles.ends} aria-hidden="true">
        <span>{lowLabel}</span>
        <span>{highLabel}</span>
      </div>
    </Slider>
  );
}
