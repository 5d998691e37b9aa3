import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runCli } from '../support/runCli.ts'

const sets = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const isThere = existsSync(sets)
if (!isThere) console.warn(`SKIPPED: evaluate on real images, because there is no ${sets}`)

/** Floors a little under what was measured when this was written; AUROC varies by about .03 with the choice of images. */
const floors = [
  { set: 'casting', imageAuroc: 0.96, recall: 0.85, falseRejectRate: 0.15, pixels: null },
  { set: 'magtile', imageAuroc: 0.86, recall: 0.55, falseRejectRate: 0.15, pixels: 0.6 },
]

describe.skipIf(!isThere)('evaluate on real images', () => {
  it.each(floors)('tells good $set parts from defective ones', async ({ set, imageAuroc, recall, falseRejectRate, pixels }) => {
    const run = await runCli(['evaluate', '--dataset', `${sets}${set}`, '--json'])
    expect(run.code, run.stderr).toBe(0)
    const figures = JSON.parse(run.stdout) as Record<'imageAuroc' | 'enrolSeconds' | 'brightnessAuroc', number> & Record<'pixelAuroc' | 'aupro', number | null> & Record<'recall' | 'falseRejectRate', { value: number }> & { warnings: string[] }
    expect(figures.imageAuroc).toBeGreaterThan(imageAuroc)
    expect(figures.recall.value).toBeGreaterThan(recall)
    expect(figures.falseRejectRate.value).toBeLessThan(falseRejectRate)
    if (pixels === null) expect(figures).toMatchObject({ pixelAuroc: null, aupro: null })
    else for (const area of [figures.pixelAuroc, figures.aupro]) expect(area).toBeGreaterThan(pixels)
    // The castings were photographed in two lights; evaluate has to say so.
    expect(figures.warnings.some((warning) => warning.includes('brightness alone'))).toBe(set === 'casting')
  }, 300_000)
})
