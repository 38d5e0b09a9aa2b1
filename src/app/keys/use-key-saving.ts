import { useState } from 'react';
import { keyFileName, writeKeyFile, type KeyLock } from '../../state/key-writer';
import { toProblem, type Problem } from '../../state/problem';
import type { PrivacyKey } from '../../record/types';
import { saveFile } from '../save-file';
import { canShare, shareFile } from '../share-file';

export type LockKind = KeyLock['kind'];

/** Four or five random words are about as long. */
export const shortestPassphrase = 12;

const fileType = 'application/octet-stream';
/** Share sheets pass on kinds of files they know, text for one; what a key is shows its content. */
const shared = { extension: '.txt', type: 'text/plain' } as const;

/** What keeps a key from being saved as it is set. */
type KeyGap = 'passphraseShort' | 'passphraseDiffers' | 'recipientsMissing';

/** How a key is saved: its lock and label, the file, and whether it got anywhere. */
export interface KeySaving {
  readonly kind: LockKind;
  readonly label: string;
  readonly passphrase: string;
  readonly again: string;
  readonly recipients: string;
  readonly gap: KeyGap | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** The file that was handed to the browser; whether it got anywhere only the person can see. */
  readonly handed: string | null;
  /** Whether it was given to another program, not saved. */
  readonly sent: boolean;
  /** What the file that is out there is locked with. */
  readonly savedAs: LockKind | null;
  readonly shareable: boolean;
  readonly change: (changed: Partial<KeyFields>) => void;
  readonly save: () => Promise<void>;
  /** Gives the file to another program. */
  readonly share: () => Promise<void>;
  /** The person has looked: the file is there. */
  readonly confirm: () => void;
}

interface KeyFields {
  readonly kind: LockKind;
  readonly label: string;
  readonly passphrase: string;
  readonly again: string;
  readonly recipients: string;
}

function gapIn({ kind, passphrase, again, recipients }: KeyFields): KeyGap | null {
  if (kind === 'clinic' && recipients.trim() === '') return 'recipientsMissing';
  if (kind !== 'passphrase') return null;
  if (passphrase.length < shortestPassphrase) return 'passphraseShort';
  return again === passphrase ? null : 'passphraseDiffers';
}

function lockOf({ kind, passphrase, recipients }: KeyFields): KeyLock {
  if (kind === 'passphrase') return { kind, passphrase };
  if (kind === 'clinic') return { kind, recipients: recipients.split(/[\s,;]+/).filter(Boolean) };
  return { kind };
}

/** @param onSaved - the person has the key outside this page: in a folder, or sent */
export function useKeySaving(
  privacyKey: PrivacyKey,
  onSaved: (kind: LockKind, sent: boolean) => void,
): KeySaving {
  const [fields, setFields] = useState<KeyFields>({
    kind: 'none',
    label: privacyKey.label,
    passphrase: '',
    again: '',
    recipients: '',
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [handed, setHanded] = useState<{
    readonly name: string;
    readonly kind: LockKind;
    readonly sent: boolean;
  } | null>(null);
  const [savedAs, setSavedAs] = useState<LockKind | null>(null);
  const name = keyFileName(privacyKey);

  /** Writes the file and hands it on. @param hand - returns whether it went anywhere */
  async function write(
    sent: boolean,
    hand: (bytes: Uint8Array) => Promise<boolean> | boolean,
  ): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const bytes = await writeKeyFile({ ...privacyKey, label: fields.label }, lockOf(fields));
      if (await hand(bytes)) {
        setFields({ ...fields, passphrase: '', again: '' });
        setHanded({ name: sent ? name + shared.extension : name, kind: fields.kind, sent });
      }
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return {
    ...fields,
    gap: gapIn(fields),
    busy,
    problem,
    handed: handed?.name ?? null,
    sent: handed?.sent ?? false,
    savedAs,
    shareable: canShare(name + shared.extension, shared.type),
    change: (changed) => setFields({ ...fields, ...changed }),
    save: () =>
      write(false, (bytes) => {
        saveFile(name, bytes, fileType);
        return true;
      }),
    share: () => write(true, (bytes) => shareFile(name + shared.extension, bytes, shared.type)),
    confirm() {
      const kind = handed?.kind ?? 'none';
      setHanded(null);
      setSavedAs(kind);
      onSaved(kind, handed?.sent ?? false);
    },
  };
}
