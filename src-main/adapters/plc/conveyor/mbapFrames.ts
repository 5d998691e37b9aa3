/** Longest Modbus TCP frame: 7 bytes of header and 253 of request or reply (Modbus Messaging on TCP/IP 1.0b, 4.2). */
const longestFrame = 260
const lengthEndsAt = 6

/** Cuts a TCP stream into Modbus frames; `undefined` when what came can be none. The function is called with every chunk. */
export function mbapFrames(): (chunk: Buffer) => readonly Buffer[] | undefined {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const frames: Buffer[] = []
    while (rest.length >= lengthEndsAt) {
      const end = lengthEndsAt + rest.readUInt16BE(4)
      if (end > longestFrame || end < lengthEndsAt + 2 || rest.readUInt16BE(2) !== 0) return undefined
      if (rest.length < end) break
      frames.push(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
    return frames
  }
}
