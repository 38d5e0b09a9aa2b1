import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyKey } from '../../record/types';
import { keyTextOf } from '../../record/qr';
import { Button } from '../components/Button';
import { ConfirmSaved } from '../components/ConfirmSaved';
import { Facts } from '../components/Facts';
import { QrCode } from '../components/QrCode';
import { restoreAddress } from '../route';
import { useFormat } from '../use-format';
import styles from './KeySheet.module.css';

interface KeySheetProps {
  readonly privacyKey: PrivacyKey;
  readonly saved: boolean;
  readonly onPrinted: () => void;
}

/** In groups of eight, so that it can be typed without losing the place. */
function inGroups(text: string): string {
  const start = text.indexOf(':') + 1;
  return `${text.slice(0, start)} ${text.slice(start).replaceAll(/.{8}(?!$)/g, '$& ')}`;
}

/** The key on one page of paper: a code to scan, and the same as text. */
export function KeySheet({ privacyKey, saved, onPrinted }: KeySheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = keyTextOf(privacyKey);
  const [printed, setPrinted] = useState(false);
  const facts = [
    { name: t('keys.sheet.id'), text: privacyKey.id, mono: true },
    { name: t('keys.sheet.made'), text: format.date(new Date(privacyKey.created)) },
    ...(privacyKey.label ? [{ name: t('keys.sheet.label'), text: privacyKey.label }] : []),
    { name: t('keys.sheet.page'), text: restoreAddress(), mono: true },
    { name: t('keys.sheet.typed'), text: inGroups(text), mono: true },
  ];
  return (
    <section className={styles.sheet} aria-label={t('keys.sheet.title')}>
      <div>
        <h2>{t('keys.sheet.title')}</h2>
        <p>{t('keys.sheet.text')}</p>
      </div>
      <QrCode text={text} label={t('keys.sheet.qr')} />
      <Facts facts={facts} />
      <div className="no-print">
        <Button
          icon="print"
          onPress={() => {
            window.print();
            setPrinted(true);
          }}
        >
          {t('keys.sheet.print')}
        </Button>
        {printed && !saved && <ConfirmSaved question={t('keys.sheet.isPrinted')} onConfirm={onPrinted} />}
      </div>
    </section>
  );
}
