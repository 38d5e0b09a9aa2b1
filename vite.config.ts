import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { constantsDigest } from './build/constants-digest.ts';
import { digests } from './build/digests.ts';
import { hashedModels } from './build/hashed-models.ts';
import { sizedAssets } from './build/sized-assets.ts';
import { developmentHeaders, headersFile, metaPolicy, productionHeaders } from './security-headers.ts';

/** Leaves the security headers beside the page, for hosts that take them from a file. */
function emitHeadersFile(): Plugin {
  return {
    name: 'rofi:headers-file',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

/** The second line: a host that leaves the headers away still serves a page under its policy. */
function policyInPage(): Plugin {
  return {
    name: 'rofi:policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** What the worker always needs; ONNX Runtime's builds and the decoder of rare photos come one by one. */
const LIBRARIES = { name: 'libraries', test: /node_modules\/(?!onnxruntime-web|@imagemagick)/ };

export default defineConfig({
  define: { 'import.meta.env.PROGRAM_VERSION': JSON.stringify(version), ...constantsDigest },
  // Screens are named in the hash: a path that is no file is an error, not the page again.
  appType: 'mpa',
  plugins: [
    react(),
    sizedAssets(),
    hashedModels(),
    emitHeadersFile(),
    policyInPage(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'ROFI',
        short_name: 'ROFI',
        description: 'Protects face photographs in eye medicine. Nothing leaves this device.',
        theme_color: '#00655b',
        background_color: '#ffffff',
        display: 'standalone',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        // No share_target: it posts the file, and without a service worker the post would go to the host.
        file_handlers: [
          {
            action: '.',
            accept: {
              'application/json': ['.rofikey'],
              'image/*': ['.jpg', '.jpeg', '.png', '.webp', '.heic', '.avif', '.tif', '.tiff'],
            },
          },
        ],
      },
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectManifest: {
        // One script: a second would be started by its address.
        rollupFormat: 'iife',
        // The shell. Networks and wasm are kept by src/engine/models once the person agrees.
        globPatterns: ['**/*.{html,js,mjs,css,svg,json}', 'icons/*.png'],
        globIgnores: ['**/ort-wasm*', '**/magick*', 'sw*.js', '.vite/**'],
      },
    }),
    digests(),
  ],
  // ONNX Runtime's threads start from its own file, not from a second copy of our worker.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: {
    format: 'es',
    plugins: () => [sizedAssets()],
    // What chunks share is none of the entry's: WebKit runs a worker's entry again where a chunk imports it.
    rolldownOptions: { output: { codeSplitting: { groups: [LIBRARIES] } } },
  },
  optimizeDeps: { exclude: ['onnxruntime-web', '@mediapipe/tasks-vision'] },
  build: { target: 'es2023', manifest: true, chunkSizeWarningLimit: 1000 },
  server: { headers: developmentHeaders },
  preview: { headers: productionHeaders },
});
