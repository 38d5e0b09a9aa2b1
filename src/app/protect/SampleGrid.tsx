import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components';
import { Notice } from '../components/Notice';
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
  const [missing, setMissing] = useState(false);

  async function take(sample: Sample): Promise<void> {
    try {
      onPhoto(await loadSample(sample));
      onChosen?.();
    } catch {
      setMissing(true);
    }
  }

  return (
    <>
      {missing && <Notice tone="warning" title={t('protect.welcome.sampleMissing')} announce />}
      <ul role="list" className={styles.grid}>
        {list.map((sample) => {
          const sign = sample.sign[i18n.language] ?? sample.sign['en'] ?? '';
          return (
            <li key={sample.file}>
              <AriaButton className={styles.sample} onPress={() => void take(sample)}>
                <img src={sampleUrl(sample)} alt="" />
                <span>{t('protect.welcome.sampleOf', { sign })}</span>
              </AriaButton>
            </li>
          );
        })}
      </ul>
    </>
  );
}
