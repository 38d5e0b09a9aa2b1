import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveFile } from './save-file';

const link = { href: '', download: '', click: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { createElement: () => link });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a file is handed over whole under its name, and stays until a slow answer has taken it', async () => {
  saveFile('key.rofikey', Uint8Array.from([1, 2, 3]).subarray(1), 'application/octet-stream');

  expect(link.download).toBe('key.rofikey');
  expect(link.click).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(30_000);
  const blob = await (await fetch(link.href)).blob();
  expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([2, 3]);
  expect(blob.type).toBe('application/octet-stream');

  vi.advanceTimersByTime(60_000);
  await expect(fetch(link.href)).rejects.toThrow();
});
