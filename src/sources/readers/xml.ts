import { Parser } from 'htmlparser2'
import { Refusal } from '../../foundation/refusal.ts'

/** No document is nested deeper. */
const DEEPEST = 512

export type Attributes = Readonly<Record<string, string>>

/** What hears of a document's parts, in their order. Names come with the prefix that `prefixes` gives their namespace. */
export interface XmlListener {
  open?(name: string, attributes: Attributes): void
  close?(name: string): void
  text?(words: string): void
}

/**
 * Read XML as a stream. Nothing is built, no entity of the document's own is known, and nothing is fetched.
 *
 * @param prefixes by a part of a namespace's name, the prefix that its elements are to have
 * @throws Refusal `too_deep`
 */
export function readXml(
  xml: string,
  listener: XmlListener,
  prefixes: Readonly<Record<string, string>> = {},
): void {
  const ours = new Map<string, string>()
  for (const [, given = '', name = ''] of xml
    .slice(0, 20_000)
    .matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']/g)) {
    const known = Object.entries(prefixes).find(([part]) => name.includes(part))?.[1]
    if (known !== undefined && !ours.has(given)) ours.set(given, known)
  }
  const named = (name: string) => {
    const at = name.indexOf(':')
    const prefix = ours.get(at < 0 ? '' : name.slice(0, at))
    return prefix === undefined ? name : `${prefix}:${name.slice(at + 1)}`
  }
  const same = [...ours].every(([given, known]) => given === known)
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1
        if (depth > DEEPEST)
          throw new Refusal(
            'too_deep',
            `This document is nested more than ${DEEPEST} levels deep; its original is kept: save it in another format and take that in too.`,
          )
        listener.open?.(same ? name : named(name), same ? attributes : renamed(attributes, named))
      },
      ontext(words) {
        listener.text?.(words)
      },
      onclosetag(name) {
        depth -= 1
        listener.close?.(same ? name : named(name))
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
}

function renamed(attributes: Attributes, named: (name: string) => string): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name.includes(':') ? named(name) : name, value]),
  )
}
