import { RofiError } from '../../errors';
import { sha256, toHex } from '../../bytes';
import type { ModelEntry } from './manifest';

/** Called with the bytes that have arrived so far, as they are sent. */
export type OnBytes = (receivedBytes: number) => void;

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * Streams one model file and checks its length and SHA-256.
 *
 * @throws RofiError `model-missing` when it cannot be fetched, `model-corrupt` when it is not the file of the manifest
 */
export async function download(
  fetch: Fetch,
  url: string,
  entry: ModelEntry,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const sent = await receive(fetch, url, entry, onBytes);
  const bytes = entry.sentBytes === undefined ? sent : await unpack(sent, entry);
  await verify(bytes, entry);
  return bytes;
}

async function unpack(sent: Uint8Array<ArrayBuffer>, entry: ModelEntry): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Blob([sent]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    throw corrupt(entry);
  }
}

/** @throws RofiError `model-corrupt` when the bytes are not those of the manifest */
export async function verify(bytes: Uint8Array<ArrayBuffer>, entry: ModelEntry): Promise<void> {
  if (bytes.length !== entry.bytes || toHex(await sha256(bytes)) !== entry.sha256) throw corrupt(entry);
}

async function receive(
  fetch: Fetch,
  url: string,
  entry: ModelEntry,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(entry.sentBytes ?? entry.bytes);
  let received = 0;
  try {
    // Kept by the model store: the browser's own cache need not hold a second copy.
    const response = await fetch(url, { cache: 'no-store' });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const reader = response.body.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (received + chunk.value.length > bytes.length) {
        await reader.cancel();
        throw corrupt(entry);
      }
      bytes.set(chunk.value, received);
      received += chunk.value.length;
      onBytes(received);
    }
  } catch (cause) {
    if (cause instanceof RofiError) throw cause;
    throw new RofiError('model-missing', `${entry.name}: ${String(cause)}`, { model: entry.name }, { cause });
  }
  if (received !== bytes.length) throw corrupt(entry);
  return bytes;
}

function corrupt(entry: ModelEntry): RofiError {
  return new RofiError('model-corrupt', `${entry.name} is not the file of the manifest`, {
    model: entry.name,
  });
}
