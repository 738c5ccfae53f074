import type { z } from 'zod'
import type { Operation, ParameterOf } from '../foundation/operation.ts'
import type { Visitor } from '../protection/gatehouse.ts'
import type { Operations } from '../publication/contract.ts'
import { asActor, exportAs, type Outgoing, readAs, type Tx } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { Place } from './site.ts'

/** What a handler is given: the record, and a request whose shape has been checked. */
export interface Asked<One extends Operation> {
  readonly house: House
  readonly params: Readonly<Record<ParameterOf<One['path']>, string>>
  readonly query: z.output<One['query']>
  readonly body: z.output<One['body']>
  /** One transaction as whoever asks. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Who is at the door, and what their browser keeps. */
  readonly door: Door
}

/** For signing in and out alone. */
export interface Door {
  readonly visitor: Visitor
  givePass(pass: string): void
  takePass(): void
}

/** What `start` hands over. */
export interface Opened extends Workspace {
  readonly sample: boolean
}

/** The open record, and what the server knows of itself. */
export interface House extends Opened {
  /** The organisation whose server this is. */
  readonly home: string
  readonly site: Place
}

export type Handlers<Some extends Record<string, Operation>> = {
  readonly [Name in keyof Some]: (asked: Asked<Some[Name]>) => Promise<z.input<Some[Name]['answer']>>
}
export type AllHandlers = Handlers<Operations>

/** The ways into the database for one request; what leaves by it is written down. */
export function doorsInto(house: Pick<House, 'database' | 'actor'>): Pick<
  Asked<Operation>,
  'write' | 'read'
> & {
  take<Result>(outgoing: Outgoing, work: (tx: Tx) => Promise<Result>): Promise<Result>
} {
  const { database, actor } = house
  return {
    take: (outgoing, work) => exportAs(database, actor, outgoing, work),
    write: (work) => asActor(database, actor, work),
    read: (work) => readAs(database, actor, work),
  }
}
