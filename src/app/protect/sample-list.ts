/** An entry of `samples/index.json`: a photo of somebody who does not exist, and the sign drawn on it, by language. */
export interface Sample {
  readonly file: string;
  readonly sign: Readonly<Record<string, string>>;
}

const base = `${import.meta.env.BASE_URL}samples/`;

export const sampleUrl = (sample: Sample): string => base + sample.file;

function isSample(value: unknown): value is Sample {
  if (typeof value !== 'object' || value === null) return false;
  const { file, sign } = value as Partial<Sample>;
  return typeof file === 'string' && typeof sign === 'object';
}

/** The samples this page carries; none when the list cannot be read. */
export async function samples(): Promise<readonly Sample[]> {
  try {
    const response = await fetch(`${base}index.json`);
    const list: unknown = await response.json();
    return Array.isArray(list) ? list.filter(isSample) : [];
  } catch {
    return [];
  }
}

/** @throws Error where it cannot be had, such as without a network */
export async function loadSample(sample: Sample): Promise<File> {
  const response = await fetch(sampleUrl(sample));
  if (!response.ok) throw new Error(`${sample.file}: status ${response.status}`);
  const blob = await response.blob();
  return new File([blob], sample.file, { type: blob.type });
}
