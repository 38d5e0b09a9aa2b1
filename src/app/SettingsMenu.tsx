import { useState, type FocusEvent } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { languages } from '../state/languages';
import { useSettings, type Theme } from '../state/settings';
import { Icon } from './components/Icon';
import { Segmented } from './components/Segmented';
import styles from './SettingsMenu.module.css';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Language and appearance. */
export function SettingsMenu() {
  const { t } = useTranslation();
  const { theme, language, setTheme, setLanguage } = useSettings();
  const [open, setOpen] = useState(false);
  const { short } = languages.find(({ tag }) => tag === language) ?? languages[0];
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // The tab stop outside the order keeps the focus inside when somebody presses between the controls.
    <div
      className={styles.menu}
      tabIndex={-1}
      onBlur={onBlur}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <Disclosure isExpanded={open} onExpandedChange={setOpen}>
        <Button slot="trigger" className={styles.trigger} aria-label={`${short}, ${t('app.settings')}`}>
          <Icon name="settings" />
          <span>{short}</span>
        </Button>
        <DisclosurePanel className={styles.panel} role="group" aria-label={t('app.settings')}>
          <div className={styles.content}>
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
          </div>
        </DisclosurePanel>
      </Disclosure>
    </div>
  );
}
