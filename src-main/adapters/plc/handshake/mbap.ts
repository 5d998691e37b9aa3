/** MODBUS Messaging on TCP/IP 1.0b, 3.1.3: transaction, protocol (0), length of what follows, unit. */
export interface ModbusFrame {
  readonly transaction: number
  readonly unit: number
  /** Function code and data: [1…253] bytes. */
  readonly pdu: Buffer
}

const headerBytes = 7
const lengthEndsAt = 6
/** A PDU has at most 253 bytes, and the length counts the unit as well. */
const largestLength = 254

/**
 * Cuts a stream into frames, however TCP has split it. `push` gives the frames that are complete by now, or why the stream makes no
 * sense; there is no way to find the next frame then.
 */
export function mbapReader(): (chunk: Buffer) => { readonly frames: readonly ModbusFrame[]; readonly garbage: string | null } {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const frames: ModbusFrame[] = []
    while (rest.length >= lengthEndsAt) {
      const [protocol, length] = [rest.readUInt16BE(2), rest.readUInt16BE(4)]
      if (protocol !== 0) return { frames, garbage: `protocol ${protocol} is not Modbus` }
      if (length < 2 || length > largestLength) return { frames, garbage: `a length of ${length} bytes` }
      const end = lengthEndsAt + length
      if (rest.length < end) break
      frames.push({ transaction: rest.readUInt16BE(0), unit: rest[6]!, pdu: rest.subarray(headerBytes, end) })
      rest = rest.subarray(end)
    }
    return { frames, garbage: null }
  }
}

/** The frame of a reply, header and all. */
export function writeMbap({ transaction, unit, pdu }: ModbusFrame): Buffer {
  const frame = Buffer.alloc(headerBytes + pdu.length)
  frame.writeUInt16BE(transaction, 0)
  frame.writeUInt16BE(pdu.length + 1, 4)
  frame[6] = unit
  pdu.copy(frame, headerBytes)
  return frame
}
