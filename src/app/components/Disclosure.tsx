import type { ReactNode } from 'react';
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { Icon } from './Icon';
import styles from './Disclosure.module.css';

interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly level?: 2 | 3 | 4;
}

/** Details that open on request. */
export function Disclosure({ title, children, level = 3 }: DisclosureProps) {
  return (
    <AriaDisclosure className={styles.disclosure}>
      <Heading level={level}>
        <Button slot="trigger" className={styles.trigger}>
          <Icon name="chevron" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className={styles.content}>{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}
