import { generateKeyPairSync } from 'node:crypto'
import { signCheckpoint } from '../src/ledger/checkpoint.ts'
import { verifierLine } from '../src/ledger/note.ts'
import { edit, inDirectory, signedZip, swap, type Tampering, withByte, zipOf } from './package-tampering.ts'

/** By somebody without the key. `named` is what both verifiers must name. */
export const WITHOUT_KEY: Tampering[] = [
  [
    'a record reworded',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'records.jsonl', (t) => t.replace('twelve', 'eleven')),
      ),
    'records.jsonl',
  ],
  [
    'a coded value altered',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'coding.json', (t) => t.replace('"upper": 12', '"upper": 13')),
      ),
    'coding.json',
  ],
  [
    'white space put into JSON',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'coding.json', (t) => `${t} `),
      ),
    'coding.json',
  ],
  [
    'a line of the entries left out',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'ledger/entries.jsonl', (t) => t.slice(t.indexOf('\n') + 1)),
      ),
    'ledger/entries.jsonl',
  ],
  [
    'two revisions swapped',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'records.jsonl', (t) => {
          const [first = '', second = '', ...rest] = t.split('\n')
          return [second, first, ...rest].join('\n')
        }),
      ),
    'records.jsonl',
  ],
  [
    'an original replaced',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, /^originals\//, () => 'Other words.'),
      ),
    'originals/',
  ],
  [
    'an original made empty',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, /^originals\//, () => ''),
      ),
    'originals/',
  ],
  [
    'a reading replaced',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, /^readings\//, (t) => t.replace('nine', 'five')),
      ),
    'readings/',
  ],
  [
    'the contents of two members exchanged',
    (o) => {
      const [a, b] = [
        o.members.findIndex(([n]) => n === 'coding.json'),
        o.members.findIndex(([n]) => n === 'records.jsonl'),
      ]
      return zipOf(
        o.folder,
        o.members.map(([name, bytes], n) => [
          name,
          n === a ? (o.members[b]?.[1] ?? bytes) : n === b ? (o.members[a]?.[1] ?? bytes) : bytes,
        ]),
      )
    },
    'coding.json',
  ],
  [
    'a member put in',
    (o) =>
      zipOf(o.folder, [...o.members.slice(0, -1), ['note.txt', Buffer.from('x')], ...o.members.slice(-1)]),
    'note.txt',
  ],
  [
    'a member put in after the manifest',
    (o) => zipOf(o.folder, [...o.members, ['zz.txt', Buffer.from('x')]]),
    'zz.txt',
  ],
  ['a member put in twice', (o) => zipOf(o.folder, [...o.members, ...o.members.slice(1, 2)]), 'coding.json'],
  [
    'a second manifest put in',
    (o) => zipOf(o.folder, [...o.members, ...o.members.slice(-1)]),
    'manifest.note',
  ],
  [
    'a member renamed',
    (o) =>
      zipOf(
        o.folder,
        o.members.map(([n, b]) => [n === 'coding.json' ? 'coding2.json' : n, b]),
      ),
    'coding2.json',
  ],
  [
    'a member renamed in its header alone',
    (o) => withByte(o.bytes, o.bytes.indexOf(`coding.json${o.members[1]?.[1].toString().slice(0, 9)}`), 0x43),
    'Coding.json',
  ],
  [
    'a member renamed in the directory alone',
    (o) => withByte(o.bytes, inDirectory(o.bytes, 'coding.json'), 0x43),
    'coding.json',
  ],
  ['the order of two members changed', (o) => zipOf(o.folder, swap(o.members, 1, 2)), ''],
  [
    'the order of two lines of the directory changed',
    (o) => {
      const start = o.bytes.readUInt32LE(o.bytes.length - 6)
      const length = (at: number) => 46 + o.bytes.readUInt16LE(at + 28)
      const [a, b] = [start, start + length(start)]
      const c = b + length(b)
      return Buffer.concat([
        o.bytes.subarray(0, a),
        o.bytes.subarray(b, c),
        o.bytes.subarray(a, b),
        o.bytes.subarray(c),
      ])
    },
    'rapporteur-package.txt',
  ],
  [
    'a time written into the directory',
    (o) => withByte(o.bytes, inDirectory(o.bytes, 'coding.json') - 46 + 12, 1),
    'coding.json',
  ],
  [
    'a comment put at the end',
    (o) => Buffer.concat([withByte(o.bytes, o.bytes.length - 2, 1), Buffer.from('x')]),
    '',
  ],
  ['bytes put after the end', (o) => Buffer.concat([o.bytes, Buffer.from('x')]), ''],
  ['bytes put before the beginning', (o) => Buffer.concat([Buffer.from('x'), o.bytes]), ''],
  ['cut short by one byte', (o) => o.bytes.subarray(0, -1), ''],
  ['cut short within the directory', (o) => o.bytes.subarray(0, -100), 'manifest.note'],
  ['cut short within a member', (o) => o.bytes.subarray(0, Math.floor(o.bytes.length / 2)), 'records.jsonl'],
  [
    'cut short after the first member',
    (o) => o.bytes.subarray(0, o.bytes.indexOf('coding.json') - 30),
    'rapporteur-package.txt',
  ],
  [
    'the checkpoint replaced by one of another key',
    (o) => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const forged = signCheckpoint({ size: 3, root: Buffer.alloc(32) }, { ...o.key, privateKey, publicKey })
      return zipOf(
        o.folder,
        edit(o.members, 'ledger/checkpoint', () => forged),
      )
    },
    'ledger/checkpoint',
  ],
  [
    'the size of the checkpoint altered',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'ledger/checkpoint', (t) => t.replace(/\n(\d+)\n/, '\n9$1\n')),
      ),
    'ledger/checkpoint',
  ],
  [
    'the key replaced',
    (o) => {
      const { publicKey } = generateKeyPairSync('ed25519')
      return zipOf(
        o.folder,
        edit(o.members, 'ledger/key', () => `${verifierLine({ name: o.key.name, publicKey })}\n`),
      )
    },
    'ledger/key',
  ],
  [
    'the key unreadable',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'ledger/key', () => 'no key\n'),
      ),
    'ledger/key',
  ],
  [
    'a tile altered',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, /^ledger\/tile\//, (t) => `\u0000${t.slice(1)}`),
      ),
    'ledger/tile/',
  ],
  [
    'the manifest altered',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'manifest.note', (t) => t.replace('"profile":"court"', '"profile":"public"')),
      ),
    'manifest.note',
  ],
  [
    'the manifest signed by another key',
    (o) => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      return signedZip(
        { folder: o.folder, key: { ...o.key, privateKey, publicKey } },
        edit(o.members, 'coding.json', (t) => t.replace('twelve', 'eleven')),
      )
    },
    'manifest.note',
  ],
  [
    'the manifest no manifest',
    (o) =>
      zipOf(
        o.folder,
        edit(o.members, 'manifest.note', () => 'x'),
      ),
    'manifest.note',
  ],
]
