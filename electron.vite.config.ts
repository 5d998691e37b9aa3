import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** Every file that is started by itself: the two hosts, the command line, and the processes and threads beside the main loop. */
const mainEntries = {
  index: at('src-main/index.ts'),
  cli: at('src-main/cli.ts'),
  loopback: at('src-main/hosts/loopback.ts'),
  inferenceProcess: at('src-main/hosts/inferenceProcess.ts'),
  outputsProcess: at('src-main/hosts/outputsProcess.ts'),
  judgedStation: at('src-main/hosts/judgedStation.ts'),
  learnerProcess: at('src-main/hosts/learnerProcess.ts'),
  importerProcess: at('src-main/hosts/importerProcess.ts'),
  patchesProcess: at('src-main/hosts/patchesProcess.ts'),
  pixelsThread: at('src-main/hosts/pixelsThread.ts'),
  worldThread: at('src-main/hosts/worldThread.ts'),
  evidenceThread: at('src-main/hosts/evidenceThread.ts'),
  reportThread: at('src-main/hosts/reportThread.ts'),
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: mainEntries,
        // Beside the entries, so that `new URL('./name.js', import.meta.url)` finds them from a shared chunk too.
        output: { chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // The policy allows no inline script, and every browser that runs the screens knows modulepreload.
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: at('src-renderer/index.html') } },
    },
    plugins: [react()],
  },
})
