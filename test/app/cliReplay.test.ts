import { expect, it, vi } from 'vitest'
import { runCli } from '../support/runCli.ts'
import { testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { someImage, someInspection } from '../support/someInspection.ts'

vi.setConfig({ testTimeout: 60_000 })

async function someStore(): Promise<string> {
  const directory = testDirectory()
  const evidence = testEvidence(directory)
  valueOf(await evidence.open())
  for (const n of [1, 2, 3]) valueOf(await evidence.record(someInspection(n), someImage(n, 64)))
  await evidence.shutDown()
  return directory
}

it('replay names the parts that a new line would change, and a region that has no scores is refused with those that have', async () => {
  const data = await someStore()
  const asked = await runCli(['replay', '--data', data, '--region', 'front', '--fail-above', '0.2', '--since', someInspection(2).wallTime, '--json'])
  expect(JSON.parse(asked.stdout)).toMatchObject({ parts: 2, changed: 2, before: { pass: 2 }, after: { fail: 2 }, changes: [{ resultId: someInspection(2).resultId }, {}] })
  const said = await runCli(['replay', '--data', data, '--region', 'front', '--fail-above', '0.3'])
  expect(said.stdout).toContain('0 of the 3 parts')
  const refused = await runCli(['replay', '--data', data, '--region', 'back', '--fail-above', '0.3'])
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('there are scores of front')])
})

it('advise says with numbers what would have caught a part that was passed', async () => {
  const data = await someStore()
  const { resultId } = someInspection(1)
  const asked = await runCli(['advise', '--data', data, '--part', resultId, '--json'])
  expect(JSON.parse(asked.stdout)).toMatchObject({ advice: [{ regionName: 'front', score: 0.25, threshold: { line: 0.2499 }, replay: { parts: 3, changed: 3 }, defect: { cells: 3 } }] })
  const unknown = await runCli(['advise', '--data', data, '--part', 'nothing'])
  expect(unknown.code).toBe(3)
})
