import type { Operations } from '../src/publication/contract.ts'
import { A_CODING_FILE } from './a-case.ts'
import type { Given } from './served.ts'

const A_SIGN_IN = { login: 'nobody', password: 'no password of anybody', code: '000000' }

/** The things that are asked about, by what they are. */
export type Asked = Readonly<Record<string, string | undefined>>

/** Each operation asked about these things, as those would to whom they belong. An operation without a row is no test. */
export function askedAbout(ids: Asked): { readonly [One in keyof Operations]: () => Given } {
  return {
    house: () => ({}),
    listDossiers: () => ({}),
    openDossier: () => ({ body: { slug: 'a-dossier-of-their-own' } }),
    listSources: () => ({ params: { slug: ids.slug ?? '' } }),
    takeIn: () => ({
      params: { slug: ids.slug ?? '' },
      body: { files: [{ fileName: 'x.txt', base64: 'eA==' }] },
    }),
    describeSource: () => ({ params: { id: ids.source ?? '' }, body: { title: 'Taken over' } }),
    readAgain: () => ({ params: { id: ids.source ?? '' } }),
    settlePassage: () => ({
      params: { id: ids.passage ?? '' },
      body: { answer: { as: 'gone' }, reason: 'x' },
    }),
    finishNote: () => ({
      params: { slug: ids.slug ?? '' },
      body: {
        title: 'Note',
        note: { template: 'note', text: 'x' },
        date: null,
        publisher: null,
        provenance: {},
        labels: {},
        draft: ids.draft,
      },
    }),
    listDrafts: () => ({}),
    saveDraft: () => ({ body: { id: ids.draft, body: { text: 'taken over' } } }),
    dropDraft: () => ({ body: { id: ids.draft } }),
    listMatters: () => ({ params: { slug: ids.slug ?? '' } }),
    mattersLike: () => ({ query: { typed: 'port' } }),
    listAspects: () => ({ params: { slug: ids.slug ?? '' } }),
    mergeMatters: () => ({ params: { id: ids.matter ?? '' }, body: { into: ids.matter, reason: 'x' } }),
    splitMatter: () => ({ params: { id: ids.matter ?? '' }, body: { reason: 'x' } }),
    describeMatter: () => ({ params: { id: ids.matter ?? '' }, body: { name: 'Taken over' } }),
    desk: () => ({ params: { slug: ids.slug ?? '' } }),
    timeline: () => ({ params: { slug: ids.slug ?? '' } }),
    sourcePage: () => ({ params: { id: ids.source ?? '' } }),
    matterPage: () => ({ params: { id: ids.matter ?? '' } }),
    code: () => ({ params: { slug: ids.slug ?? '' }, body: A_CODING_FILE }),
    previewCoding: () => ({ params: { slug: ids.slug ?? '' }, body: A_CODING_FILE }),
    decide: () => ({ body: { decided: { statement: ids.one, n: 0 }, accept: true, reason: 'x' } }),
    vocabularies: () => ({}),
    relativeDate: () => ({ query: { words: 'last week', language: 'en', document: '2021-05-10' } }),
    normalise: () => ({
      params: { id: ids.one ?? '' },
      body: { n: 0, normalised: '2021-05-04', reason: 'x' },
    }),
    settleCitation: () => ({ body: { source: ids.source, start: 0, end: 5, heldIn: null, reason: 'x' } }),
    proposeFinding: () => ({
      body: {
        dossier: ids.dossier,
        matter: ids.matter,
        aspect: null,
        proposition: 'x',
        standard: 'reasonable_suspicion',
        met: null,
        reasons: 'x',
        for: [ids.one],
        against: [],
      },
    }),
    answerFinding: () => ({ params: { id: ids.finding ?? '' }, body: { agree: true } }),
    link: () => ({ body: { from: ids.one, to: ids.two, rel: 'in tension with', note: null } }),
    tag: () => ({
      body: { tags: [{ dossier: ids.dossier, subject: ids.matter, scheme: 'rights', term: 'property' }] },
    }),
    search: () => ({ query: { q: 'boats' } }),
    ledger: () => ({}),
    verify: () => ({}),
    changes: () => ({}),
    record: () => ({ params: { id: ids.one ?? '' } }),
    levelOf: () => ({ params: { id: ids.source ?? '' } }),
    whatRises: () => ({
      params: { id: ids.source ?? '' },
      query: { level: 'team', within: ids.dossier ?? '' },
    }),
    raiseLevel: () => ({
      params: { id: ids.source ?? '' },
      body: { level: 'team', within: ids.dossier, reason: 'x', seen: 1 },
    }),
    whatLowers: () => ({ params: { id: ids.source ?? '' }, query: { level: 'organisation' } }),
    proposeLowering: () => ({
      params: { id: ids.source ?? '' },
      body: { level: 'organisation', reason: 'x', seen: 1 },
    }),
    lowerings: () => ({}),
    answerLowering: () => ({ params: { id: ids.lowering ?? '' }, body: { agree: true } }),
    team: () => ({ params: { slug: ids.slug ?? '' } }),
    nameTeam: () => ({ params: { slug: ids.slug ?? '' }, body: { people: [], reason: 'x' } }),
    audit: () => ({}),
    cases: () => ({}),
    openCase: () => ({ body: { dossier: ids.dossier, title: 'x', reason: 'x' } }),
    readCase: () => ({ params: { id: ids.case ?? '' } }),
    account: () => ({}),
    people: () => ({}),
    accounts: () => ({}),
    signOut: () => ({}),
    beginProof: () => ({}),
    prove: () => ({ body: A_SIGN_IN }),
    beginPasskey: () => ({}),
    addPasskey: () => ({ body: { label: 'x', response: {} } }),
    removePasskey: () => ({ params: { id: 'pky_none' } }),
    beginPassword: () => ({}),
    setPassword: () => ({ body: { password: 'x', code: '000000', ticket: 'x' } }),
    endSession: () => ({ params: { id: 'ses_none' } }),
    endSessions: () => ({}),
    makeToken: () => ({ body: { label: 'x', scopes: ['read'], days: 1 } }),
    invite: () => ({ body: { name: 'Somebody', login: 'some.body', roles: ['reader'] } }),
    inviteAgain: () => ({ params: { person: ids.member ?? '' } }),
    changeRoles: () => ({ params: { person: ids.member ?? '' }, body: { roles: ['reader'], reason: 'x' } }),
    endMembership: () => ({ params: { person: ids.member ?? '' }, body: { reason: 'x' } }),
    endSessionsOf: () => ({ params: { person: ids.member ?? '' } }),
    proposeReset: () => ({ params: { person: ids.member ?? '' }, body: { reason: 'x' } }),
    confirmReset: () => ({ params: { person: ids.member ?? '' } }),
    becomeOrganisation: () => ({
      body: {
        name: 'Taken over',
        person: { name: 'One', login: 'one' },
        administrator: { name: 'Two', login: 'two' },
      },
    }),
    beginSignIn: () => ({}),
    signIn: () => ({ body: A_SIGN_IN }),
    readInvitation: () => ({ body: { code: 'x' } }),
    acceptInvitation: () => ({ body: { code: 'x' } }),
    giveAccess: () => ({
      params: { compartment: ids.case ?? '' },
      body: { person: ids.me, reason: 'x' },
    }),
    endAccess: () => ({
      params: { compartment: ids.case ?? '' },
      body: { person: ids.me, reason: 'x' },
    }),
  }
}
