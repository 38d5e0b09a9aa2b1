import { useState, type FocusEvent, type ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import { Icon, type IconName } from './Icon';
import styles from './HeaderMenu.module.css';

interface HeaderMenuProps {
  readonly icon: IconName;
  /** Stands on the button. */
  readonly text: ReactNode;
  readonly label: string;
  /** Names what opens. */
  readonly title: string;
  readonly children: ReactNode;
}

/** A button in the header, and what opens below it. */
export function HeaderMenu({ icon, text, label, title, children }: HeaderMenuProps) {
  const [open, setOpen] = useState(false);
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
        <Button slot="trigger" className={styles.trigger} aria-label={label}>
          <Icon name={icon} />
          <span>{text}</span>
        </Button>
        <DisclosurePanel className={styles.panel} role="group" aria-label={title}>
          <div className={styles.content}>{children}</div>
        </DisclosurePanel>
      </Disclosure>
    </div>
  );
}
