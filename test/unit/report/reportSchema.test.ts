import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { CommissioningReport } from '../../../src-preload/contract/report.ts'
import { canonicalJson } from '../../../src-main/records/canonicalJson.ts'
import { emptyDraft } from '../../../src-main/station/commissioning/draft.ts'
import { makeReport } from '../../../src-main/station/commissioning/makeReport.ts'
import { someReport } from '../../support/someReport.ts'

const origin = { recipe: null, software: someReport.software, madeAt: someReport.madeAt }
const throughJson = (value: unknown): unknown => JSON.parse(canonicalJson(value))

it.each([['of a finished station', someReport], ['of a station that has just begun', makeReport(emptyDraft, origin)]])('a report %s validates against its schema, and loses nothing by it', (_, report) => {
  expect(CommissioningReport.parse(throughJson(report))).toEqual(throughJson(report))
})

it('a report with a status that nobody knows does not', () => {
  const [first, ...others] = someReport.steps
  expect(CommissioningReport.safeParse({ ...someReport, steps: [{ ...first, status: 'done' }, ...others] }).success).toBe(false)
})

it('the JSON Schema for other programs is the one that this program checks by', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../../docs/commissioning-report.schema.json', import.meta.url), 'utf8'))
  expect(published).toEqual(z.toJSONSchema(CommissioningReport))
})
