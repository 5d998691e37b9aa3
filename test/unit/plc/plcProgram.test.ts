import { describe, expect, it } from 'vitest'
import { plcProgram, type PlcAnswer } from '../../../src-main/adapters/plc/conveyor/plcProgram.ts'
import { controlBits, controlRegisters, firstResultRegister, imageCrc, protocolVersion, resultCodes, resultRegisterCount, resultRegisters, statusBits, type ResultRegister, type StatusBit } from '../../../src-main/adapters/plc/handshake/registerMap.ts'

const settings = { deadlineMs: 100, ackWithinMs: 50, giveUpAfterMs: 300, resetAfterMs: 100, gateCounts: { from: 40, to: 60 } }
const eyes = { reject: 0, exit: 0 }

/** Registers 100–119 as a station would show them. */
function image(words: Partial<Record<ResultRegister, number>>, ...bits: readonly StatusBit[]): number[] {
  const registers = new Array<number>(resultRegisterCount).fill(0)
  const status = bits.reduce((word, bit) => word | (1 << statusBits[bit]), 0)
  for (const [name, value] of Object.entries({ bootId: 7, protocolVersion, status, ...words })) registers[resultRegisters[name as ResultRegister] - firstResultRegister] = value
  registers[resultRegisters.crc - firstResultRegister] = imageCrc(registers)
  return registers
}

/** A program that has part 12 triggered at 1,000 ms and encoder count 0, and its trigger acknowledged. */
function asked() {
  const program = plcProgram(settings)
  const answers: PlcAnswer[] = []
  program.onAnswer((answer) => answers.push(answer))
  const isSet = (registers: readonly number[], bit: keyof typeof controlBits): boolean => ((registers[controlRegisters.control]! >> controlBits[bit]) & 1) === 1
  program.scan(990, 0, image({ heartbeat: 1 }, 'ready'), eyes)
  program.arrive(12, 0, 1_000)
  const triggered = program.scan(1_001, 1, null, eyes)
  program.scan(1_005, 5, image({ heartbeat: 1 }, 'triggerAck'), eyes)
  return { program, answers, isSet, triggered, partId: triggered[controlRegisters.partId]! }
}

const verdictOf = (answers: readonly PlcAnswer[]): unknown => answers.map(({ part, verdict }) => [part, verdict])

describe('the PLC of the simulated line', () => {
  it('asks, takes a PASS and opens the gate for that part alone', () => {
    const { program, answers, isSet, triggered, partId } = asked()
    expect(isSet(triggered, 'trigger')).toBe(true)
    const acking = program.scan(1_030, 30, image({ heartbeat: 2, partIdEcho: partId, result: resultCodes.pass }, 'resultValid'), eyes)
    expect(isSet(acking, 'trigger')).toBe(false)
    expect(isSet(acking, 'resultAck')).toBe(true)
    expect(program.permits).toBe(false)
    const rested = program.scan(1_032, 45, image({ heartbeat: 2 }), eyes)
    expect(isSet(rested, 'resultAck')).toBe(false)
    expect(program.permits).toBe(true)
    program.scan(1_060, 60, null, eyes)
    expect(program.permits).toBe(false)
    expect(program.isAtRest).toBe(true)
    expect(verdictOf(answers)).toEqual([[12, 'pass']])
  })

  it.each([
    ['of another part', { partIdEcho: 99 }, [], 1_030, []],
    ['after its deadline', {}, [], 1_101, [[12, 'late']]],
    ['that the station itself calls late', {}, ['late'], 1_030, [[12, 'late']]],
    ['of a station that was started anew', { bootId: 8 }, [], 1_030, [[12, 'otherBoot']]],
    ['that is a reject', { result: resultCodes.reject }, [], 1_030, [[12, 'reject']]],
    ['that is no known code', { result: 0xffff }, [], 1_030, [[12, 'noDecision']]],
  ] as const)('a result %s opens nothing', (_, words, bits, atMs, expected) => {
    const { program, answers, partId } = asked()
    program.scan(atMs, 30, image({ heartbeat: 2, partIdEcho: partId, result: resultCodes.pass, ...words }, 'resultValid', ...bits), eyes)
    program.scan(atMs + 1, 45, image({ heartbeat: 2 }), eyes)
    expect(program.permits).toBe(false)
    expect(verdictOf(answers)).toEqual(expected)
  })

  it('a picture of the registers that does not agree with its CRC is not believed', () => {
    const { program, answers, partId } = asked()
    const torn = image({ heartbeat: 2, partIdEcho: partId, result: resultCodes.reject }, 'resultValid')
    torn[resultRegisters.result - firstResultRegister] = resultCodes.pass
    program.scan(1_030, 30, torn, eyes)
    expect(answers).toEqual([])
  })

  it('a PASS counts for nothing when the heartbeat has stood still since', () => {
    const { program, partId } = asked()
    program.scan(1_030, 30, image({ heartbeat: 2, partIdEcho: partId, result: resultCodes.pass }, 'resultValid'), eyes)
    program.scan(1_531, 45, image({ heartbeat: 2 }), eyes)
    expect(program.permits).toBe(false)
  })

  it('a heartbeat that was never seen to move is none', () => {
    const { program, answers, partId } = asked()
    program.scan(1_030, 30, image({ heartbeat: 1, partIdEcho: partId, result: resultCodes.pass }, 'resultValid'), eyes)
    expect(verdictOf(answers)).toEqual([[12, 'staleStation']])
  })

  it('a trigger without ack and a part without result end as rejects, and the PLC goes on', () => {
    const { program, answers } = asked()
    program.scan(1_301, 100, image({ heartbeat: 2 }), eyes)
    program.arrive(13, 100, 2_000)
    program.arrive(14, 101, 2_001)
    program.scan(2_051, 110, null, eyes)
    expect(program.isAtRest).toBe(true)
    expect(verdictOf(answers)).toEqual([[12, 'noResult'], [14, 'busy'], [13, 'noAck']])
  })
})
