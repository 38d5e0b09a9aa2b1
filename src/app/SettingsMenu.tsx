import { useTranslation } from 'react-i18next';
import { languages } from '../state/languages';
import { useSettings, type Theme } from '../state/settings';
import { HeaderMenu } from './components/HeaderMenu';
import { Segmented } from './components/Segmented';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Language and appearance. Whoever cannot read the page finds the own language on the button. */
export function SettingsMenu() {
  const { t } = useTranslation();
  const { theme, language, setTheme, setLanguage } = useSettings();
  const names = languages.map(({ short }) => short).join(' · ');
  return (
    <HeaderMenu
      icon="language"
      text={names}
      label={`${names}, ${t('app.settings')}`}
      title={t('app.settings')}
    >
      <Segmented
        label={t('app.language')}
        value={language}
        options={languages.map(({ tag, name }) => ({ value: tag, label: name }))}
        onChange={setLanguage}
      />
      <Segmented
        label={t('app.theme.label')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
        onChange={setTheme}
      />
    </HeaderMenu>
  );
}
