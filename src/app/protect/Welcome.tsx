import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatch, useClinicLink, useProtect, useVisitKey } from '../../state/page';
import { ClinicAsks } from '../clinic-link/ClinicAsks';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { FileButton, photoTypes } from '../components/FileButton';
import { FileDrop } from '../components/FileDrop';
import { Icon, type IconName } from '../components/Icon';
import { Notice } from '../components/Notice';
import { takeFiles } from '../intake/take-files';
import { goTo, routeHref } from '../route';
import { screens } from '../screens';
import { HowItLooks } from './HowItLooks';
import { Samples } from './Samples';
import { entryDepth } from './use-stage-history';
import styles from './Welcome.module.css';

const Batch = lazy(screens.batch);

const points: readonly { readonly name: 'local' | 'checked' | 'returns'; readonly icon: IconName }[] = [
  { name: 'local', icon: 'lock' },
  { name: 'checked', icon: 'protect' },
  { name: 'returns', icon: 'restore' },
];

/** WeChat shows pages in a browser of its own, which saves no files. */
const insideApp = /MicroMessenger/i.test(navigator.userAgent);

/** The first screen: one sentence, one gesture, and the way to the other job. */
export function Welcome() {
  const { t } = useTranslation();
  const problem = useProtect((state) => state.problem);
  const asked = useClinicLink((link) => link.asked !== null);
  const inBatch = useBatch(({ items }) => items.length > 0);
  const key = useVisitKey((visit) => visit.key);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    // From a later stage, whose button is gone; not when the page opens.
    if (entryDepth() === 0) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);

  if (inBatch) {
    return (
      <Suspense fallback={<p role="status">{t('app.loading')}</p>}>
        <Batch />
      </Suspense>
    );
  }
  if (asked) return <ClinicAsks />;
  return (
    <div className={styles.welcome}>
      {insideApp && (
        <Notice tone="warning" title={t('app.inApp.title')}>
          <p>{t('app.inApp.text')}</p>
        </Notice>
      )}
      <div className={styles.intro}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {t('protect.welcome.title')}
        </h1>
        <p className={styles.lead}>{t('protect.welcome.lead')}</p>
      </div>
      {problem && <ErrorNotice problem={problem} />}
      {key && <Notice tone="info" title={t('protect.welcome.sameKey', { id: key.id })} />}
      <FileDrop large>
        <HowItLooks />
        <div className={styles.gesture}>
          <FileButton variant="primary" icon="photo" accept={photoTypes} multiple onFiles={takeFiles}>
            {t('common.choosePhoto')}
          </FileButton>
          <Button icon="camera" onPress={() => goTo('camera')}>
            {t('protect.welcome.camera')}
          </Button>
        </div>
        <p>
          {t('protect.welcome.restore')} <a href={routeHref('restore')}>{t('protect.welcome.restoreLink')}</a>
        </p>
        <p className={styles.hint}>{t('protect.welcome.anyWay')}</p>
        <div className={styles.more}>
          <span className={styles.wide}>
            <FileButton variant="quiet" icon="folder" folder onFiles={takeFiles}>
              {t('protect.welcome.several')}
            </FileButton>
          </span>
          <Samples onPhoto={(photo) => takeFiles([photo])} />
        </div>
      </FileDrop>
      <ul role="list" className={styles.points}>
        {points.map(({ name, icon }) => (
          <li key={name}>
            <Icon name={icon} />
            <div>
              <h2>{t(`protect.welcome.points.${name}.title`)}</h2>
              <p>{t(`protect.welcome.points.${name}.text`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
