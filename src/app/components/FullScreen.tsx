import type { ReactNode } from 'react';
import { Button } from './Button';
import { JobTitle } from './JobTitle';
import styles from './FullScreen.module.css';

interface FullScreenProps {
  /** Names the whole of it. */
  readonly label: string;
  readonly title: string;
  /** What is going on; the title takes the focus anew when it changes. */
  readonly stage: string;
  /** The way out. */
  readonly close: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Lies over header and tabs: for what needs all of the screen. */
export function FullScreen({ label, title, stage, close, onClose, children }: FullScreenProps) {
  return (
    <section className={styles.screen} aria-label={label}>
      <div className={styles.top}>
        <JobTitle key={stage}>{title}</JobTitle>
        <Button variant="quiet" icon="close" onPress={onClose}>
          {close}
        </Button>
      </div>
      {children}
    </section>
  );
}
