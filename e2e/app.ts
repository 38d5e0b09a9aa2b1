import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

/** A file as Playwright hands it to a file chooser. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** What a person does on the page. */
export class App {
  constructor(protected readonly page: Page) {}

  async open(screen: 'Protect' | 'Restore' | 'About'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: screen }).click();
  }

  /** First visit: agrees to the download and waits until the networks run. */
  async start(): Promise<void> {
    await this.page.goto('/#/about');
    await this.page.getByRole('button', { name: /^Set up/ }).click();
    await this.networksRun();
  }

  async networksRun(): Promise<void> {
    await expect(this.page.getByText(/^Processor, \d+ threads?/)).toBeVisible();
  }

  /** Unfolds what is folded away under a title. */
  async unfold(title: string): Promise<void> {
    await this.page.getByRole('button', { name: title, exact: true }).click();
  }

  async choose(button: string, ...files: readonly TestFile[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: button, exact: true }).click();
    await (await chooser).setFiles([...files]);
  }

  /** Tabs to a button, as somebody without a mouse does, and presses it. */
  async press(name: string | RegExp): Promise<void> {
    const button = this.page.getByRole('button', { name });
    await expect(button).toBeEnabled();
    for (let tabs = 0; tabs < 80; tabs++) {
      if (await button.evaluate((element) => element === document.activeElement)) break;
      await this.page.keyboard.press('Tab');
    }
    await expect(button).toBeFocused();
    await this.page.keyboard.press('Enter');
  }

  /** {@link choose} with the keyboard alone. */
  async pressAndChoose(name: string, ...files: readonly TestFile[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.press(name);
    await (await chooser).setFiles([...files]);
  }

  /** {@link save} with the keyboard alone. */
  async pressAndSave(name: string, mimeType: string): Promise<TestFile> {
    const download = this.page.waitForEvent('download');
    await this.press(name);
    const file = await saved(await download, mimeType);
    if (name === 'Save key') await this.press('Yes, it is there');
    return file;
  }

  /** Opens a photo on the first screen; it shows its faces, or an error. */
  async choosePhoto(file: TestFile): Promise<void> {
    await this.open('Protect');
    await this.choose('Choose a photo', file);
  }

  async protect(): Promise<void> {
    await this.page.getByRole('button', { name: /^Protect (this photo|\d+ faces)$/ }).click();
  }

  async protected(): Promise<void> {
    const verdict = this.page.getByRole('heading', {
      level: 1,
      name: /^(Ready to send|Look before you send|Covered: look before you send)/,
    });
    await expect(verdict).toBeVisible();
  }

  /** Protects a photo and saves it with its key. */
  async protectAndSave(file: TestFile): Promise<{ photo: TestFile; key: TestFile }> {
    await this.choosePhoto(file);
    await this.protect();
    await this.protected();
    return { photo: await this.save('Save photo', 'image/png'), key: await this.save('Save key', '') };
  }

  /** @param within - the part of the page whose button it is */
  async save(button: string, mimeType: string, within: Page | Locator = this.page): Promise<TestFile> {
    const download = this.page.waitForEvent('download');
    await within.getByRole('button', { name: button, exact: true }).click();
    const file = await saved(await download, mimeType);
    // What would be lost for good the page asks about.
    if (/key|identity/.test(button)) await this.confirmSaved();
    return file;
  }

  /** Says that the file is in the downloads, unless the page has been told before. */
  async confirmSaved(): Promise<void> {
    const there = this.page.getByRole('button', { name: 'Yes, it is there' });
    const known = this.page.getByText(/^(Key saved|Identity saved|Both are saved. Now send them.)$/);
    await expect(there.or(known).first()).toBeVisible();
    if (await there.isVisible()) await there.click();
  }

  /** A clinic's new identity: its secret file, and what it gives to patients. */
  async makeIdentity(): Promise<{ file: TestFile; recipient: string }> {
    await this.page.goto('/#/keys');
    await this.page.reload();
    await this.page.getByRole('tab', { name: 'For clinics' }).click();
    await this.page.getByRole('button', { name: 'Make an identity' }).click();
    const recipient = await this.page.getByLabel('Public key, to give to patients').last().inputValue();
    return { recipient, file: await this.save('Save the identity file', 'text/plain') };
  }

  /** Drops photo and key on the restoring screen; what fits exactly starts by itself. */
  async dropPair(photo: TestFile, key: TestFile): Promise<void> {
    await this.open('Restore');
    await this.choose('Choose files', photo, key);
  }

  /** Drops photo and key and starts what is not started without asking. */
  async rebuild(photo: TestFile, key: TestFile): Promise<void> {
    await this.dropPair(photo, key);
    await this.page.getByRole('button', { name: 'Rebuild the face' }).click();
  }

  /** Drops files on the middle of the page, as from another window. */
  async drop(...files: readonly TestFile[]): Promise<void> {
    const sent = files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString('base64'),
    }));
    const data = await this.page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      return transfer;
    }, sent);
    for (const event of ['dragover', 'drop'])
      await this.page.dispatchEvent('main', event, { dataTransfer: data });
  }

  /** The error that the page shows, by its title. */
  async refuses(title: string): Promise<void> {
    await expect(this.page.getByRole('alert').getByText(title)).toBeVisible();
  }

  /** The boxes of the faces found, in photo pixels. */
  async faceBoxes(): Promise<readonly Box[]> {
    await expect(this.page.getByText(/^(\d+ faces?|No face was) found\.$/)).toBeVisible();
    const boxes = this.page.locator('figure svg > g > rect:first-child');
    return boxes.evaluateAll((rects) =>
      rects.map((rect) => {
        const value = (name: string) => Number(rect.getAttribute(name));
        return { x: value('x'), y: value('y'), width: value('width'), height: value('height') };
      }),
    );
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A download, as a file that can be opened again. */
export async function saved(download: Download, mimeType: string): Promise<TestFile> {
  return {
    name: download.suggestedFilename(),
    mimeType,
    buffer: await readFile(await download.path()),
  };
}
