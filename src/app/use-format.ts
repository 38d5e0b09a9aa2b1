import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  /** Bytes in decimal units, `48.3 MB`. */
  bytes(count: number): string;
  /** A share of 1 as percent, with up to `digits` decimals. */
  percent(share: number, digits?: number): string;
  number(value: number, digits?: number): string;
  seconds(milliseconds: number): string;
  /** Seconds, or minutes from two on. */
  duration(seconds: number): string;
  date(value: Date): string;
  /** Hours and minutes. */
  time(value: Date): string;
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Numbers, sizes and dates as the page's language writes them. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const number = (value: number, options: Intl.NumberFormatOptions): string =>
      new Intl.NumberFormat(language, options).format(value);
    return {
      bytes(count) {
        const power = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
        return number(count / 1000 ** power, {
          style: 'unit',
          unit: byteUnits[power],
          unitDisplay: power === 0 ? 'long' : 'short',
          maximumFractionDigits: power > 1 ? 1 : 0,
        });
      },
      percent: (share, digits = 1) => number(share, { style: 'percent', maximumFractionDigits: digits }),
      number: (value, digits = 0) =>
        number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      seconds: (milliseconds) =>
        number(milliseconds / 1000, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }),
      duration: (seconds) => {
        const minutes = seconds >= 120;
        return number(Math.ceil(minutes ? seconds / 60 : seconds), {
          style: 'unit',
          unit: minutes ? 'minute' : 'second',
          unitDisplay: 'long',
        });
      },
      date: (value) =>
        new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(value),
      time: (value) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(value),
    };
  }, [language]);
}
