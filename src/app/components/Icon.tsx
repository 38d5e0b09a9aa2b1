import type { ReactNode } from 'react';
import styles from './Icon.module.css';

const shapes = {
  protect: <path d="M12 3 5 6v5.5c0 4.3 2.9 7.8 7 9.5 4.1-1.7 7-5.2 7-9.5V6l-7-3Zm-3.2 9 2.2 2.2 4.2-4.4" />,
  restore: <path d="M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5M12 8v4.3l2.8 1.7" />,
  compare: <path d="M12 3v18M4 6h5v12H4zM15 6h5v12h-5z" />,
  keys: (
    <path d="M14.5 9.5a4.5 4.5 0 1 0-4.2 4.5l1.7 1.7h2v2h2v2h3.5v-3l-5.3-5.3c.2-.6.3-1.2.3-1.9ZM8.6 9.4h.01" />
  ),
  about: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v5.5M12 7.5h.01" />,
  photo: <path d="M4 5h16v14H4zM4 16l4.5-4.5 3.5 3.5 2.5-2.5L20 18M15.5 9h.01" />,
  camera: <path d="M3.5 8H7l1.7-2.5h6.6L17 8h3.5v11h-17zM12 16.5a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8Z" />,
  folder: <path d="M3.5 19V5.5H9l2 2.5h9.5v11z" />,
  save: <path d="M12 3.5v11m-4.5-4 4.5 4.5 4.5-4.5M4.5 20h15" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  warning: <path d="M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.5h.01" />,
  close: <path d="M6 6l12 12M18 6 6 18" />,
  lock: <path d="M6 10.5h12V20H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />,
  qr: <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3h-3zM20 14v6h-6" />,
  print: <path d="M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7z" />,
  settings: (
    <path d="M4 7h9m4 0h3M4 17h3m4 0h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z" />
  ),
  flip: <path d="M4 9a8 8 0 0 1 14-2.5L20 9m0-4.5V9h-4.5M20 15a8 8 0 0 1-14 2.5L4 15m0 4.5V15h4.5" />,
  chevron: <path d="m9 5.5 6.5 6.5L9 18.5" />,
  slide: <path d="m9 7-5 5 5 5m6-10 5 5-5 5" />,
  copy: <path d="M9 9h11v11H9zM15 9V4H4v11h5" />,
  language: (
    <path d="M3.5 6h10M8.500 3.500V6M12 6c-.8 4-4 7.500-8 9M5.500 9c1.500 3 4 5 6.500 6M12.500 20.500l4-10 4 10m-1.400-3.500h-5.200" />
  ),
  send: <path d="M4 11.500 20.500 4 15 20.500l-3.500-6.500zM11.500 14 20.500 4" />,
  timer: (
    <path d="M12 20.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM12 9v4l2.500 1.500M9.500 2.500h5" />
  ),
  clinic: <path d="M4 20V7l8-3.5L20 7v13zM12 9v6M9 12h6" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** A line icon in the text's colour; always beside words, so hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shapes[name]}
    </svg>
  );
}
