import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components';
import { loadSample, sampleUrl, samples, type Sample } from './sample-list';
import styles from './Samples.module.css';

/** The photos of people who do not exist that this page carries; none where the list cannot be read. */
export function useSamples(): readonly Sample[] {
  const [list, setList] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let shown = true;
    void samples().then((found) => {
      if (shown) setList(found);
    });
    return () => {
      shown = false;
    };
  }, []);
  return list;
}

interface SampleGridProps {
  readonly list: readonly Sample[];
  readonly onPhoto: (photo: File) => void;
  readonly onChosen?: () => void;
}

/** One sample to a tap. */
export function SampleGrid({ list, onPhoto, onChosen }: SampleGridProps) {
  const { t, i18n } = useTranslation();
  return (
    <ul role="list" className={styles.grid}>
      {list.map((sample) => {
        const sign = sample.sign[i18n.language] ?? sample.sign['en'] ?? '';
        return (
          <li key={sample.file}>
            <AriaButton
              className={styles.sample}
              onPress={() => {
                // Without a network there is none, and the page says so in About.
                loadSample(sample).then(onPhoto, () => undefined);
                onChosen?.();
              }}
            >
              <img src={sampleUrl(sample)} alt="" />
              <span>{t('protect.welcome.sampleOf', { sign })}</span>
            </AriaButton>
          </li>
        );
      })}
    </ul>
  );
}
