import { readFileSync } from 'node:fs'

/** Process ids of this process's children, oldest first (Linux). */
export const ownChildren = (): readonly number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** Resident memory of a process in MB (Linux). */
export const residentMb = (pid: number): number => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6
