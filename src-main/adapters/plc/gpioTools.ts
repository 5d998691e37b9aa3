import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What the tools have not done within this they will not do. */
const answerMs = 1_000

/** As /proc names a requested line among the files of whoever holds it: gpio-linehandle or gpio-line (Linux, gpiolib-cdev.c). Its value is set by then. */
const heldLine = /gpio-line/

/** The command lines of libgpiod's tools, which differ between 1.x (Debian 12, Ubuntu 22.04 and 24.04, JetPack) and 2.x. */
interface Dialect {
  set(chip: string, line: number, value: 0 | 1): readonly string[]
  get(chip: string, lines: readonly number[]): readonly string[]
  /** Prints `LINE 1` for a rising edge and `LINE` with another number for a falling one, a line of text each. */
  monitor(chip: string, lines: readonly number[]): readonly string[]
}

const dialects: Readonly<Record<'1' | '2', Dialect>> = {
  1: {
    set: (chip, line, value) => ['gpioset', '--mode=signal', chip, `${line}=${value}`],
    get: (chip, lines) => ['gpioget', chip, ...lines.map(String)],
    monitor: (chip, lines) => ['gpiomon', '--line-buffered', '--format=%o %e', chip, ...lines.map(String)],
  },
  2: {
    set: (chip, line, value) => ['gpioset', '--chip', chip, `${line}=${value}`],
    get: (chip, lines) => ['gpioget', '--numeric', '--chip', chip, ...lines.map(String)],
    monitor: (chip, lines) => ['gpiomon', '--format=%o %e', '--chip', chip, ...lines.map(String)],
  },
}

export interface GpioTools {
  /** A process that holds the line at the value as long as it lives; resolves once it does. Rejects with what the tool said. */
  hold(line: number, value: 0 | 1): Promise<ChildProcess>
  /** The levels of the lines, in their order. Rejects with what the tool said. */
  levels(lines: readonly number[]): Promise<readonly number[]>
  /** A process that tells each edge. */
  monitor(lines: readonly number[], onEdge: (line: number, isOn: boolean) => void): ChildProcess
}

/** The tools as they are installed, for one chip. Rejects when there are none. */
export async function gpioTools(chip: string): Promise<GpioTools> {
  const { stdout } = await run('gpioset', ['--version'], { timeout: answerMs })
  const major = /v([12])\./.exec(stdout)?.[1] as '1' | '2' | undefined
  if (!major) throw new Error(`gpioset is of an unknown version: ${stdout.split('\n')[0]}`)
  const dialect = dialects[major]
  return {
    hold: (line, value) => startHolding(dialect.set(chip, line, value)),
    async levels(lines) {
      const [tool, ...rest] = dialect.get(chip, lines) as [string, ...string[]]
      return (await run(tool, rest, { timeout: answerMs })).stdout.trim().split(/\s+/).map(Number)
    },
    monitor(lines, onEdge) {
      const child = startAttached(dialect.monitor(chip, lines))
      let unfinished = ''
      child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        const told = (unfinished + text).split('\n')
        unfinished = told.pop()!
        for (const one of told) {
          const [line, edge] = one.split(' ').map(Number)
          onEdge(line!, edge === 1)
        }
      })
      return child
    },
  }
}

/** It ends when this process does, however that comes about (prctl PR_SET_PDEATHSIG), and lets its lines go. */
function startAttached([tool, ...rest]: readonly string[]): ChildProcess {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', tool!, ...rest], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.on('error', () => undefined)
  return child
}

async function startHolding(command: readonly string[]): Promise<ChildProcess> {
  const child = startAttached(command)
  let said = ''
  child.stderr!.on('data', (text: Buffer) => { said += text.toString() })
  const ended = once(child, 'close')
  const untilMs = performance.now() + answerMs
  while (!holdsLine(child)) {
    if (child.exitCode !== null || child.pid === undefined) {
      await ended
      throw new Error(said.trim() || `${command[0]} ended`)
    }
    if (performance.now() > untilMs) {
      child.kill()
      throw new Error(`${command[0]} does not hold its line`)
    }
    await wait(1)
  }
  return child
}

function holdsLine({ pid, exitCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null) return false
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => heldLine.test(readlinkSync(`/proc/${pid}/fd/${fd}`)))
  } catch {
    // It ended between two looks, or closed the file that was looked at.
    return false
  }
}
