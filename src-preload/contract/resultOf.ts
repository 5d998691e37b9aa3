import { z } from 'zod'
import { faultCodes } from '../../src-main/domain/fault.ts'

export const Fault = z.object({
  code: z.enum(faultCodes),
  detail: z.string(),
  measured: z.number().optional(),
  limit: z.number().optional(),
})

/** What every command and query answers; nothing is thrown across the door. */
export const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), fault: Fault })])

export const Done = resultOf(z.null())
