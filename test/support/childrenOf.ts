import { readFileSync } from 'node:fs'

/** Process ids of a process's children, oldest first (Linux). */
export const childrenOf = (pid: number): readonly number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

export const ownChildren = (): readonly number[] => childrenOf(process.pid)

/** Resident memory of a process in MB (Linux). */
export const residentMb = (pid: number): number => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6
