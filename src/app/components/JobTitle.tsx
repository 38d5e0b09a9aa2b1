import { useEffect, useRef } from 'react';
import { Icon, type IconName } from './Icon';
import styles from './JobTitle.module.css';

type Tone = 'good' | 'warning' | 'danger';

const icons: Record<Tone, IconName> = { good: 'check', warning: 'warning', danger: 'warning' };

interface JobTitleProps {
  readonly children: string;
  readonly tone?: Tone;
}

/** The heading of what a job has led to. It takes the focus, because the button that was pressed is gone. */
export function JobTitle({ children, tone }: JobTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className={tone ? `${styles.verdict} ${styles[tone]}` : undefined}
      data-tone={tone}
    >
      {tone && <Icon name={icons[tone]} />}
      {children}
    </h1>
  );
}
