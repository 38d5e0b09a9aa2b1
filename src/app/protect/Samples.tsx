import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { SampleGrid, useSamples } from './SampleGrid';

/** Photos of people who do not exist, for trying it out. Shown when the page carries any. */
export function Samples({ onPhoto }: { readonly onPhoto: (photo: File) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const list = useSamples();
  if (list.length === 0) return null;
  return (
    <>
      <Button variant="quiet" onPress={() => setOpen(true)}>
        {t('protect.welcome.sample')}
      </Button>
      {open && (
        <Dialog title={t('protect.welcome.sample')} onClose={() => setOpen(false)}>
          <p>{t('protect.welcome.sampleHint')}</p>
          <SampleGrid list={list} onPhoto={onPhoto} onChosen={() => setOpen(false)} />
          <div>
            <Button onPress={() => setOpen(false)}>{t('common.close')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
