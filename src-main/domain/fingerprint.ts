/**
 * A short name for a plain value, the same for equal values whatever the order of their keys: FNV-1a, 2 × 32 bits (Fowler, Noll, Vo).
 * For noticing change, not for security; files that must be trusted are named by SHA-256.
 */
export function fingerprintOf(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'undefined'
  return hash32(text, 0x811c9dc5) + hash32(text, 0x050c5d1f)
}

function hash32(text: string, seed: number): string {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
