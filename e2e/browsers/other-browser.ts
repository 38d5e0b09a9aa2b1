import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { TestFile } from '../app.ts';
import { openDisplay, type Display } from './display.ts';

const PATIENCE = { timeout: 180_000 };
/** What the page saves; what a browser is still writing has another ending. */
const WHOLE = /\.(?:jpg|png|rofikey)$/;

/** What a browser is started with: a folder for what is saved, and a display for its window. */
export interface Room {
  readonly folder: string;
  readonly display: Display;
}

export async function openRoom(): Promise<Room> {
  return { folder: await mkdtemp(join(tmpdir(), 'rofi-browser-')), display: await openDisplay() };
}

/** A person before the page in a browser that Playwright does not drive. */
export abstract class OtherBrowser {
  protected constructor(private readonly room: Room) {}

  abstract open(address: string): Promise<void>;
  abstract reload(): Promise<void>;

  /** All that the page says. */
  protected abstract text(): Promise<string>;
  /** Presses a button, if it is there and can be pressed. */
  protected abstract click(name: RegExp): Promise<boolean>;
  /** Hands files to the screen's file field, if it is there. */
  protected abstract upload(paths: readonly string[]): Promise<boolean>;
  protected abstract close(): Promise<void>;

  async end(): Promise<void> {
    await this.close();
    this.room.display.close();
    await rm(this.room.folder, { recursive: true });
  }

  async reads(text: RegExp): Promise<void> {
    await expect.poll(() => this.text(), PATIENCE).toMatch(text);
  }

  async press(name: RegExp): Promise<void> {
    await expect.poll(() => this.click(name), PATIENCE).toBe(true);
  }

  async choose(...files: readonly TestFile[]): Promise<void> {
    const folder = await mkdtemp(join(this.room.folder, 'chosen-'));
    const paths = files.map(({ name }) => join(folder, name));
    for (const [i, path] of paths.entries()) await writeFile(path, files[i]?.buffer ?? '');
    await expect.poll(() => this.upload(paths), PATIENCE).toBe(true);
  }

  /** Presses a button that saves a file; again where nothing comes, for the page may have moved under the pointer. */
  async save(name: RegExp): Promise<TestFile> {
    const { folder } = this.room;
    const before = new Set(await readdir(folder));
    // While it is written there is a part beside it, or an empty file.
    const saved = async (): Promise<string | undefined> => {
      const made = (await readdir(folder)).filter((file) => !before.has(file));
      const file = made.every((name) => WHOLE.test(name)) ? made[0] : undefined;
      return file !== undefined && (await stat(join(folder, file))).size > 0 ? file : undefined;
    };
    await expect(async () => {
      await this.press(name);
      await expect.poll(saved, { timeout: PATIENCE.timeout / 6 }).toBeDefined();
    }).toPass(PATIENCE);
    const file = (await saved()) ?? '';
    return { name: file, mimeType: '', buffer: await readFile(join(folder, file)) };
  }
}
