import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The screens on a scripted station instead of a host; never part of the product. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  logLevel: 'error',
  build: { outDir: resolve(import.meta.dirname, '../../results/harness'), emptyOutDir: true, assetsInlineLimit: 0, minify: false, chunkSizeWarningLimit: 10_000 },
})
