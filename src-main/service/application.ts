import type { Router } from '@orpc/server'
import type { Contract } from '../../src-preload/contract/contract.ts'
import type { Person } from '../domain/person.ts'
import type { Role } from '../domain/role.ts'
import type { StationMode } from '../domain/station.ts'

/** One open connection: a window, a browser tab. What a sign-in changes lives here and goes with it. */
export interface Session {
  /** What the caller may do now; signing in and out write it. */
  role: Role
  /** Who signed in; null: nobody did. */
  person: Person | null
  /** The connection is gone. Called once. */
  end(): void
}

/** Who an audit entry names. */
export const actorOf = ({ person }: Pick<Session, 'person'>): string => person?.name ?? 'nobody signed in'

/** What `dispatch` knows of the caller and of the program; the hosts give it with every connection. */
export interface CallContext {
  readonly session: Session
  readonly application: Pick<Application, 'mode' | 'onBug'>
}

/** The program without a way in: what a host needs in order to open one. `hosts/compose.ts` builds it. */
export interface Application {
  /** The handlers, bare: `guardRouter` puts `dispatch` in front of them, so no host can serve one without it. */
  readonly router: Router<Contract, CallContext>
  /** A fresh session, with the role that needs no sign-in. */
  newSession(): Session
  mode(): StationMode
  /** Something threw that must not throw: outputs go safe, and the log hears of it. Never throws. */
  onBug(error: unknown): void
  /** Makes the outputs safe, finishes what is being written and ends every helper. Resolves once; calling again is harmless. */
  close(): Promise<void>
}

export interface ApplicationOptions {
  /** Everything this station keeps: recipes, models, evidence, settings. Made when it does not exist. */
  readonly dataDir: string
  /** Start with the simulated station, commissioned or not, so that there is something to see. */
  readonly isDemo: boolean
}
