/** A command: takes its arguments, gives its exit code. */
export interface Command {
  readonly summary: string
  readonly usage: string
  run(args: readonly string[]): Promise<number>
}
