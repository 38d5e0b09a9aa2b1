import { useTranslation } from 'react-i18next';
import { useSettings, type Language, type Theme } from '../state/settings';
import { HeaderMenu } from './components/HeaderMenu';
import { Segmented } from './components/Segmented';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
/** Each language by its own name, which is the same in every language. */
const languages: readonly { readonly value: Language; readonly label: string; readonly short: string }[] = [
  { value: 'en', label: 'English', short: 'EN' },
  { value: 'zh-Hans', label: '简体中文', short: '中文' },
];

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
      <Segmented label={t('app.language')} value={language} options={languages} onChange={setLanguage} />
      <Segmented
        label={t('app.theme.label')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
        onChange={setTheme}
      />
    </HeaderMenu>
  );
}
