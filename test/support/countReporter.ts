import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one plain line, `N passed, N failed`. A file that could not be loaded, and an error outside any test, count as failed. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      const failures = states.filter((state) => state === 'failed').length
      passed += states.filter((state) => state === 'passed').length
      failed += failures > 0 ? failures : Number(!module.ok())
    }
    // After the closing lines of vitest's own reporter.
    process.once('exit', () => { process.stdout.write(`${passed} passed, ${failed} failed\n`) })
  }
}
