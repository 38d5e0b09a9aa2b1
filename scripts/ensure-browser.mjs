// Makes sure that the end-to-end tests have a Chromium: an installed one, else Debian's, else Playwright's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { findBrowser } from './find-browser.mjs';

/** @param {string} command @param {readonly string[]} args */
function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

if (findBrowser() === undefined) {
  const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  const fromDebian =
    debianRoot &&
    succeeds('apt-get', ['update']) &&
    succeeds('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
  if (!fromDebian) succeeds('npx', ['playwright', 'install', 'chromium']);
}

const browser = findBrowser();
if (browser === undefined) {
  console.error('No Chromium found, and none could be installed. Install one, or name it in CHROMIUM_PATH.');
  process.exitCode = 1;
} else {
  console.log(`Browser for the end-to-end tests: ${browser}`);
}
