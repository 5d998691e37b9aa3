import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { threadReportPrinter } from '../../../src-main/adapters/report/threadReportPrinter.ts'
import { someReport } from '../../support/someReport.ts'

const printer = threadReportPrinter(new URL('../../../src-main/hosts/reportThread.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'report-'))
let picture: Uint8Array

const save = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const textOf = (path: string): string => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })

beforeAll(async () => {
  picture = new Uint8Array(await sharp({ create: { width: 320, height: 240, channels: 3, background: '#8899aa' } }).jpeg().toBuffer())
})
afterAll(async () => {
  await printer.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the commissioning report on paper', () => {
  it('says in English what was measured, what it had to be, and who signed', async () => {
    const text = textOf(save('en.pdf', await printer.print(someReport, picture, 'en')))
    for (const said of ['Commissioning of Plate 40', 'SIMULATED', '0 of 30 known-bad parts missed: at most 9.5%', 'at least 20', 'Mara', 'I have commissioned this station', 'hairline cracks', someReport.recipe!, 'Page 1 of'])
      expect(text).toContain(said)
  })

  it('says the same in German', async () => {
    const text = textOf(save('de.pdf', await printer.print(someReport, picture, 'de')))
    for (const said of ['Inbetriebnahme von Plate 40', 'SIMULIERT', '0 von 30 bekannten Schlechtteilen übersehen: höchstens 9,5 %', 'Ich habe diese Station eingerichtet', 'Seite 1 von']) expect(text).toContain(said)
  })

  it('is a sound PDF that claims PDF/A-2b, with every font inside', async () => {
    const path = save('a.pdf', await printer.print(someReport, picture, 'en'))
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors')
    const pdf = execFileSync('qpdf', ['--qdf', '--object-streams=disable', path, '-'], { encoding: 'latin1', maxBuffer: 2 ** 27 })
    expect(pdf).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>B<\/pdfaid:conformance>/)
    expect(pdf).toContain('/OutputIntents')
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' }).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThanOrEqual(3)
    for (const font of fonts) expect(font).toMatch(/TrueType\s.*\s+yes\s+(yes|no)\s+yes/)
  })

  it('is the same file for the same report, and another for another', async () => {
    const [once, again, other] = await Promise.all([printer.print(someReport, picture, 'en'), printer.print(someReport, picture, 'en'), printer.print({ ...someReport, station: 'Cap 7' }, picture, 'en')])
    expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true)
    expect(Buffer.from(once).equals(Buffer.from(other))).toBe(false)
  })

  it('says of a draft that it is one, and that nobody has signed', async () => {
    const text = textOf(save('draft.pdf', await printer.print({ ...someReport, recipe: null, signatures: [], picture: null }, null, 'en')))
    expect(text).toContain('Draft: commissioning is not finished.')
    expect(text).toContain('Not signed.')
  })
})
