import type { RegisterSpace } from '../../../domain/lineSignals.ts'

/** Modbus Application Protocol 1.1b3, 7: why a request is not answered with what it asks for. */
export const exceptions = { illegalFunction: 1, illegalAddress: 2, illegalValue: 3, deviceBusy: 6, noSuchUnit: 11 } as const
export type Exception = (typeof exceptions)[keyof typeof exceptions]

/** The registers behind the protocol. */
export interface RegisterBank {
  /** Words, or bits as 0 and 1, of one moment; null when not every address exists. */
  read(space: RegisterSpace, address: number, count: number): readonly number[] | null
  /** All or none. An exception with the reason, where it is refused. */
  write(address: number, values: readonly number[]): Refusal | null
}

export interface Refusal {
  readonly exception: Exception
  readonly why: string
}

export interface Answer {
  readonly pdu: Buffer
  /** What was asked, for the traffic log. */
  readonly summary: string
  readonly refusal: Refusal | null
  readonly isMalformed: boolean
}

const readFunctions: Readonly<Partial<Record<number, RegisterSpace>>> = { 1: 'coil', 2: 'discreteInput', 3: 'holdingRegister', 4: 'inputRegister' }
const largestRead = { bits: 2_000, words: 125 }
const largestWrite = 123

/** Answers one PDU (Modbus Application Protocol 1.1b3, 6.1–6.4, 6.6, 6.12): FC 01–04, 06 and 16; any other is an illegal function. */
export function answerRequest(pdu: Buffer, bank: RegisterBank): Answer {
  const code = pdu[0]!
  const space = readFunctions[code]
  const name = `FC${String(code).padStart(2, '0')}`
  if (space) return answerRead(pdu, name, space, bank)
  if (code === 6) return answerWrite(pdu, name, pdu.length === 5 ? [pdu.readUInt16BE(3)] : null, bank)
  if (code === 16) return answerWrite(pdu, name, wordsOf(pdu), bank)
  return refuse(code, name, exceptions.illegalFunction, 'this function is not offered')
}

function answerRead(pdu: Buffer, name: string, space: RegisterSpace, bank: RegisterBank): Answer {
  if (pdu.length !== 5) return malformed(pdu[0]!, name, `${pdu.length} bytes instead of 5`)
  const [address, count] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)]
  const areBits = space === 'coil' || space === 'discreteInput'
  const summary = `${name} ${space} ${address}+${count}`
  if (count < 1 || count > (areBits ? largestRead.bits : largestRead.words)) return malformed(pdu[0]!, summary, `a count of ${count}`)
  const values = bank.read(space, address, count)
  if (!values) return refuse(pdu[0]!, summary, exceptions.illegalAddress, 'there is no such address')
  const data = Buffer.alloc(areBits ? Math.ceil(count / 8) : 2 * count)
  for (const [i, value] of values.entries()) {
    if (areBits) data[i >> 3]! |= value << (i & 7)
    else data.writeUInt16BE(value, 2 * i)
  }
  return { pdu: Buffer.concat([Buffer.from([pdu[0]!, data.length]), data]), summary, refusal: null, isMalformed: false }
}

function answerWrite(pdu: Buffer, name: string, values: readonly number[] | null, bank: RegisterBank): Answer {
  if (!values) return malformed(pdu[0]!, name, 'its length and its counts do not agree')
  const address = pdu.readUInt16BE(1)
  const summary = `${name} holdingRegister ${address} := ${values.join(' ')}`
  const refusal = bank.write(address, values)
  return refusal ? refuse(pdu[0]!, summary, refusal.exception, refusal.why) : { pdu: Buffer.from(pdu.subarray(0, 5)), summary, refusal: null, isMalformed: false }
}

function wordsOf(pdu: Buffer): readonly number[] | null {
  if (pdu.length < 8) return null
  const count = pdu.readUInt16BE(3)
  if (count < 1 || count > largestWrite || pdu[5] !== 2 * count || pdu.length !== 6 + 2 * count) return null
  return Array.from({ length: count }, (_, i) => pdu.readUInt16BE(6 + 2 * i))
}

export const refuse = (code: number, summary: string, exception: Exception, why: string): Answer => ({
  pdu: Buffer.from([code | 0x80, exception]), summary, refusal: { exception, why }, isMalformed: false,
})

const malformed = (code: number, summary: string, why: string): Answer => ({ ...refuse(code, summary, exceptions.illegalValue, why), isMalformed: true })
