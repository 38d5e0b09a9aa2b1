import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from './Button';
import type { IconName } from './Icon';

/** Some systems know a photo by its name only. */
export const photoTypes = [
  'image/*',
  '.heic',
  '.heif',
  '.avif',
  '.jfif',
  '.jxl',
  '.jp2',
  '.mpo',
  '.insp',
  'application/dicom',
  '.dcm',
];

interface FileButtonProps {
  readonly children: ReactNode;
  readonly onFiles: (files: File[]) => void;
  readonly accept?: readonly string[];
  readonly multiple?: boolean;
  readonly folder?: boolean;
  readonly icon?: IconName;
  readonly variant?: 'primary' | 'secondary' | 'quiet';
}

/** A button that opens the file chooser. */
export function FileButton(props: FileButtonProps) {
  const { children, onFiles, accept, multiple = false, folder = false, icon, variant = 'secondary' } = props;
  return (
    <FileTrigger
      {...(accept ? { acceptedFileTypes: accept } : {})}
      allowsMultiple={multiple}
      acceptDirectory={folder}
      onSelect={(files) => {
        if (files && files.length > 0) onFiles([...files]);
      }}
    >
      <Button variant={variant} {...(icon ? { icon } : {})}>
        {children}
      </Button>
    </FileTrigger>
  );
}
