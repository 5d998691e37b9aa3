import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Of 1–99; the kernel's interrupt threads have 50 as well (sched_set_fifo). */
const priority = '50'

export interface RealTimePriority {
  readonly isGranted: boolean
  /** For health and `doctor`, in English. */
  readonly detail: string
}

/**
 * Asks for SCHED_FIFO (sched(7)) for the main thread of process `pid` through chrt of util-linux, unless systemd's
 * CPUSchedulingPolicy= has granted it already, and believes only what is read back. Never rejects: `detail` says why not.
 */
export async function requestRealTimePriority(pid: number): Promise<RealTimePriority> {
  const isFifo = async (): Promise<boolean> => (await run('chrt', ['-p', String(pid)])).stdout.includes('SCHED_FIFO')
  try {
    if (!(await isFifo())) await run('chrt', ['-f', '-p', priority, String(pid)])
    if (await isFifo()) return { isGranted: true, detail: 'timed under SCHED_FIFO' }
    return { isGranted: false, detail: 'timed without real-time priority: it was granted and is not there' }
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string }
    const why = code === 'ENOENT' ? 'chrt (util-linux) is not installed' : (stderr?.trim() ?? String(error))
    return { isGranted: false, detail: `timed without real-time priority: ${why}` }
  }
}
