import { useState, type DragEvent, type ReactNode } from 'react';
import { droppedFiles, holdsFiles } from './dropped-files';
import styles from './FileDrop.module.css';

interface FileDropProps {
  /** Takes what is dropped right here; without it the page opens it by what it is. */
  readonly onFiles?: (files: File[]) => void;
  readonly children: ReactNode;
  readonly large?: boolean;
}

/** A framed place for files, around the buttons that choose them. */
export function FileDrop({ onFiles, children, large = false }: FileDropProps) {
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void droppedFiles(event.dataTransfer).then((files) => {
      if (files.length > 0) onFiles?.(files);
    });
  };
  const own = onFiles ? { onDragOver, onDrop, onDragLeave: () => setOver(false) } : {};
  return (
    <div className={`${styles.drop} ${large ? styles.large : ''} ${over ? styles.over : ''}`} {...own}>
      <span className={styles.corners} aria-hidden="true" />
      {children}
    </div>
  );
}
