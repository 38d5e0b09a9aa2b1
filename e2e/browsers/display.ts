import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const XVFB = '/usr/bin/Xvfb';
const own = process.env['DISPLAY'];

/** Whether windows can be opened here: without one there is no WebGL. */
export const canOpenWindows = own !== undefined || existsSync(XVFB);

export interface Display {
  readonly name: string;
  readonly close: () => void;
}

/** The display there is, or one that nobody sees. */
export async function openDisplay(): Promise<Display> {
  if (own !== undefined) return { name: own, close: () => undefined };
  const display = spawn(XVFB, ['-displayfd', '1', '-screen', '0', '1280x1000x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    display.stdout.once('data', (said: Buffer) => resolve(said.toString().trim()));
    display.once('error', reject);
  });
  return { name: `:${number}`, close: () => void display.kill() };
}
