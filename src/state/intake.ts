import { create } from 'zustand';
import type { BatchStore } from './batch';
import type { ClinicStore } from './clinic';
import type { CompareStore } from './compare';
import { kindOf, type FileKind } from './file-kind';
import type { KeysStore } from './keys';
import type { ProtectStore } from './protect';
import type { RestoreStore } from './restore';
import { unpacked } from './unpack';
import type { VisitKeyStore } from './visit-key';
import type { VisitStore } from './visit';

/** Where files can end up. */
export type Place = 'protect' | 'restore' | 'compare' | 'keys';

/**
 * What the person decides before files are opened: `protected`, restore what is protected already, or protect it once
 * more; `unsaved`, whether a finished photo may go; `visit`, whether the next photo shares the key of the one before.
 */
export type IntakeQuestion = 'protected' | 'unsaved' | 'visit';
export type IntakeAnswer = 'restore' | 'protect' | 'discard' | 'same-key' | 'new-key';

export interface Intake {
  readonly question: IntakeQuestion | null;
  /** Whether files are being looked into. */
  readonly busy: boolean;
  /**
   * Opens files by what they are, wherever they were dropped, pasted or chosen.
   *
   * @param at - the screen they came to; null for one that takes no files
   */
  readonly take: (files: readonly File[], at: Place | null) => Promise<void>;
  readonly answer: (answer: IntakeAnswer) => void;
  /** The files stay closed, and everything is as it was. */
  readonly dismiss: () => void;
}

interface Parts {
  readonly protect: ProtectStore;
  readonly batch: BatchStore;
  readonly restore: RestoreStore;
  readonly compare: CompareStore;
  readonly keys: KeysStore;
  readonly clinic: ClinicStore;
  readonly visit: VisitStore;
  readonly visitKey: VisitKeyStore;
}

interface Sorted {
  readonly all: readonly File[];
  readonly protectedPhotos: readonly File[];
  /** What has to be protected, or says itself why it cannot. */
  readonly photos: readonly File[];
  readonly keys: readonly File[];
  readonly identities: readonly File[];
}

async function sort(files: readonly File[]): Promise<Sorted> {
  const kinds = await Promise.all(files.map(kindOf));
  const of = (...wanted: FileKind[]): readonly File[] =>
    files.filter((_, index) => wanted.includes(kinds[index]!));
  return {
    all: files,
    protectedPhotos: of('protected'),
    photos: of('photo', 'unknown'),
    keys: of('key'),
    identities: of('identity'),
  };
}

/** @param show - turns to the screen on which files were opened */
export function createIntakeStore(parts: Parts, show: (place: Place) => void) {
  const { protect, batch, restore, compare, keys, clinic, visit, visitKey } = parts;
  /** Files that wait for an answer. */
  let waiting: Sorted | null = null;

  return create<Intake>()((set, get) => {
    function ask(question: IntakeQuestion, sorted: Sorted): void {
      waiting = sorted;
      set({ question });
    }

    function openPhotos(files: readonly File[]): void {
      show('protect');
      const [first] = files;
      if (files.length > 1 || batch.getState().items.length > 0) {
        protect.getState().reset();
        batch.getState().add(files);
      } else if (first) void protect.getState().open(first);
    }

    /** Photos to protect: what is finished here and not saved, and whose key they get, is the person's to say. */
    function toProtect(sorted: Sorted): void {
      const { protection, stage, photoSaved } = protect.getState();
      if (stage === 'protecting' || (protection?.key && !photoSaved)) ask('unsaved', sorted);
      else if (protection && visitKey.getState().key) ask('visit', sorted);
      else openPhotos([...sorted.photos, ...sorted.protectedPhotos]);
    }

    function toRestore(files: readonly File[]): void {
      show('restore');
      void restore.getState().addFiles(files);
    }

    function toCompare(files: readonly File[]): void {
      show('compare');
      void compare.getState().add(files);
    }

    function toKeys({ keys: keyFiles, identities }: Sorted): void {
      const { photos, keys: held, locked } = restore.getState();
      // Photos that wait for their key, or a locked key for who can open it.
      if ((photos.length > 0 && held.length === 0) || (identities.length > 0 && locked.length > 0)) {
        toRestore([...keyFiles, ...identities]);
        return;
      }
      show('keys');
      const [keyFile] = keyFiles;
      const [identity] = identities;
      if (keyFile) void keys.getState().open(keyFile);
      if (identity && keys.getState().locked) void keys.getState().open(identity);
      else if (identity) void clinic.getState().open(identity);
    }

    function open(sorted: Sorted, at: Place | null): void {
      const { all, photos, protectedPhotos, keys: keyFiles, identities } = sorted;
      const pictures = photos.length + protectedPhotos.length;
      const secrets = keyFiles.length + identities.length;
      if (at === 'restore') toRestore(all);
      else if (pictures === 0) toKeys(sorted);
      else if (at === 'compare' && secrets === 0) toCompare(all);
      else if (secrets > 0) toRestore(all);
      else if (protectedPhotos.length === 0) toProtect(sorted);
      else if (photos.length === 0 && restore.getState().keys.length > 0) toRestore(all);
      else ask('protected', sorted);
    }

    return {
      question: null,
      busy: false,

      async take(files, at) {
        if (files.length === 0) return;
        set({ busy: true, question: null });
        const sorted = await sort(await unpacked(files));
        set({ busy: false });
        open(sorted, at);
      },

      answer(answer) {
        const sorted = waiting;
        if (!sorted) return;
        get().dismiss();
        const photos = [...sorted.photos, ...sorted.protectedPhotos];
        if (answer === 'restore') toRestore(sorted.protectedPhotos);
        else if (answer === 'protect') toProtect(sorted);
        else if (answer === 'same-key') {
          visit.getState().another();
          openPhotos(photos);
        } else visit.getState().end(() => openPhotos(photos));
      },

      dismiss() {
        waiting = null;
        set({ question: null });
      },
    };
  });
}
