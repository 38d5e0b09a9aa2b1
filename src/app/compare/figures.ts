/** How figures are written, on the screen and for spreadsheets. */

/** Rounded so that a hair below nothing is nothing. */
export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor || 0;
}

/** A cell of a CSV file. Spreadsheets run what begins like a formula. */
export function quoted(text: string): string {
  const safe = /^(?:[=+@\t]|-(?!\d+\.\d+$))/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
