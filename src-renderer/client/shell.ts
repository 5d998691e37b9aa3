declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    readonly stationmaster?: { readonly shell: 'electron' }
  }
}

export const isDesktopShell = (): boolean => window.stationmaster !== undefined
