/**
 * CRC-16/MODBUS (Modbus over Serial Line 1.02, 6.2.2): polynomial 0x8005 reflected (0xA001), begins with 0xFFFF, nothing inverted.
 * "123456789" gives 0x4B37.
 */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}
