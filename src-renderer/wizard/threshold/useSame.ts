import { useState } from 'react'

/** The earlier object while its content stays the same: each saved action brings a whole new view, most of it as before. */
export function useSame<T>(value: T): T {
  const [held, hold] = useState(value)
  if (held === value) return held
  if (JSON.stringify(held) === JSON.stringify(value)) return held
  hold(value)
  return value
}
