import * as v from 'valibot';

const Entry = v.object({ file: v.string(), sign: v.record(v.string(), v.string()) });

/** An entry of `samples/index.json`: a photo of somebody who does not exist, and the sign drawn on it, by language. */
export type Sample = Readonly<v.InferOutput<typeof Entry>>;

const base = `${import.meta.env.BASE_URL}samples/`;

export const sampleUrl = (sample: Sample): string => base + sample.file;

/** The samples this page carries; none when the list cannot be read. */
export async function samples(): Promise<readonly Sample[]> {
  try {
    const response = await fetch(`${base}index.json`);
    return v.parse(v.array(Entry), await response.json());
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
