// Everything that must hold before a change is taken, with one closing line that sums it up.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import process from 'node:process';

/**
 * Runs a program of this project's own dependencies, or node itself.
 * @param {string} command
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [options] - quiet: what it says is kept until it is done
 * @returns {Promise<boolean>} whether it succeeded
 */
function succeeds(command, { env = {}, quiet = false } = {}) {
  /** @type {Buffer[]} */
  const said = [];
  if (!quiet) console.log(`\n> ${command}`);
  const child = spawn(command, {
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: true,
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ chunk) => said.push(chunk));
  }
  return new Promise((resolve) => {
    child.on('close', (status) => {
      if (quiet) console.log(`\n> ${command}\n${Buffer.concat(said).toString()}`);
      resolve(status === 0);
    });
  });
}

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ numPassedTests: number, numFailedTests: number }} UnitReport */
/** @typedef {{ stats: { expected: number, unexpected: number, flaky: number } }} E2eReport */

/** @param {string} command @returns {Promise<Count>} */
async function check(command) {
  return (await succeeds(command, { quiet: true })) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs tests that leave a JSON report. A run that failed with no failed test, or left no report, is one failure.
 * @template Report
 * @param {string} command
 * @param {string} report
 * @param {(json: Report) => Count} read
 * @param {Record<string, string>} [env]
 * @returns {Promise<Count>}
 */
async function tests(command, report, read, env) {
  rmSync(report, { force: true });
  const succeeded = await succeeds(command, { env });
  try {
    /** @type {unknown} */
    const json = JSON.parse(readFileSync(report, 'utf8'));
    const { passed, failed } = read(/** @type {Report} */ (json));
    return { passed, failed: succeeded ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const unitReport = 'test-results/unit.json';
const e2eReport = 'test-results/e2e.json';

const counts = [
  // At the same time: each works with one thread, or waits for a download.
  ...(await Promise.all(
    [
      'npx eslint . --max-warnings 0',
      'npx prettier --check --log-level warn .',
      'npx tsc --build',
      'npx vite build',
      'node scripts/ensure-browser.mjs',
    ].map(check),
  )),
  await tests(
    `npx vitest run --reporter=default --reporter=json --outputFile.json=${unitReport}`,
    unitReport,
    (/** @type {UnitReport} */ json) => ({ passed: json.numPassedTests, failed: json.numFailedTests }),
  ),
  await tests(
    'npx playwright test --reporter=list,json',
    e2eReport,
    (/** @type {E2eReport} */ { stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
    }),
    { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
  ),
];

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
