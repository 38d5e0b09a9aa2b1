import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import styles from './Notice.module.css';

type Tone = 'info' | 'good' | 'warning' | 'danger';

const icons: Record<Tone, IconName> = { info: 'about', good: 'check', warning: 'warning', danger: 'warning' };

interface NoticeProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out at once when it appears; for what happened, not for what stands on the screen anyway. */
  readonly announce?: boolean;
}

/** A message in a box: title, sentence, and what can be done. */
export function Notice({ tone, title, children, actions, announce = false }: NoticeProps) {
  const role = announce ? (tone === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={role} data-tone={tone}>
      <Icon name={icons[tone]} />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children && <div>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
