/** Least first: each may do what those before it may. */
export const roles = ['operator', 'technician', 'engineer'] as const
export type Role = (typeof roles)[number]

export const mayActAs = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed)
