// Runs a measurement of this folder, written in TypeScript: `node bench/start.mjs times`.
import process from 'node:process';
import { runnerImport } from 'vite';

const [name = 'times', ...args] = process.argv.slice(2);
const plain = /** @type {const} */ ({ configFile: false, logLevel: 'error' });
/** @type {{ module: { constantsDigest: Record<string, string> } }} */
const digest = await runnerImport('./build/constants-digest.ts', plain);
/** @type {{ module: { measure: (args: readonly string[]) => Promise<void> } }} */
const { module } = await runnerImport(`./bench/${name}.ts`, {
  ...plain,
  define: digest.module.constantsDigest,
});
await module.measure(args);
