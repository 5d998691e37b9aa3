import { describe, expect, it } from 'vitest'
import { parsePlcTarget } from '../../../src-main/adapters/plc/plcTarget.ts'

describe('parsePlcTarget', () => {
  it.each([
    ['simulated', { kind: 'simulated' }],
    ['tcp://127.0.0.1:5020', { kind: 'modbusTcp', host: '127.0.0.1', port: 5020, unit: 1 }],
    ['tcp://plc-3.line2:502/7', { kind: 'modbusTcp', host: 'plc-3.line2', port: 502, unit: 7 }],
    ['tcp://plc:502/', { kind: 'modbusTcp', host: 'plc', port: 502, unit: 1 }],
    ['tcp://[fe80::1]:502/255', { kind: 'modbusTcp', host: 'fe80::1', port: 502, unit: 255 }],
    ['gpio://gpiochip0', { kind: 'gpio', chip: 'gpiochip0', inputs: [] }],
    ['gpio://gpiochip1?inputs=4,17,4', { kind: 'gpio', chip: 'gpiochip1', inputs: [4, 17] }],
    ['rtu:///dev/ttyUSB0', { kind: 'modbusRtu', path: '/dev/ttyUSB0', baud: 19_200, parity: 'even', stopBits: 1, unit: 1 }],
    ['rtu:///dev/serial/by-id/x?baud=9600&parity=none&stop=2&unit=17', { kind: 'modbusRtu', path: '/dev/serial/by-id/x', baud: 9_600, parity: 'none', stopBits: 2, unit: 17 }],
    ['listen://192.168.0.2:502?allow=192.168.0.10', { kind: 'modbusServer', host: '192.168.0.2', port: 502, unit: 1, allow: ['192.168.0.10'] }],
    ['listen://[::1]:5020/?allow=192.168.0.10,fe80::7&unit=3', { kind: 'modbusServer', host: '::1', port: 5_020, unit: 3, allow: ['192.168.0.10', 'fe80::7'] }],
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
    ['gpio://', 'gpio://CHIP'],
    ['gpio:///dev/gpiochip0', 'gpio://CHIP'],
    ['gpio://gpiochip0?inputs=a', 'gpio://CHIP'],
    ['gpio://gpiochip0?outputs=1', 'gpio://CHIP'],
    ['rtu://ttyUSB0', 'the path'],
    ['rtu:///dev/ttyUSB0?speed=1', '"speed" is none of'],
    ['rtu:///dev/ttyUSB0?baud=fast', 'baud fast'],
    ['rtu:///dev/ttyUSB0?parity=mark', 'parity mark'],
    ['rtu:///dev/ttyUSB0?stop=3', 'stop 3'],
    ['rtu:///dev/ttyUSB0?unit=0', 'unit 0'],
    ['listen://192.168.0.2', 'it is not "listen'],
    ['listen://0.0.0.0:502?allow=192.168.0.10', '0.0.0.0 is not the IP address of one interface'],
    ['listen://plc:502?allow=192.168.0.10', 'plc is not the IP address'],
    ['listen://192.168.0.2:502', 'it names no client'],
    ['listen://192.168.0.2:502?allow=plc', '"plc" is not the IP address of a client'],
    ['listen://192.168.0.2:502?allow=192.168.0.10&unit=0', 'unit 0'],
    ['listen://192.168.0.2:502?any=1', '"any" is none of'],
    ['listen://192.168.0.2:0?allow=192.168.0.10', 'port 0'],
  ])('says what is wrong with "%s"', (text, why) => {
    const target = parsePlcTarget(text)
    expect(target).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
    expect(!target.ok && target.fault.detail).toContain(why)
  })
})
