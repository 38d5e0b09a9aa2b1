import { defineConfig } from 'vitest/config';
import { constantsDigest } from './build/constants-digest.ts';

export default defineConfig({
  define: { 'import.meta.env.PROGRAM_VERSION': JSON.stringify('0.0.0-test'), ...constantsDigest },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    // Networks run for real on one wasm thread: a slow machine needs the time, and a hang ends all the same.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
