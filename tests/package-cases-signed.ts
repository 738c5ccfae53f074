import { edit, editLine, flipHex, kind, signedZip, type Tampering } from './package-tampering.ts'

/** By somebody who holds the key and signs the manifest again: what the ledger itself still shows. */
export const WITH_KEY: Tampering[] = [
  [
    'a record reworded',
    (o) =>
      signedZip(
        o,
        edit(o.members, 'records.jsonl', (t) => t.replace('twelve', 'eleven')),
      ),
    '',
  ],
  [
    'a reason reworded',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('statement'), (line) => ({
          ...line,
          committed: String(line.committed).replace(/"why":"[^"]*"/, '"why":"x"'),
        })),
      ),
    'stm_',
  ],
  [
    'a person replaced',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('source'), (line) => ({
          ...line,
          who: 'per_00000000000000000000',
        })),
      ),
    'src_',
  ],
  [
    'a time altered',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('link'), (line) => ({
          ...line,
          at: '2001-01-01T00:00:00.000Z',
        })),
      ),
    'lnk_',
  ],
  [
    'a salt altered',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('matter'), (line) => ({
          ...line,
          salt: flipHex(line.salt),
        })),
      ),
    'mat_',
  ],
  [
    'a commitment altered',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('passage'), (line) => ({
          ...line,
          commitment: flipHex(line.commitment),
        })),
      ),
    'psg_',
  ],
  [
    'content taken out without an erasure',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('remark'), (line) => ({
          ...line,
          salt: null,
          committed: null,
        })),
      ),
    'rmk_',
  ],
  [
    'a revision twice',
    (o) =>
      signedZip(
        o,
        edit(o.members, 'records.jsonl', (t) => t.slice(0, t.indexOf('\n') + 1) + t),
      ),
    '',
  ],
  [
    'a revision under another record',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('link'), (line) => ({
          ...line,
          record: 'lnk_00000000000000000000',
        })),
      ),
    'lnk_0',
  ],
  [
    'a first revision left out',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'records.jsonl',
          (line) =>
            line.kind === 'statement' &&
            line.n === 1 &&
            o.members.some(([, bytes]) => bytes.includes(`"n":2,"record":"${String(line.record)}"`)),
          () => null,
        ),
      ),
    'stm_',
  ],
  [
    'the dossier itself left out',
    (o) =>
      signedZip(
        o,
        editLine(o.members, 'records.jsonl', kind('dossier'), () => null),
      ),
    'dos_',
  ],
  [
    'a line that is no JSON',
    (o) =>
      signedZip(
        o,
        edit(o.members, 'records.jsonl', (t) => `{${t}`),
      ),
    'line 1',
  ],
  [
    'an entry left out',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'ledger/entries.jsonl',
          (line) => Array.isArray(line.commitments) && line.commitments.length > 5,
          () => null,
        ),
      ),
    '',
  ],
  [
    'an entry altered',
    (o) =>
      signedZip(
        o,
        edit(o.members, 'ledger/entries.jsonl', (t) => t.replace('\\"v\\":1', '\\"v\\":2')),
      ),
    'ent_',
  ],
  [
    'an entry moved',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'ledger/entries.jsonl',
          () => true,
          (line) => ({ ...line, index: Number(line.index) + 1 }),
        ),
      ),
    'ent_',
  ],
  [
    'an entry beyond the end',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'ledger/entries.jsonl',
          () => true,
          (line) => ({ ...line, index: 100_000 }),
        ),
      ),
    'ent_',
  ],
  [
    'a proof altered',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'ledger/entries.jsonl',
          () => true,
          (line) => ({ ...line, proof: (line.proof as string[]).map(flipHex) }),
        ),
      ),
    'ent_',
  ],
  [
    'a proof cut short',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'ledger/entries.jsonl',
          () => true,
          (line) => ({ ...line, proof: (line.proof as string[]).slice(1) }),
        ),
      ),
    'ent_',
  ],
  [
    'the commitments of an entry cut short',
    (o) =>
      signedZip(
        o,
        editLine(
          o.members,
          'ledger/entries.jsonl',
          () => true,
          (line) => ({ ...line, commitments: [] }),
        ),
      ),
    'ent_',
  ],
  [
    'a tile altered',
    (o) =>
      signedZip(
        o,
        edit(o.members, /^ledger\/tile\//, (t) => `\u0000${t.slice(1)}`),
      ),
    '',
  ],
  [
    'a tile cut short',
    (o) =>
      signedZip(
        o,
        edit(o.members, /^ledger\/tile\//, (t) => t.slice(32)),
      ),
    'ledger/tile/',
  ],
  [
    'a tile left out',
    (o) =>
      signedZip(
        o,
        o.members.filter(([name]) => !name.startsWith('ledger/tile/')),
      ),
    'ledger/tile/',
  ],
  [
    'a tile put in',
    (o) => signedZip(o, [...o.members, ['ledger/tile/0/001.p/1', Buffer.alloc(32)]]),
    'ledger/tile/0/001.p/1',
  ],
  [
    'an original altered',
    (o) =>
      signedZip(
        o,
        edit(o.members, /^originals\//, (t) => `${t}x`),
      ),
    'src_',
  ],
  [
    'an original left out',
    (o) =>
      signedZip(
        o,
        o.members.filter(([name]) => !name.startsWith('originals/')),
      ),
    'src_',
  ],
  [
    'an original put in',
    (o) => signedZip(o, [...o.members, [`originals/${'0'.repeat(64)}`, Buffer.from('x')]]),
    'originals/',
  ],
  [
    'a reading altered',
    (o) =>
      signedZip(
        o,
        edit(o.members, /^readings\//, (t) => `${t}x`),
      ),
    'rdg_',
  ],
  [
    'the records left out',
    (o) =>
      signedZip(
        o,
        o.members.filter(([name]) => name !== 'records.jsonl'),
      ),
    '',
  ],
]
