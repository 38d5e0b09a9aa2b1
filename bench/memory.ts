import { spawnSync } from 'node:child_process';
import type { Browser } from '@playwright/test';

/** Resident memory in megabytes: of the processes that run pages, and of the whole browser. */
export interface Resident {
  readonly page: number;
  readonly all: number;
}

export async function residentMegabytes(browser: Browser): Promise<Resident> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo.map(({ id, type }) => ({ type, size: residentSize(id) }));
  const sum = (chosen: typeof sizes) => chosen.reduce((total, { size }) => total + size, 0);
  return { page: sum(sizes.filter(({ type }) => type === 'renderer')), all: sum(sizes) };
}

function residentSize(process: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(process)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}
