import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { 'import.meta.env.PROGRAM_VERSION': JSON.stringify('0.0.0-test') },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    // Networks run for real on one wasm thread: a slow machine needs the time.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
