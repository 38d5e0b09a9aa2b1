import type { ReactNode } from 'react';
import styles from './ActionBar.module.css';

/** What to do next: on a phone above the tabs, in reach of the thumb and always in sight. */
export function ActionBar({ children }: { readonly children: ReactNode }) {
  return (
    <div className={`${styles.bar} no-print`} data-action-bar>
      {children}
    </div>
  );
}
