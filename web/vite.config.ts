import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { reachOf } from './scripts/reach.mjs';

/** The server this page talks to while developing; the shipped page is served by it. */
const server = process.env.FANGXIAN_URL ?? 'http://127.0.0.1:8080';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The barcode reader's WebAssembly, served by ourselves under the name it asks for. */
function barcodeReader(): Plugin {
  return {
    name: 'barcode-reader',
    apply: 'build',
    generateBundle() {
      const source = readFileSync(here('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
      this.emitFile({ type: 'asset', fileName: 'wasm/zxing_reader.wasm', source });
    },
  };
}

/** The field pages work without network: all they can ever ask for is kept, and nothing of the other pages. */
const fieldApp = VitePWA({
  filename: 'field-sw.js',
  scope: '/field',
  registerType: 'prompt',
  injectRegister: null,
  manifest: false,
  workbox: {
    globPatterns: ['field.html', 'assets/*.{js,css}', 'wasm/*.wasm', 'icon.svg', 'field.webmanifest'],
    maximumFileSizeToCacheInBytes: 4_000_000,
    navigateFallback: '/field.html',
    navigateFallbackAllowlist: [/^\/field(\/|$)/],
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    manifestTransforms: [
      (entries) => {
        const wanted = reachOf(here('dist'), 'field.html');
        const manifest = entries.filter(
          (entry) => !entry.url.startsWith('assets/') || wanted.has(entry.url.slice('assets/'.length)),
        );
        return Promise.resolve({ manifest, warnings: [] });
      },
    ],
  },
});

export default defineConfig({
  plugins: [react(), barcodeReader(), fieldApp],
  resolve: { alias: { '@': here('./src') } },
  build: {
    target: 'chrome100',
    // Content-Security-Policy allows no data: images, so every asset is a file of its own with a hashed name.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { index: here('./index.html'), field: here('./field.html'), open: here('./open.html') },
    },
  },
  server: {
    proxy: {
      '/v1': { target: server, changeOrigin: false },
      '/healthz': server,
      '/openapi.json': server,
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // No test judges speed: on a busy machine, loading every desk takes more than the 5 s of the default.
    testTimeout: 60_000,
  },
});
