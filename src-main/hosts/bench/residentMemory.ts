import { readFile } from 'node:fs/promises'

const pageBytes = 4096

/** Resident memory of this process and of its helpers together, in MB; null where the system does not tell (only Linux does). */
export async function residentMemoryMb(): Promise<number | null> {
  try {
    const children = (await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')).split(' ').filter(Boolean)
    const pages = await Promise.all([process.pid, ...children].map(async (pid) => Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])))
    return (pageBytes * pages.reduce((sum, one) => sum + one, 0)) / 1e6
  } catch {
    return null
  }
}
