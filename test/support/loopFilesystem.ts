import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A filesystem of its own, so that its power can be cut or its room filled without harm to the machine's. */
export interface TestFilesystem {
  readonly path: string
  /** From this instant nothing more reaches the disk, not even the journal: what was not synced is lost. */
  cutPower(): void
  /** Back after the cut: the journal is replayed, as at the next start of a machine. */
  mountAgain(): void
  remove(): void
}

/** An ext4 of `megabytes` in a file. Nothing is written back for ten minutes unless somebody asks for a sync. */
export function loopFilesystem(megabytes: number): TestFilesystem {
  const home = mkdtempSync(join(tmpdir(), 'loop-'))
  const image = join(home, 'disk.img')
  const path = join(home, 'mounted')
  mkdirSync(path)
  writeFileSync(image, '')
  truncateSync(image, megabytes * 1024 * 1024)
  run('mkfs.ext4', '-q', '-F', image)
  const mount = (): void => { run('mount', '-o', 'loop,commit=600', image, path) }
  mount()
  return {
    path,
    // Without -f the log is not flushed: EXT4_GOING_FLAGS_NOLOGFLUSH.
    cutPower: () => { run('xfs_io', '-x', '-c', 'shutdown', path) },
    mountAgain() {
      run('umount', path)
      mount()
    },
    // Lazy: a test that failed may still have files open.
    remove() {
      run('umount', '--lazy', path)
      rmSync(home, { recursive: true })
    },
  }
}

/** A filesystem in memory that is full after `megabytes`. */
export function smallFilesystem(megabytes: number): Pick<TestFilesystem, 'path' | 'remove'> {
  const path = mkdtempSync(join(tmpdir(), 'small-'))
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', path)
  return {
    path,
    remove() {
      run('umount', '--lazy', path)
      rmSync(path, { recursive: true })
    },
  }
}

/** Why a kind of filesystem cannot be had here, in the tool's own words; undefined when it can. */
export function whyNot(make: () => Pick<TestFilesystem, 'remove'> & Partial<TestFilesystem>): string | undefined {
  try {
    const filesystem = make()
    try {
      filesystem.cutPower?.()
    } finally {
      filesystem.remove()
    }
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
