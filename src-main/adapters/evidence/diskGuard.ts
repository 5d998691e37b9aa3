import { rmSync, statfsSync, statSync } from 'node:fs'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { syncDirectory, writeDurably } from './durableFile.ts'
import { attempt } from './storageFault.ts'
import type { StoreLayout } from './storeLayout.ts'

export interface DiskLimits {
  /** No part is recorded when it would leave less than this free. */
  readonly freeBytesFloor: number
  /** Set aside in a file, for what must still be written when others have filled the disk: receipts, audit entries, documents. */
  readonly ballastBytes: number
}

export const defaultDiskLimits: DiskLimits = { freeBytesFloor: 256 * 1024 * 1024, ballastBytes: 32 * 1024 * 1024 }

/** Watches the free space of the data directory. On a full disk even deleting from a database fails; only a file that is there to be removed helps. */
export function diskGuard(layout: StoreLayout, { freeBytesFloor, ballastBytes }: DiskLimits) {
  let latestPartBytes = 1
  let isLaid = statSync(layout.ballast, { throwIfNoEntry: false })?.size === ballastBytes

  const freeBytes = (): number => {
    const disk = statfsSync(layout.directory)
    return disk.bavail * disk.bsize
  }
  /** What may still be recorded; the ballast comes first. */
  const roomBytes = (): number => freeBytes() - freeBytesFloor - (isLaid ? 0 : ballastBytes)
  const lay = (): void => {
    if (!isLaid) writeDurably(layout.ballast, new Uint8Array(ballastBytes))
    isLaid = true
  }
  // Now rather than with the first part: writing it takes a while.
  if (roomBytes() > 0) lay()

  return {
    freeBytes,
    roomBytes: () => Math.max(0, roomBytes()),
    /** Whether the next part, if it is like the latest one, would be refused. */
    isFull: () => roomBytes() < latestPartBytes,
    walBytes: () => statSync(layout.writeAheadLog, { throwIfNoEntry: false })?.size ?? 0,

    /** evidence/diskFull unless a part of this size may be written; lays the ballast again once there is room for it. */
    claim(bytes: number): Result<void> {
      latestPartBytes = bytes
      if (roomBytes() < bytes) return fail(fault('evidence/diskFull', `a part of ${bytes} bytes would reach into the reserve`, { measured: freeBytes(), limit: freeBytesFloor }))
      lay()
      return succeed(undefined)
    },

    /** Runs a small write that must not fail for want of room, at the price of the ballast. */
    insist<T>(write: () => Result<T>): Result<T> {
      const first = attempt(write)
      if (first.ok || first.fault.code !== 'evidence/diskFull' || !isLaid) return first
      rmSync(layout.ballast)
      syncDirectory(layout.directory)
      isLaid = false
      return attempt(write)
    },
  }
}

export type DiskGuard = ReturnType<typeof diskGuard>
