import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any tool can read. */
// biome-ignore lint/style/noDefaultExport: Vitest loads a reporter by its default export
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    // A file whose set-up failed has no failed test, and must not look like success.
    const broken = modules.filter((module) => module.state() === 'failed').length
    process.stdout.write(
      `${count('passed')} passed, ${Math.max(count('failed'), broken)} failed, ${count('skipped')} skipped\n`,
    )
  }
}
