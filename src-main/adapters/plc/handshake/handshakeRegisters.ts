import type { RegisterRow } from '../../../domain/lineSignals.ts'
import { exceptions, type RegisterBank } from './answerRequest.ts'
import { isPlcFresh, type Handshake } from './handshakeState.ts'
import type { ModbusClient } from './modbusServer.ts'
import { controlRegisterCount, controlRegisters, diagnosticRegisters, firstDiagnosticRegister, firstResultRegister, resultRegisters } from './registerMap.ts'
import { diagnosticImage, registerImage } from './registerImage.ts'
import type { RunningHandshake } from './runHandshake.ts'

type ServerCounts = Parameters<typeof diagnosticImage>[1]

/** The handshake's registers as Modbus clients see them, of whom one controls. */
export interface HandshakeRegisters {
  bankFor(client: ModbusClient): RegisterBank
  readonly controller: ModbusClient | undefined
  gone(client: ModbusClient): void
  rows(): readonly RegisterRow[]
}

export function handshakeRegisters(handshake: RunningHandshake, countsOf: () => Omit<ServerCounts, 'refusedWrites'>): HandshakeRegisters {
  let controller: ModbusClient | undefined
  let refusedWrites = 0

  const diagnostics = (state: Handshake): Uint16Array => diagnosticImage(state, { ...countsOf(), refusedWrites })

  function refusalOf(client: ModbusClient, address: number, count: number): ReturnType<RegisterBank['write']> {
    if (address + count > controlRegisterCount) return { exception: exceptions.illegalAddress, why: `only registers 0–${controlRegisterCount - 1} may be written` }
    return controller && controller !== client && isPlcFresh(handshake.now()) ? { exception: exceptions.deviceBusy, why: `${controller.name} controls` } : null
  }

  /** A controller whose heartbeat stands still has gone, whatever its connection looks like. */
  function takeOver(client: ModbusClient): void {
    if (controller === client) return
    const former = controller
    controller = client
    former?.drop()
  }

  return {
    get controller() { return controller },
    bankFor: (client) => ({
      read(space, address, count) {
        const state = handshake.now()
        const words = (first: number, image: ArrayLike<number>): readonly number[] | null =>
          address >= first && address + count <= first + image.length ? Array.from({ length: count }, (_, i) => image[address - first + i]!) : null
        switch (space) {
          case 'holdingRegister': return words(0, state.control) ?? words(firstResultRegister, registerImage(state))
          case 'inputRegister': return words(firstResultRegister, registerImage(state)) ?? words(firstDiagnosticRegister, diagnostics(state))
          case 'coil': return words(0, bitsOf(state.control[0]!))
          case 'discreteInput': return words(0, bitsOf(registerImage(state)[0]!))
        }
      },
      write(address, values) {
        const refusal = refusalOf(client, address, values.length)
        if (refusal) {
          refusedWrites++
          return refusal
        }
        takeOver(client)
        handshake.apply({ kind: 'written', start: address, values })
        return null
      },
    }),
    gone(client) {
      if (client !== controller) return
      controller = undefined
      handshake.apply({ kind: 'controllerLost' })
    },
    rows() {
      const state = handshake.now()
      const row = (space: RegisterRow['space'], addresses: Readonly<Record<string, number>>, first: number, image: ArrayLike<number>): RegisterRow[] =>
        Object.entries(addresses).map(([name, address]) => ({ space, address, name, value: image[address - first]!, canForce: false }))
      return [
        ...row('holdingRegister', controlRegisters, 0, state.control),
        ...row('holdingRegister', resultRegisters, firstResultRegister, registerImage(state)),
        ...row('inputRegister', diagnosticRegisters, firstDiagnosticRegister, diagnostics(state)),
      ]
    },
  }
}

const bitsOf = (word: number): readonly number[] => Array.from({ length: 16 }, (_, bit) => (word >> bit) & 1)
