import canonicalize from 'canonicalize'

/**
 * The one JSON text of a value (RFC 8785): the same value gives the same bytes, and so the same hash, on every machine.
 * Properties that are undefined are left out. Throws on what JSON cannot say without loss: NaN, infinities, lone surrogates,
 * cycles, undefined inside an array, functions, typed arrays, maps, dates.
 */
export function canonicalJson(value: unknown): string {
  refuseTheUnsayable(value, '$')
  return canonicalize(value)!
}

/** The library turns a typed array into an object and a hole into null without a word; evidence must not change silently. */
function refuseTheUnsayable(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) refuseTheUnsayable(value[i], `${path}[${i}]`)
    return
  }
  if (typeof value !== 'object' || !isPlain(value)) throw new TypeError(`canonical JSON has no way to say ${Object.prototype.toString.call(value)} at ${path}`)
  for (const [key, item] of Object.entries(value)) if (item !== undefined) refuseTheUnsayable(item, `${path}.${key}`)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
