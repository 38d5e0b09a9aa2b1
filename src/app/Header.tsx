import { useTranslation } from 'react-i18next';
import { Icon } from './components/Icon';
import { routeHref, routes, type Route } from './route';
import { VisitChip } from './visit/VisitChip';
import { SettingsMenu } from './SettingsMenu';
import styles from './Header.module.css';

export function Header({ route }: { readonly route: Route }) {
  const { t } = useTranslation();
  return (
    <header className={`${styles.header} no-print`}>
      <div className={styles.bar}>
        <a className={styles.brand} href={routeHref('protect')}>
          <Mark />
          <span className={styles.name}>{t('app.name')}</span>
          <span className={styles.tagline}>{t('app.tagline')}</span>
        </a>
        <nav className={styles.nav} aria-label={t('app.navigation')}>
          <ul role="list">
            {routes.map((name) => (
              <li key={name}>
                <a
                  className={styles.link}
                  href={routeHref(name)}
                  aria-current={name === route ? 'page' : undefined}
                >
                  <Icon name={name} />
                  <span>{t(`app.nav.${name}`)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <VisitChip />
        <SettingsMenu />
      </div>
    </header>
  );
}

/** The brand: an eye whose pupil is a keyhole. */
function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M2.5 16S7.5 6.5 16 6.5 29.5 16 29.5 16 24.5 25.5 16 25.5 2.5 16 2.5 16Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="16" r="6.6" fill="currentColor" />
      <path
        d="M16 12.2a2.3 2.3 0 0 1 1.2 4.3l.8 3.3h-4l.8-3.3a2.3 2.3 0 0 1 1.2-4.3Z"
        className={styles.hole}
      />
    </svg>
  );
}
