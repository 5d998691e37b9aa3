import { expect, test } from 'vitest'
import { manualNumber } from '../../../src-main/domain/manualNumber.ts'
import { parsePlcTarget } from '../../../src-main/adapters/plc/plcTarget.ts'
import { isDevicePath, isHost, isIpv4, kindOf, isLineList, readGpio, readListen, readSerial, readTarget, serialDefaults, writeGpio, writeListen, writeSerial, writeTarget } from '../../../src-renderer/wizard/outputs/plcAddress.ts'

test.each([
  [{ host: '192.168.0.10', port: 502, unit: 1 }, 'tcp://192.168.0.10:502'],
  [{ host: 'plc.local', port: 1502, unit: 3 }, 'tcp://plc.local:1502/3'],
  [{ host: '[fe80::1]', port: 502, unit: 1 }, 'tcp://[fe80::1]:502'],
])('%o is %s, and back', (address, target) => {
  expect(writeTarget(address)).toBe(target)
  expect(readTarget(target)).toEqual(address)
})

test('GPIO lines come back as they were written, and a list of them is judged as it is typed', () => {
  expect(readGpio(writeGpio({ chip: 'gpiochip0', inputs: [4, 17] }))).toEqual({ chip: 'gpiochip0', inputs: [4, 17] })
  expect(readGpio(writeGpio({ chip: 'gpiochip1', inputs: [] }))).toEqual({ chip: 'gpiochip1', inputs: [] })
  expect(['', '4', '4, 17'].every(isLineList)).toBe(true)
  expect(['a', '4,', '4 17'].some(isLineList)).toBe(false)
})

test('a serial line and a server come back as they were written', () => {
  const serial = { ...serialDefaults, path: '/dev/ttyUSB0', parity: 'none' as const, unit: 7 }
  expect(readSerial(writeSerial(serial))).toEqual(serial)
  const server = { host: '192.168.0.5', port: 1502, unit: 2, allow: ['192.168.0.10', '192.168.0.11'] }
  expect(readListen(writeListen(server))).toEqual(server)
})

test.each([writeTarget({ host: '10.0.0.1', port: 502, unit: 1 }), writeSerial({ ...serialDefaults, path: '/dev/ttyS0' }), writeListen({ host: '10.0.0.2', port: 502, unit: 1, allow: ['10.0.0.1'] }), writeGpio({ chip: 'gpiochip0', inputs: [4, 17] }), writeGpio({ chip: 'gpiochip0', inputs: [] }), 'simulated'])('%s is a target for the main process', (target) => {
  expect(parsePlcTarget(target).ok).toBe(true)
})

test.each([['simulated', 'simulated'], ['tcp://a:502', 'tcp'], ['rtu:///dev/ttyS0', 'rtu'], ['listen://10.0.0.1:502?allow=10.0.0.2', 'listen']])('%s is of the kind %s', (target, kind) => {
  expect(kindOf(target)).toBe(kind)
  if (kind !== 'tcp') expect(readTarget(target)).toBeUndefined()
})

test('hosts, addresses and paths are judged as they are typed', () => {
  expect(['plc', '10.0.0.1', '[::1]', 'a-b.c'].every(isHost)).toBe(true)
  expect(['', 'a b', '-x', 'x/y'].some(isHost)).toBe(false)
  expect(isIpv4('192.168.0.255')).toBe(true)
  expect(['192.168.0.256', '10.0.0', 'plc.local'].some(isIpv4)).toBe(false)
  expect(isDevicePath('/dev/ttyUSB0')).toBe(true)
  expect(['ttyUSB0', '/dev/tty?x'].some(isDevicePath)).toBe(false)
})

test.each([['coil', 0, '00001'], ['coil', 9_998, '09999'], ['coil', 9_999, '010000'], ['discreteInput', 4, '10005'], ['inputRegister', 0, '30001'], ['holdingRegister', 103, '40104'], ['holdingRegister', 65_535, '465536']] as const)('%s %i is %s in the manual', (space, address, number) => {
  expect(manualNumber(space, address)).toBe(number)
})
