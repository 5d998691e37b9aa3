const counterLimit = 0x1000

/**
 * UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then a 12-bit counter (6.2, method 1), then 62 random bits. Identifiers
 * of one process sort in the order they were made, also within a millisecond and when the wall clock steps back.
 */
export function timeOrderedId(unixMs: () => number, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): () => string {
  let latestMs = 0
  let counter = 0
  return () => {
    const bytes = new Uint8Array(16)
    fillRandom(bytes)
    const nowMs = unixMs()
    if (nowMs > latestMs) {
      latestMs = nowMs
      // Half the counter's range stays free, so that it rarely runs over within a millisecond.
      counter = ((bytes[6]! & 0x07) << 8) | bytes[7]!
    } else if (++counter === counterLimit) {
      latestMs += 1
      counter = 0
    }
    const view = new DataView(bytes.buffer)
    view.setUint32(0, Math.floor(latestMs / 0x10000))
    view.setUint16(4, latestMs % 0x10000)
    view.setUint16(6, 0x7000 | counter)
    bytes[8] = 0x80 | (bytes[8]! & 0x3f)
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}
