import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Dialog,
  DialogTrigger,
  Button as AriaButton,
  Heading,
  Modal,
  ModalOverlay,
} from 'react-aria-components';
import { Button } from '../components/Button';
import { loadSample, sampleUrl, samples, type Sample } from './sample-list';
import styles from './Samples.module.css';

/** Photos of people who do not exist, for trying it out. Shown when the page carries any. */
export function Samples({ onPhoto }: { readonly onPhoto: (photo: File) => void }) {
  const { t, i18n } = useTranslation();
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
    <DialogTrigger>
      <Button variant="quiet">{t('protect.welcome.sample')}</Button>
      <ModalOverlay className={styles.overlay} isDismissable>
        <Modal className={styles.modal}>
          <Dialog className={styles.dialog}>
            {({ close }) => (
              <>
                <div>
                  <Heading slot="title">{t('protect.welcome.sample')}</Heading>
                  <p>{t('protect.welcome.sampleHint')}</p>
                </div>
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
                            close();
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
                  <Button onPress={close}>{t('common.close')}</Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
