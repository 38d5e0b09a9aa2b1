import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { loadSample, sampleUrl, samples, type Sample } from './sample-list';
import styles from './Samples.module.css';

/** Photos of people who do not exist, for trying it out. Shown when the page carries any. */
export function Samples({ onPhoto }: { readonly onPhoto: (photo: File) => void }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
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

  if (list.length === 0) return null;
  return (
    <>
      <Button variant="quiet" onPress={() => setOpen(true)}>
        {t('protect.welcome.sample')}
      </Button>
      {open && (
        <Dialog title={t('protect.welcome.sample')} onClose={() => setOpen(false)}>
          <p>{t('protect.welcome.sampleHint')}</p>
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
                      setOpen(false);
                    }}
                  >
                    <img src={sampleUrl(sample)} alt="" />
                    <span>{t('protect.welcome.sampleOf', { sign })}</span>
                  </AriaButton>
                </li>
              );
            })}
          </ul>
          <div>
            <Button onPress={() => setOpen(false)}>{t('common.close')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
