/** Names that came with a file, from whoever made it: fit to be saved, and what they look like. */

const LONGEST = 100;
/** Control characters, and those that are not seen or turn the writing round. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What leads into another folder, or what Windows refuses. */
const FORBIDDEN = /[/\\:*?"<>|]/g;
/** Devices to Windows, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name that a person may save under: no path, nothing unseen, at most 100 characters, and an extension that says what
 * the file is.
 *
 * @param extensions - those that fit the file's content, without a dot; the first is added where none is there
 */
export function safeFileName(name: string, extensions: readonly [string, ...string[]]): string {
  const clean = name.normalize('NFC').replace(UNSEEN, '').replace(FORBIDDEN, '-');
  // Hidden files begin with a dot; Windows drops dots and blanks at the end.
  const trimmed = clean.replace(/^[.\s]+|[.\s]+$/g, '');
  const found = extensions.find((extension) => trimmed.toLowerCase().endsWith(`.${extension}`));
  const extension = found === undefined ? `.${extensions[0]}` : trimmed.slice(-found.length - 1);
  const stem = found === undefined ? trimmed : trimmed.slice(0, -extension.length).replace(/[.\s]+$/, '');
  const short = Array.from(stem)
    .slice(0, LONGEST - extension.length)
    .join('');
  const safe = short === '' ? 'photo' : RESERVED.test(short) ? `photo-${short}` : short;
  return safe + extension;
}
