import { describe, expect, it } from 'vitest'
import { parsePlcTarget } from '../../../src-main/adapters/plc/plcTarget.ts'

describe('parsePlcTarget', () => {
  it.each([
    ['simulated', { kind: 'simulated' }],
    ['tcp://127.0.0.1:5020', { kind: 'modbusTcp', host: '127.0.0.1', port: 5020, unit: 1 }],
    ['tcp://plc-3.line2:502/7', { kind: 'modbusTcp', host: 'plc-3.line2', port: 502, unit: 7 }],
    ['tcp://plc:502/', { kind: 'modbusTcp', host: 'plc', port: 502, unit: 1 }],
    ['tcp://[fe80::1]:502/255', { kind: 'modbusTcp', host: 'fe80::1', port: 502, unit: 255 }],
  ])('reads %s', (text, target) => {
    expect(parsePlcTarget(text)).toEqual({ ok: true, value: target })
  })

  it.each([
    ['', 'neither'],
    ['Simulated', 'neither'],
    ['modbus://plc:502', 'neither'],
    ['tcp://', 'neither'],
    ['tcp://user@plc:502', 'neither'],
    ['tcp://plc:502/one', 'neither'],
    ['tcp://fe80::1:502', 'neither'],
    ['tcp://plc', 'the port is missing'],
    ['tcp://plc:0', 'port 0'],
    ['tcp://plc:70000', 'port 70000'],
    ['tcp://plc:502/256', 'unit 256'],
  ])('says what is wrong with "%s"', (text, why) => {
    const target = parsePlcTarget(text)
    expect(target).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
    expect(!target.ok && target.fault.detail).toContain(why)
  })
})
