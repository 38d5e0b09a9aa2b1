import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSettings, type Language, type Theme } from '../state/settings';
import { Icon } from './components/Icon';
import { Segmented } from './components/Segmented';
import styles from './SettingsMenu.module.css';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
/** Each language by its own name, which is the same in every language. */
const languages: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'zh-Hans', label: '简体中文' },
];

/** Language and appearance. */
export function SettingsMenu() {
  const { t } = useTranslation();
  const { theme, language, setTheme, setLanguage } = useSettings();
  return (
    <DialogTrigger>
      <Button className={styles.trigger} aria-label={t('app.settings')}>
        <Icon name="settings" />
        <span className={styles.language} aria-hidden="true">
          {language === 'en' ? 'EN' : '中文'}
        </span>
      </Button>
      <Popover className={styles.popover} placement="bottom end">
        <Dialog className={styles.dialog} aria-label={t('app.settings')}>
          <Segmented label={t('app.language')} value={language} options={languages} onChange={setLanguage} />
          <Segmented
            label={t('app.theme.label')}
            value={theme}
            options={themes.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
            onChange={setTheme}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
