import type { PrivacyKey } from '../record/types';

/** The key as it stands on a printed sheet, to copy by hand: the last way when even saving fails. */
export function KeyAsText({ privacyKey: { id, key } }: { readonly privacyKey: PrivacyKey }) {
  const digits = Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return <p className="figures">{`ROFIKEY1:${id}${digits}`.toUpperCase()}</p>;
}
