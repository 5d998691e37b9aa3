import type { Fault, FaultCode } from '../../domain/fault.ts'
import type { Result } from '../../domain/result.ts'

/** What `stationmaster …` says to a script; part of its interface. */
export const exitCodes = { ok: 0, error: 1, usage: 2, notFound: 3, integrity: 4, validation: 5, found: 6 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends a command: one sentence on stderr and an exit code. Thrown by commands only, caught by `cli.ts` only. */
export class CommandError extends Error {
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

const exitCodeOfFault: Partial<Readonly<Record<FaultCode, ExitCode>>> = {
  'model/missing': exitCodes.notFound,
  'recipe/missing': exitCodes.notFound,
  'request/notFound': exitCodes.notFound,
  'model/hashMismatch': exitCodes.integrity,
  'model/parityBroken': exitCodes.integrity,
  'evidence/integrity': exitCodes.integrity,
  'frame/unreadable': exitCodes.validation,
  'frame/empty': exitCodes.validation,
  'frame/tooLarge': exitCodes.validation,
  'frame/wrongSize': exitCodes.validation,
  'model/invalid': exitCodes.validation,
  'recipe/invalid': exitCodes.validation,
  'learning/tooFewImages': exitCodes.validation,
  'learning/unusableImages': exitCodes.validation,
  'request/invalid': exitCodes.validation,
}

export const exitCodeOf = (fault: Fault): ExitCode => exitCodeOfFault[fault.code] ?? exitCodes.error

/** The value, or the end of the command with the fault's own words. */
export function orEnd<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new CommandError(exitCodeOf(result.fault), `${result.fault.detail} (${result.fault.code})`)
}

/** A message for the person at the terminal; stdout belongs to data. */
export const say = (message: string): void => { process.stderr.write(`${message}\n`) }

/** The data of a command: one JSON document, or lines for a person. */
export function printDocument(isJson: boolean | undefined, document: unknown, lines: readonly string[]): void {
  process.stdout.write(isJson ? `${JSON.stringify(document, null, 2)}\n` : `${lines.join('\n')}\n`)
}

/** Runs `work` with a signal that Ctrl-C or a polite kill aborts; a second one ends the process at once. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  const stop = (): void => {
    say('stopping …')
    abort.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await work(abort.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
