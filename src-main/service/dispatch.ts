import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { implement, ORPCError, os, ValidationError, type Router } from '@orpc/server'
import { contract, type Access, type Contract } from '../../src-preload/contract/contract.ts'
import { fault, type Fault } from '../domain/fault.ts'
import { fail } from '../domain/result.ts'
import { mayActAs, type Role } from '../domain/role.ts'
import type { StationMode } from '../domain/station.ts'
import type { CallContext } from './application.ts'

/**
 * Puts the one door in front of every procedure: role, then the station's mode, then the schema of the input, then the handler,
 * then the schema of the output. Whatever is refused or goes wrong is answered as `{ok: false, fault}`, never thrown; a stream,
 * which cannot answer that way, ends with the typed error `REFUSED` that carries the same fault.
 * Role and mode come first: who may not ask learns nothing about what an answer would have needed.
 */
export const guardRouter = (router: Router<Contract, CallContext>): Router<Contract, CallContext> =>
  implement(contract).$context<CallContext>().use(dispatch).router(router)

const dispatch = os.$context<CallContext>().middleware<Record<never, never>, unknown>(async (call, input: unknown, output) => {
  const { application, session } = call.context
  const { inputSchema, outputSchema, meta } = call.procedure['~orpc']
  const isStream = getEventIteratorSchemaDetails(outputSchema) !== undefined
  const refuse = (why: Fault) => {
    if (isStream) throw new ORPCError('REFUSED', { data: why })
    return output(fail(why))
  }

  const name = call.path.join('.')
  const denied = denyAccess(name, meta, session.role, application.mode())
  if (denied) return refuse(denied)
  if (!inputSchema && input !== undefined) return refuse(fault('request/invalid', `${name} takes no input`))
  try {
    // Validation of input and output happens inside `next`, because this is the first middleware and oRPC validates after the last.
    const answer = await call.next()
    return isStream ? output(guardStream(answer.output as AsyncIterable<unknown>, application, call.signal)) : answer
  } catch (error) {
    return refuse(explain(error, input, application, call.signal))
  }
})

function denyAccess(name: string, access: Partial<Access>, role: Role, mode: StationMode): Fault | undefined {
  if (!access.role || !access.modes) return fault('request/notAllowed', `${name} does not say who may call it`)
  if (!mayActAs(role, access.role)) return fault('request/notAllowed', `${name} needs the role ${access.role}, and this is ${role}`)
  if (access.modes !== 'any' && !access.modes.some((allowed) => allowed === mode)) {
    return fault('request/wrongMode', `${name} means something while ${access.modes.join(' or ')}, and the station is ${mode}`)
  }
  return undefined
}

async function* guardStream(events: AsyncIterable<unknown>, application: CallContext['application'], signal: AbortSignal | undefined) {
  try {
    yield* events
  } catch (error) {
    throw new ORPCError('REFUSED', { data: explain(error, undefined, application, signal) })
  }
}

/** A caller's mistake is told to the caller; one that went away is told nothing; anything else is a bug, and outputs go safe. */
function explain(error: unknown, input: unknown, application: CallContext['application'], signal: AbortSignal | undefined): Fault {
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError && error.cause.data === input) {
    return fault('request/invalid', error.cause.issues.map(nameIssue).join('; '))
  }
  if (signal?.aborted && isAbort(error, signal)) return fault('station/interrupted', 'the caller went away')
  application.onBug(error)
  return fault('station/bug', error instanceof Error ? error.message : String(error))
}

const isAbort = (error: unknown, signal: AbortSignal): boolean =>
  error === signal.reason || (error instanceof Error && error.name === 'AbortError')

function nameIssue(issue: ValidationError['issues'][number]): string {
  const field = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return `${field || 'input'}: ${issue.message}`
}
