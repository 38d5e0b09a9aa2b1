// Runs a measurement of this folder, written in TypeScript: `node bench/start.mjs times`.
import process from 'node:process';
import { runnerImport } from 'vite';

const [name = 'times', ...args] = process.argv.slice(2);
/** @type {{ module: { measure: (args: readonly string[]) => Promise<void> } }} */
const { module } = await runnerImport(`./bench/${name}.ts`, { configFile: false, logLevel: 'error' });
await module.measure(args);
