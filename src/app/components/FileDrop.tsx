import { useState, type ReactNode } from 'react';
import { DropZone, type DropZoneProps } from 'react-aria-components';
import { droppedFiles } from './dropped-files';
import styles from './FileDrop.module.css';

interface FileDropProps {
  readonly label: string;
  readonly onFiles: (files: File[]) => void;
  readonly children: ReactNode;
  readonly large?: boolean;
}

/** A place to drop files on (or paste them, when focused), around the buttons that choose them. */
export function FileDrop({ label, onFiles, children, large = false }: FileDropProps) {
  const [over, setOver] = useState(false);
  const onDrop: DropZoneProps['onDrop'] = (event) => {
    setOver(false);
    void droppedFiles(event.items).then((files) => {
      if (files.length > 0) onFiles(files);
    });
  };
  return (
    <DropZone
      aria-label={label}
      className={`${styles.drop} ${large ? styles.large : ''} ${over ? styles.over : ''}`}
      getDropOperation={() => 'copy'}
      onDropEnter={() => setOver(true)}
      onDropExit={() => setOver(false)}
      onDrop={onDrop}
    >
      <span className={styles.corners} aria-hidden="true" />
      {children}
    </DropZone>
  );
}
