import { create } from 'zustand';
import type { BatchStore } from './batch';
import type { ProtectStore } from './protect';
import type { RestoreStore } from './restore';
import type { VisitKeyStore } from './visit-key';

/** The longest name that is shown; a name on a door is shorter. */
const LONGEST_NAME = 60;
/** Controls, marks of direction, what has no width, halves of characters. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Who a link asks to lock keys for. Nobody vouches for the name; the fingerprint can be compared. */
export interface LinkedClinic {
  readonly name: string;
  /** `age1…` */
  readonly recipient: string;
  readonly fingerprint: string;
}

/** Clinics that the person has kept, by name: their public keys. */
export interface KnownClinics {
  readonly read: () => Readonly<Record<string, string>>;
  readonly keep: (name: string, recipient: string) => void;
}

export interface ClinicLink {
  /** Waits for the person's decision. `changed`: a clinic of this name was kept with another key. */
  readonly asked: (LinkedClinic & { readonly standing: 'new' | 'known' | 'changed' }) | null;
  /** This visit's keys are locked for it. */
  readonly accepted: LinkedClinic | null;
  /** Takes what stands in an address behind `?`. Anything but one `to` and one `name` is no link. */
  readonly read: (query: string) => Promise<void>;
  /** @param keep - recognise the clinic next time, on this device */
  readonly accept: (keep: boolean) => void;
  readonly forget: () => void;
}

export type ClinicLinkStore = ReturnType<typeof createClinicLinkStore>;

/** The name and public key in a clinic's link; null when it is not exactly one. */
async function parse(query: string): Promise<LinkedClinic | null> {
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()].sort();
  const name = parameters.get('name')?.trim() ?? '';
  if (names.join() !== 'name,to' || name === '' || UNSEEN.test(name)) return null;
  if (Array.from(name).length > LONGEST_NAME) return null;
  const [{ parseRecipient }, { recipientFingerprint }] = await Promise.all([
    import('../record/identity'),
    import('../record/recipient-fingerprint'),
  ]);
  try {
    const recipient = await parseRecipient(parameters.get('to') ?? '');
    return { name, recipient, fingerprint: await recipientFingerprint(recipient) };
  } catch {
    return null;
  }
}

/** The public key in a clinic's code, whether it is spelled alone or in the link for patients; null in any other text. */
export async function recipientIn(text: string): Promise<string | null> {
  const [, query] = /#\/protect\?(.*)$/s.exec(text) ?? [];
  if (query !== undefined) return (await parse(query))?.recipient ?? null;
  const { parseRecipient } = await import('../record/identity');
  return parseRecipient(text).catch(() => null);
}

/** The query of the link that a clinic gives to patients. */
export function clinicQuery({ name, recipient }: Pick<LinkedClinic, 'name' | 'recipient'>): string {
  return new URLSearchParams({ to: recipient, name: name.trim() }).toString();
}

interface Parts {
  readonly protect: ProtectStore;
  readonly batch: BatchStore;
  readonly restore: RestoreStore;
  readonly visitKey: VisitKeyStore;
}

/** A link can only ask, and only where nothing is open: it locks nothing, opens nothing and saves nothing. */
export function createClinicLinkStore(parts: Parts, known: KnownClinics) {
  const { protect, batch, restore, visitKey } = parts;

  function somethingIsOpen(): boolean {
    const { photos, keys, locked } = restore.getState();
    return (
      protect.getState().stage !== 'empty' ||
      batch.getState().items.length > 0 ||
      visitKey.getState().key !== null ||
      photos.length + keys.length + locked.length > 0
    );
  }

  return create<ClinicLink>()((set, get) => ({
    asked: null,
    accepted: null,

    async read(query) {
      const clinic = await parse(query);
      if (!clinic || somethingIsOpen()) return;
      const kept = known.read()[clinic.name];
      const standing = kept === undefined ? 'new' : kept === clinic.recipient ? 'known' : 'changed';
      set({ asked: { ...clinic, standing }, accepted: null });
    },

    accept(keep) {
      const { asked } = get();
      if (!asked || asked.standing === 'changed') return;
      const { name, recipient, fingerprint } = asked;
      if (keep) known.keep(name, recipient);
      set({ asked: null, accepted: { name, recipient, fingerprint } });
    },

    forget: () => set({ asked: null, accepted: null }),
  }));
}
