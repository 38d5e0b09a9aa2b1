// Everything that must hold before a change is taken, with one closing line that sums it up.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import process from 'node:process';

/**
 * Runs a program of this project's own dependencies, or node itself.
 * @param {string} command
 * @param {Record<string, string>} [env]
 */
function succeeds(command, env = {}) {
  console.log(`\n> ${command}`);
  const { status } = spawnSync(command, { stdio: 'inherit', shell: true, env: { ...process.env, ...env } });
  return status === 0;
}

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ numPassedTests: number, numFailedTests: number }} UnitReport */
/** @typedef {{ stats: { expected: number, unexpected: number, flaky: number } }} E2eReport */

/** @param {string} command @returns {Count} */
function check(command) {
  return succeeds(command) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs tests that leave a JSON report. A run that failed with no failed test, or left no report, is one failure.
 * @template Report
 * @param {string} command
 * @param {string} report
 * @param {(json: Report) => Count} read
 * @param {Record<string, string>} [env]
 * @returns {Count}
 */
function tests(command, report, read, env) {
  rmSync(report, { force: true });
  const succeeded = succeeds(command, env);
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
  check('npx eslint . --max-warnings 0'),
  check('npx prettier --check --log-level warn .'),
  check('npx tsc --build'),
  tests(
    `npx vitest run --reporter=default --reporter=json --outputFile.json=${unitReport}`,
    unitReport,
    (/** @type {UnitReport} */ json) => ({ passed: json.numPassedTests, failed: json.numFailedTests }),
  ),
  check('node scripts/ensure-browser.mjs'),
  check('npx vite build'),
  tests(
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
