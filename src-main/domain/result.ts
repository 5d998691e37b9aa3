import type { Fault } from './fault.ts'

/** Expected trouble is a value: every call that can fail on the floor returns one of these two. Bugs throw. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (fault: Fault): Result<never> => ({ ok: false, fault })
