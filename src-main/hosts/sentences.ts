import { readFileSync } from 'node:fs'
import type { Fault } from '../domain/fault.ts'
import type { Reason } from '../domain/verdict.ts'
import { resourcePath } from './appPaths.ts'

interface FaultSentence {
  readonly problem: string
  readonly cause: string
  readonly action: string
}

const read = <T>(room: string): T => JSON.parse(readFileSync(resourcePath('translations', 'en', `${room}.json`), 'utf8')) as T
const reasons = read<Readonly<Record<string, string>>>('reasons')
const faults = read<Readonly<Record<string, FaultSentence>>>('faults')
const io = read<Readonly<Record<string, Readonly<Record<string, FaultSentence>>>>>('io')

/** The same sentences as on the screens, in English, for the command line. */
export const sayReason = ({ code, params }: Reason): string =>
  fill(reasons[code]!, { ...params, ...(typeof params['fault'] === 'string' && { fault: faults[params['fault']]!.problem }) })

export const sayFault = (fault: Fault): string => {
  const { problem, action } = faults[fault.code]!
  return `${problem} ${action} (${fault.code}: ${fault.detail})`
}

/** With its cause: for whoever stands at the machine and can do something about it. */
export const explainFault = (fault: Fault): string => `${inWords(faults[fault.code]!)} (${fault.code}: ${fault.detail})`

/** A trouble of the I/O tests, by its key below `io`: `loopTrouble.noTrigger`. */
export function explainIo(key: string): string {
  const [group, name] = key.split('.') as [string, string]
  return inWords(io[group]![name]!)
}

const inWords = ({ problem, cause, action }: FaultSentence): string => `${problem} ${cause} ${action}`

const fill = (sentence: string, params: Reason['params']): string =>
  sentence.replace(/{{\s*(\w+)[^}]*}}/g, (_, name: string) => (typeof params[name] === 'number' ? String(Number(params[name].toPrecision(4))) : (params[name] ?? '')))
