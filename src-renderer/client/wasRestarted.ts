import { isDesktopShell } from './shell.ts'

/**
 * Whether the loopback host answers, but no longer knows this page: each start has a token of its own, so a page of an earlier start
 * can wait for ever. False in the desktop shell, and while nobody answers.
 */
export async function wasRestarted(signal: AbortSignal): Promise<boolean> {
  if (isDesktopShell()) return false
  try {
    return (await fetch(document.baseURI, { cache: 'no-store', signal })).status === 401
  } catch {
    return false
  }
}
