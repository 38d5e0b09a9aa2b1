import { describe, expect, it } from 'vitest';
import { createIdentity, recipientOf } from '../record/identity';
import { recipientFingerprint } from '../record/recipient-fingerprint';
import { clinicQuery, recipientIn, type KnownClinics } from './clinic-link';
import { packForClinic } from './clinic-package';
import { createStores } from './stores';
import { fakeEngine, JPEG } from './fake-engine';
import { newKey } from './testing';
import { unpacked } from './unpack';

function memory(): KnownClinics {
  const kept: Record<string, string> = {};
  return { read: () => kept, keep: (name, recipient) => void (kept[name] = recipient) };
}

const page = (known = memory()) =>
  createStores(
    fakeEngine(),
    () => Promise.resolve(),
    () => undefined,
    known,
  );
const newRecipient = async (): Promise<string> => recipientOf(await createIdentity());

describe('a clinic’s link', () => {
  it('asks, and locks nothing before the person decides', async () => {
    const { clinicLink } = page();
    const recipient = await newRecipient();
    await clinicLink.getState().read(clinicQuery({ name: 'Eye clinic', recipient }));
    expect(clinicLink.getState()).toMatchObject({
      asked: { name: 'Eye clinic', recipient, standing: 'new' },
      accepted: null,
    });
    expect(clinicLink.getState().asked?.fingerprint).toMatch(/^([0-9A-F]{4} ){3}[0-9A-F]{4}$/);
    clinicLink.getState().accept(false);
    expect(clinicLink.getState()).toMatchObject({ asked: null, accepted: { recipient } });
  });

  it('is none with anything but one name and one public key', async () => {
    const to = await newRecipient();
    const queries = [
      `to=${to}`,
      'name=Clinic',
      `to=${to}&name=Clinic&threshold=0.1`,
      `to=${to}&to=${to}&name=Clinic`,
      `to=${to}&name=A&name=B`,
      `to=${to}&name=`,
      `to=${to}&name=${'x'.repeat(61)}`,
      `to=${to}&name=Cli%E2%80%AEnic`,
      `to=${to}&name=Cli%00nic`,
      `to=${to}&name=Cli%E2%80%8Bnic`,
      `to=${to.slice(0, -1)}q&name=Clinic`,
      'to=age1pq1abc&name=Clinic',
    ];
    for (const query of queries) {
      const { clinicLink } = page();
      await clinicLink.getState().read(query);
      expect(clinicLink.getState().asked, query).toBeNull();
    }
  });

  it('is ignored while a key is open', async () => {
    const { clinicLink, visitKey } = page();
    visitKey.getState().adopt(await newKey(), false, 'chosen');
    await clinicLink.getState().read(clinicQuery({ name: 'Eye clinic', recipient: await newRecipient() }));
    expect(clinicLink.getState().asked).toBeNull();
  });

  it('is recognised when it was kept, and stopped when the name comes with another key', async () => {
    const known = memory();
    const first = page(known).clinicLink;
    const recipient = await newRecipient();
    await first.getState().read(clinicQuery({ name: 'Eye clinic', recipient }));
    first.getState().accept(true);

    const again = page(known).clinicLink;
    await again.getState().read(clinicQuery({ name: 'Eye clinic', recipient }));
    expect(again.getState().asked?.standing).toBe('known');

    const forged = page(known).clinicLink;
    await forged.getState().read(clinicQuery({ name: 'Eye clinic', recipient: await newRecipient() }));
    expect(forged.getState().asked?.standing).toBe('changed');
    forged.getState().accept(true);
    expect(forged.getState().accepted).toBeNull();
  });

  it('ends with the visit', async () => {
    const { clinicLink, visit } = page();
    await clinicLink.getState().read(clinicQuery({ name: 'Eye clinic', recipient: await newRecipient() }));
    clinicLink.getState().accept(false);
    visit.getState().end();
    expect(clinicLink.getState().accepted).toBeNull();
  });
});

describe('a clinic’s code', () => {
  it('gives the public key, spelled alone or in the link for patients, and nothing else', async () => {
    const recipient = await newRecipient();
    const link = `https://rofi.example/app/#/protect?${clinicQuery({ name: 'Eye clinic', recipient })}`;
    expect(await recipientIn(recipient)).toBe(recipient);
    expect(await recipientIn(link)).toBe(recipient);
    for (const text of ['', 'https://rofi.example', `${link}&to=${recipient}`, recipient.slice(0, -1)]) {
      expect(await recipientIn(text), text).toBeNull();
    }
  });
});

describe('a package for a clinic', () => {
  it('holds photo and locked key, and comes apart again', async () => {
    const recipient = await newRecipient();
    const clinic = { name: 'Eye clinic', recipient, fingerprint: await recipientFingerprint(recipient) };
    const photo = { name: 'protected-1.jpg', bytes: JPEG };
    const { name, blob } = await packForClinic(photo, 'image/jpeg', await newKey(), clinic);
    const files = await unpacked([new File([blob], name)]);
    expect(files.map((file) => file.name)).toEqual([
      'protected-1.jpg',
      expect.stringMatching(/-for-.*\.rofikey$/),
    ]);
    expect(new Uint8Array(await files[0]!.arrayBuffer())).toEqual(JPEG);
    expect(await files[1]!.text()).toContain('BEGIN AGE ENCRYPTED FILE');
  });
});
