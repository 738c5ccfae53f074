import type { z } from 'zod'
import type { Operation, ParameterOf } from '../foundation/operation.ts'
import type { Operations } from '../publication/contract.ts'
import { asActor, exportAs, type Leaving, readAs, type Tx } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'

/** What a handler is given: the record, and a request whose shape has been checked. */
export interface Asked<One extends Operation> {
  readonly house: House
  readonly params: Readonly<Record<ParameterOf<One['path']>, string>>
  readonly query: z.output<One['query']>
  readonly body: z.output<One['body']>
  /** One transaction as the person at this computer. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
}

/** The open record, and what the server knows of itself. */
export interface House extends Workspace {
  readonly sample: boolean
}

export type Handlers<Some extends Record<string, Operation>> = {
  readonly [Name in keyof Some]: (asked: Asked<Some[Name]>) => Promise<z.input<Some[Name]['answer']>>
}
export type AllHandlers = Handlers<Operations>

/** The ways into the database for one request; what leaves by it is written down. */
export function doorsInto(house: House): Pick<Asked<Operation>, 'write' | 'read'> & {
  take<Result>(leaving: Leaving, work: (tx: Tx) => Promise<Result>): Promise<Result>
} {
  const { database, actor } = house
  return {
    take: (leaving, work) => exportAs(database, actor, leaving, work),
    write: (work) => asActor(database, actor, work),
    read: (work) => readAs(database, actor, work),
  }
}
