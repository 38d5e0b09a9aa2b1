import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clinicQuery } from '../../state/clinic-link';
import { Button } from '../components/Button';
import { CopyButton } from '../components/CopyButton';
import { Field } from '../components/Field';
import { Panel } from '../components/Panel';
import { QrCode } from '../components/QrCode';
import { routeHref } from '../route';
import styles from './LinkForPatients.module.css';

/** What a clinic gives to its patients: a link that locks their keys for it, as text, as a code and as a poster. */
export function LinkForPatients({ recipient }: { readonly recipient: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const fingerprint = useFingerprint(recipient);
  const named = name.trim() !== '';
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}${routeHref('protect')}?${clinicQuery({ name, recipient })}`;
  return (
    <>
      <div className="no-print">
        <Panel title={t('clinicLink.give.title')}>
          <p>{t('clinicLink.give.text')}</p>
          <Field
            label={t('clinicLink.give.name')}
            value={name}
            onChange={(next) => setName(next.slice(0, 60))}
            hint={t('clinicLink.give.nameHint')}
          />
          <p>
            {t('clinicLink.give.fingerprint')}: <strong className={styles.mono}>{fingerprint}</strong>
          </p>
          <p className={styles.hint}>{t('clinicLink.give.fingerprintHint')}</p>
          {named && (
            <>
              <Field
                label={t('clinicLink.give.link')}
                value={link}
                onChange={() => undefined}
                rows={3}
                readOnly
                mono
              />
              <div className={styles.actions}>
                <CopyButton text={() => link}>{t('clinicLink.give.copy')}</CopyButton>
                <Button icon="print" onPress={() => window.print()}>
                  {t('clinicLink.give.poster')}
                </Button>
              </div>
            </>
          )}
        </Panel>
      </div>
      {named && (
        <section className={styles.poster} aria-label={t('clinicLink.give.posterTitle')}>
          <p className={styles.clinic}>{name}</p>
          <h2>{t('clinicLink.give.posterTitle')}</h2>
          <QrCode text={link} label={t('clinicLink.give.qr')} />
          <p>{t('clinicLink.give.posterText')}</p>
          <p>
            {t('clinicLink.give.fingerprint')}
            <br />
            <strong className={styles.mono}>{fingerprint}</strong>
          </p>
          <p className={styles.hint}>
            {origin}
            {pathname}
          </p>
        </section>
      )}
    </>
  );
}

function useFingerprint(recipient: string): string {
  const [fingerprint, setFingerprint] = useState('');
  useEffect(() => {
    let shown = true;
    void import('../../record/recipient-fingerprint')
      .then((module) => module.recipientFingerprint(recipient))
      .then((made) => {
        if (shown) setFingerprint(made);
      });
    return () => {
      shown = false;
    };
  }, [recipient]);
  return fingerprint;
}
