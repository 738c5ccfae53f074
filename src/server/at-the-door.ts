import { WATCHED, watched } from '../protection/sign-in-log.ts'
import type { Door, House } from './handlers.ts'

/** Answer one operation; what lets people in or out, or changes how they come in, is written down as well. */
export async function atTheDoor(
  house: House,
  { name, params, body, door }: { name: string; params: Record<string, string>; body: unknown; door: Door },
  handle: (door: Door) => Promise<unknown>,
): Promise<unknown> {
  if (!WATCHED.has(name)) return handle(door)
  let pass: string | null = null
  const watchedDoor: Door = {
    ...door,
    givePass: (given) => {
      pass = given
      door.givePass(given)
    },
  }
  const { login } = body as { login?: unknown }
  const watching = { what: name, actor: house.actor, visitor: door.visitor, about: params.person, login }
  return watched(house, watching, async () => ({ result: await handle(watchedDoor), pass }))
}
