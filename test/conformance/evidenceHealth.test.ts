import { describe, expect, it } from 'vitest'
import type { DiskGuard } from '../../src-main/adapters/evidence/diskGuard.ts'
import { storeHealth } from '../../src-main/adapters/evidence/storeHealth.ts'
import { fault, type FaultCode } from '../../src-main/domain/fault.ts'
import { fail, succeed } from '../../src-main/domain/result.ts'

const disk = (figures: { readonly isFull?: boolean; readonly walBytes?: number } = {}) =>
  ({ freeBytes: () => 5e9, isFull: () => figures.isFull ?? false, walBytes: () => figures.walBytes ?? 0 }) as DiskGuard
const trouble = (code: FaultCode) => fail(fault(code, `because of ${code}`))

describe('the health of the evidence store', () => {
  it('is an alarm when the write-ahead log is over 64 MiB', () => {
    expect(storeHealth(disk({ walBytes: 64 * 2 ** 20 })).now()).toEqual({ status: 'ok', detail: '5.0 GB free' })
    expect(storeHealth(disk({ walBytes: 64 * 2 ** 20 + 1 })).now()).toMatchObject({ status: 'outOfSpecification' })
  })

  it('is a failure while the next part would not fit', () => {
    expect(storeHealth(disk({ isFull: true })).now()).toMatchObject({ status: 'failure' })
  })

  it('is a failure from a write that failed until the next one succeeds; reading proves nothing', () => {
    const health = storeHealth(disk())
    health.hear(trouble('evidence/unavailable'), true)
    expect(health.now()).toEqual({ status: 'failure', detail: 'because of evidence/unavailable' })
    health.hear(succeed(1), false)
    expect(health.now().status).toBe('failure')
    health.hear(succeed(1), true)
    expect(health.now().status).toBe('ok')
  })

  it('remembers a damaged file, and takes no notice of what is not the disk', () => {
    const health = storeHealth(disk())
    for (const code of ['evidence/duplicate', 'request/notFound', 'model/missing'] as const) health.hear(trouble(code), true)
    expect(health.now().status).toBe('ok')
    health.hear(trouble('evidence/integrity'), false)
    health.hear(succeed(1), true)
    expect(health.now()).toEqual({ status: 'outOfSpecification', detail: 'because of evidence/integrity' })
  })

  it('is a failure when the disk does not even answer', () => {
    const gone = { ...disk(), freeBytes: () => { throw Object.assign(new Error('i/o error'), { code: 'EIO', syscall: 'statfs' }) } } as DiskGuard
    expect(storeHealth(gone).now()).toEqual({ status: 'failure', detail: 'EIO i/o error' })
  })
})
