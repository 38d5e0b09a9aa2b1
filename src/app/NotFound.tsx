import { useTranslation } from 'react-i18next';
import { JobTitle } from './components/JobTitle';
import { routeHref } from './route';

/** For an address that names no screen. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <JobTitle>{t('app.notFound.title')}</JobTitle>
      <p>{t('app.notFound.text')}</p>
      <p>
        <a href={routeHref('protect')}>{t('app.notFound.home')}</a>
      </p>
    </>
  );
}
