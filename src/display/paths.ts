/** Where things stand in the web. Pure, because the server names such places too: the guided tour leads to them. */
export const webPaths = {
  desk: (slug: string) => `/${slug}/desk`,
  sources: (slug: string) => `/${slug}/sources`,
  source: (slug: string, id: string, statement?: string) =>
    `/${slug}/source/${id}${statement === undefined ? '' : `?at=${statement}`}`,
  words: (slug: string, id: string, start: number) => `/${slug}/source/${id}?start=${start}`,
  matters: (slug: string) => `/${slug}/matters`,
  matter: (slug: string, id: string, aspect?: string) =>
    `/${slug}/matter/${id}${aspect === undefined ? '' : `?aspect=${encodeURIComponent(aspect)}`}`,
  timeline: (slug: string) => `/${slug}/timeline`,
  search: (slug: string, typed = '') =>
    `/${slug}/search${typed === '' ? '' : `?q=${encodeURIComponent(typed)}`}`,
  history: (slug: string) => `/${slug}/history`,
  record: (slug: string, id: string) => `/${slug}/record/${id}`,
  ledger: (slug: string) => `/${slug}/ledger`,
  notes: (slug: string, draft?: string) => `/${slug}/notes${draft === undefined ? '' : `?draft=${draft}`}`,
  consent: (slug: string) => `/${slug}/consent`,
  interlocutor: (slug: string, id: string) => `/${slug}/interlocutor/${id}`,
  talk: (slug: string) => `/${slug}/talk`,
  cases: (slug: string) => `/${slug}/cases`,
  /** Outside every dossier: what the auditor reads. */
  audit: () => '/-/audit',
  add: (slug: string) => `/${slug}/add`,
  protection: (slug: string, part = 'due', target?: string) =>
    `/${slug}/protection/${part}${target === undefined ? '' : `?target=${target}`}`,
  settings: (slug: string) => `/${slug}/settings`,
  people: (slug: string) => `/${slug}/people`,
  account: (slug: string) => `/${slug}/account`,
}
