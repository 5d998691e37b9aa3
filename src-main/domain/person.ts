import type { Role } from './role.ts'

/** Somebody who may act on this station. Audit entries and signatures carry the name, so a person who leaves is not forgotten. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly role: Role
}
