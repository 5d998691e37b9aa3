import { implement, type Router } from '@orpc/server'
import { contract, type Contract } from '../../src-preload/contract/contract.ts'
import type { Application, CallContext, Session } from '../../src-main/service/application.ts'
import type { Role } from '../../src-main/domain/role.ts'
import type { StationMode } from '../../src-main/domain/station.ts'

export interface HandlerCall {
  readonly input: never
  readonly context: CallContext
  readonly signal?: AbortSignal
}
export type Handlers = Readonly<Record<string, (call: HandlerCall) => unknown>>

export interface TestApplication extends Application {
  readonly sessions: (Session & { ended: boolean })[]
  readonly bugs: unknown[]
  readonly closed: () => boolean
}

/** An application of nothing but the handlers a test names (`'session.view'`); every other procedure throws. */
export function testApplication(handlers: Handlers, situation: { role?: Role; mode?: StationMode } = {}): TestApplication {
  const sessions: TestApplication['sessions'] = []
  const bugs: unknown[] = []
  let closed = false
  return {
    router: routerOf(handlers),
    sessions,
    bugs,
    closed: () => closed,
    mode: () => situation.mode ?? 'empty',
    onBug: (error) => { bugs.push(error) },
    newSession() {
      const session = { person: null, role: situation.role ?? 'operator', ended: false, end: () => { session.ended = true } }
      sessions.push(session)
      return session
    },
    close: () => { closed = true; return Promise.resolve() },
  }
}

interface AnyImplementer { handler(run: (call: HandlerCall) => unknown): unknown; readonly [name: string]: unknown }

function routerOf(handlers: Handlers): Router<Contract, CallContext> {
  const bare = implement(contract).$context<CallContext>() as unknown as AnyImplementer
  const build = (node: object, implementer: AnyImplementer, path: readonly string[]): unknown => {
    if ('~orpc' in node) {
      const name = path.join('.')
      return implementer.handler((call) => {
        const run = handlers[name]
        if (!run) throw new Error(`the test gave no handler for ${name}`)
        return run(call)
      })
    }
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, build(child as object, implementer[key] as AnyImplementer, [...path, key])]))
  }
  return build(contract, bare, []) as Router<Contract, CallContext>
}
