import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codePointSlice } from '../src/foundation/code-points.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import type { MadeReading } from '../src/sources/make-reading.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { findSource, readingInUse } from '../src/sources/source-store.ts'
import { tableOfSource } from '../src/sources/table-of-source.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { aDocx, anOdt, anXlsx, aZip } from './a-zip.ts'
import { testWorkspace } from './workspace.ts'

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const REAL = existsSync(DATA)
const read = async (bytes: Buffer, fileName: string) => (await readOriginalBytes(bytes, { fileName })).reading
const wordsIn = ({ text }: MadeReading) => {
  const slice = codePointSlice(text)
  return ({ start, end }: { start: number; end: number }) => slice(start, end)
}
const p = (words: string, style = '') =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t>${words}</w:t></w:r></w:p>`
/** Single-byte Cyrillic, by the table of whoever decodes it. */
const encoded = (words: string, charset: string) => {
  const letters = new Map(
    Array.from({ length: 256 }, (_, code) => [new TextDecoder(charset).decode(Uint8Array.of(code)), code]),
  )
  return Buffer.from([...words].map((letter) => letters.get(letter) ?? 63))
}

describe('Word, OpenDocument, tables, mail and archives', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)
  const ask = <Result>(work: (tx: Tx) => Promise<Result>) => readAs(workspace.database, workspace.actor, work)

  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await write((tx) => openDossier(tx, 'harbour'))
  })
  afterAll(() => workspace?.close())

  test('S46 Word: the text has all changes taken; they, comments and notes stand apart at their place', async () => {
    const reading = await read(
      await aDocx(
        `${p('Report of the board', 'h1')}<w:p><w:r><w:t xml:space="preserve">Twelve </w:t></w:r><w:ins w:author="A. Reader" w:date="2021-05-04T10:00:00Z"><w:r><w:t xml:space="preserve">fishing </w:t></w:r></w:ins><w:r><w:t>boats</w:t></w:r><w:del w:author="A. Reader"><w:r><w:delText xml:space="preserve"> and a barge</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="7"/><w:t xml:space="preserve"> burnt.</w:t><w:commentReference w:id="3"/></w:r></w:p>`,
        {
          'word/styles.xml': '<w:root><w:style w:styleId="h1"><w:name w:val="heading 1"/></w:style></w:root>',
          'word/footnotes.xml': `<w:root><w:footnote w:id="0" w:type="separator"/><w:footnote w:id="7">${p('As the log says.')}</w:footnote></w:root>`,
          'word/comments.xml': `<w:root><w:comment w:id="3" w:author="B. Clerk">${p('Who counted?')}</w:comment></w:root>`,
        },
      ),
      'report.docx',
    )
    const { headings, footnotes, asides } = reading.body.structure ?? {}
    const words = wordsIn(reading)
    expect(reading.text).toBe('Report of the board\n\nTwelve fishing boats burnt.\n\n1 As the log says.\n')
    expect(headings?.map((one) => [one.level, words(one)])).toEqual([[1, 'Report of the board']])
    expect(footnotes?.map((one) => [one.label, words({ start: 21, end: one.at ?? 0 })])).toEqual([
      ['1', 'Twelve fishing boats'],
    ])
    expect(
      asides?.map(({ kind, text, by, at, end }) => [kind, by, text ?? words({ start: at, end: end ?? at })]),
    ).toEqual([
      ['insertion', 'A. Reader', 'fishing '],
      ['deletion', 'A. Reader', ' and a barge'],
      ['comment', 'B. Clerk', 'Who counted?'],
    ])
  })

  test('S46 a sentence never goes on over the border of a cell, and every cell has its place', async () => {
    const cell = (...words: string[]) => `<w:tc>${words.map((one) => p(one)).join('')}</w:tc>`
    const bytes = await aDocx(
      `<w:tbl><w:tr>${cell('Place')}${cell('What was seen')}</w:tr><w:tr>${cell('Port Sample')}${cell('Twelve boats. One barge.', 'Nobody else')}</w:tr></w:tbl>`,
    )
    const [taken] = await takeIn(workspace, dossier, [{ fileName: 'table.docx', bytes }])
    const known = await ask((tx) => readingInUse(tx, taken?.source ?? ''))
    const slice = codePointSlice(known?.text ?? '')
    expect(known?.reading.sentences.map((one) => slice(...one))).toEqual([
      'Place',
      'What was seen',
      'Port Sample',
      'Twelve boats.',
      'One barge.',
      'Nobody else',
    ])
    const table = await ask((tx) => tableOfSource(tx, taken?.source ?? '', { table: 1, from: 2 }))
    expect(table).toMatchObject({ tables: 1, total: 2, rows: [{ n: 2 }] })
    expect(table.rows[0]?.cells.map(({ start, end, text }) => [slice(start, end), text])).toEqual([
      ['Port Sample', 'Port Sample'],
      ['Twelve boats. One barge.\nNobody else', 'Twelve boats. One barge.\nNobody else'],
    ])
  })

  test('S46 OpenDocument: notes, comments and changes are where they belong', async () => {
    const region =
      '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>A. Reader</dc:creator><dc:date>2021-05-04</dc:date></office:change-info><text:p>and a barge</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    const reading = await read(
      await anOdt(
        `${region}<text:h text:outline-level="2">Findings</text:h><text:p>Twelve<text:s text:c="2"/>boats<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>As the log says.</text:p></text:note-body></text:note> burnt<text:change text:change-id="c1"/>.<office:annotation><dc:creator>B. Clerk</dc:creator><text:p>Who counted?</text:p></office:annotation></text:p><table:table table:name="Boats"><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3"><text:p>12</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row></table:table>`,
      ),
      'report.odt',
    )
    expect(reading.text).toBe('Findings\n\nTwelve  boats burnt.\n\nPort\t12\t12\t12\n\n1 As the log says.\n')
    const { headings, footnotes, asides, tables } = reading.body.structure ?? {}
    expect(headings).toMatchObject([{ level: 2 }])
    expect(footnotes).toMatchObject([{ kind: 'endnote', at: 23 }])
    expect(tables).toMatchObject([{ name: 'Boats', rows: [[4, 2, 2, 2]] }])
    expect(asides).toMatchObject([
      { kind: 'deletion', text: 'and a barge', by: 'A. Reader' },
      { kind: 'comment', text: 'Who counted?', by: 'B. Clerk' },
    ])
  })

  test('S46 workbooks and tables of values keep every cell: dates as dates, quotes, empty ones', async () => {
    const sheet =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>44319</v></c><c r="B2"><v>12.5</v></c><c r="C2" t="inlineStr"><is><t>burnt</t></is></c></row>'
    const workbook = await read(await anXlsx(sheet, ['Day', 'What']), 'boats.xlsx')
    expect(workbook.text).toBe('Day\t\tWhat\n2021-05-03\t12.5\tburnt\n')
    expect(workbook.body.structure?.tables).toMatchObject([
      {
        name: 'Boats',
        rows: [
          [3, 0, 4],
          [10, 4, 5],
        ],
      },
    ])
    const table = await read(
      Buffer.from('place;said\r\nPort;"He said ""no"";\nand left"\r\n;;\r\n'),
      'said.csv',
    )
    expect(table.text).toBe('place\tsaid\nPort\tHe said "no";\nand left\n\t\t\n')
    const wide = await read(
      encoded('город;сказано\nАктау;свидетели говорят о лодках\n', 'windows-1251'),
      'ru.csv',
    )
    expect([wide.body.charset, wide.text]).toEqual([
      'windows-1251',
      'город\tсказано\nАктау\tсвидетели говорят о лодках\n',
    ])
  })

  test.each(['koi8-r', 'windows-1251'])(
    'S47 a mail in %s: heads, words, and two attachments as sources of their own',
    async (charset) => {
      const subject = `=?${charset}?B?${encoded('Лодки в порту', charset).toString('base64')}?=`
      const name = `=?${charset}?B?${encoded('список.csv', charset).toString('base64')}?=`
      const page = await aDocx(p(`The list of ${charset}.`))
      const bytes = Buffer.concat([
        Buffer.from(
          `From: "A. Reader" <reader@harbour.example>\r\nTo: clerk@harbour.example\r\nDate: Mon, 3 May 2021 10:00:00 +0000\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
        ),
        encoded('Двенадцать лодок сгорели. Никто не ответил.', charset),
        Buffer.from(
          `\r\n--B\r\nContent-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\nplace,boats\r\n${charset},12\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="../list.docx"\r\n\r\n${page.toString('base64')}\r\n--B--\r\n`,
        ),
      ])
      const results = await takeIn(workspace, dossier, [{ fileName: `${charset}.eml`, bytes }])
      expect(results.map(({ fileName, outcome }) => [fileName, outcome])).toEqual([
        [`${charset}.eml`, 'added'],
        [`${charset}.eml/список.csv`, 'added'],
        [`${charset}.eml/.._list.docx`, 'added'],
      ])
      const sources = []
      for (const { source } of results) sources.push(await ask((tx) => findSource(tx, source ?? '')))
      expect(sources[0]?.source).toMatchObject({ title: 'Лодки в порту', date: '2021-05-03', language: 'ru' })
      for (const one of sources.slice(1)) expect(one?.source.within).toBe(results[0]?.source)
      const known = await ask((tx) => readingInUse(tx, results[0]?.source ?? ''))
      expect(known?.text).toContain('From: A. Reader <reader@harbour.example>\n')
      expect(known?.text).toContain('Двенадцать лодок сгорели. Никто не ответил.')
    },
  )

  test('S47 files of an archive are sources of their own, two levels deep; what is deeper is kept closed', async () => {
    const third = await aZip({ 'd.txt': 'The fourth log.\n' })
    const second = await aZip({
      'c.txt': 'The third log.\n',
      'third.zip': await aZip({ 'third.zip': third }),
    })
    const bytes = await aZip({
      'a/log.txt': 'The first log.\n',
      'b/log.txt': 'The second log.\n',
      'second.zip': second,
      '.DS_Store': 'x',
    })
    const results = await takeIn(workspace, dossier, [{ fileName: 'logs.zip', bytes }])
    expect(results.map(({ fileName, warnings }) => [fileName, warnings?.[0]?.code])).toEqual([
      ['logs.zip', undefined],
      ['logs.zip/a/log.txt', undefined],
      ['logs.zip/b/log.txt', undefined],
      ['logs.zip/second.zip', undefined],
      ['logs.zip/second.zip/c.txt', undefined],
      ['logs.zip/second.zip/third.zip', 'inside_too_deep'],
    ])
    const again = await takeIn(workspace, dossier, [{ fileName: 'logs.zip', bytes }])
    expect(again.every(({ outcome }) => outcome === 'there already')).toBe(true)
  })

  test('S48 S45 zips that would harm are refused before they are unpacked, and kept', async () => {
    const zeros = Buffer.alloc(30 * 1024 * 1024)
    const slip = await aZip({ 'aa/evil.txt': 'x' })
    const many = await aZip(Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}`, 'x'])))
    const results = await takeIn(workspace, dossier, [
      { fileName: 'bomb.zip', bytes: await aZip({ 'zeros.txt': zeros }) },
      {
        fileName: 'bomb.docx',
        bytes: await aZip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': zeros }),
      },
      {
        fileName: 'slip.zip',
        bytes: Buffer.from(slip.toString('latin1').replaceAll('aa/evil', '../evil'), 'latin1'),
      },
      { fileName: 'link.zip', bytes: await aZip({ link: '/etc/passwd' }, { link: { mode: 0o120777 } }) },
      { fileName: 'many.zip', bytes: many },
      { fileName: 'cut.zip', bytes: many.subarray(0, 4000) },
      { fileName: 'sheet.docx', bytes: await anXlsx('', []) },
      { fileName: 'deep.docx', bytes: await aDocx('<w:sdt>'.repeat(100_000)) },
      { fileName: 'words.eml', bytes: Buffer.from('These are no heads\n\nof a mail.\n') },
      {
        fileName: 'entities.docx',
        bytes: await aZip({
          '[Content_Types].xml': '<Types/>',
          'word/document.xml': `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(100)}"><!ENTITY b SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${p('&amp;a; &b;')}</w:body></w:document>`,
        }),
      },
    ])
    expect(results.map(({ fileName, code, source }) => [fileName, code, source !== null])).toEqual([
      ['bomb.zip', 'unpacks_too_large', true],
      ['bomb.docx', 'unpacks_too_large', true],
      ['slip.zip', 'path_leaves_folder', true],
      ['link.zip', 'path_leaves_folder', true],
      ['many.zip', 'unpacks_too_large', true],
      ['cut.zip', 'file_damaged', true],
      ['sheet.docx', 'kind_disagrees', true],
      ['deep.docx', 'too_deep', true],
      ['words.eml', 'file_damaged', true],
      ['entities.docx', undefined, true],
    ])
    expect((await ask((tx) => readingInUse(tx, results[9]?.source ?? '')))?.text).toBe('&a; &b;\n')
  })

  test.skipIf(!REAL)(
    'S46 real documents: rows of large tables, notes and boxes of other projects',
    async () => {
      const rows = await Promise.all(
        ['2013', '2018'].map(async (year) => {
          const name = `Matrix_recommendations_${year}.docx`
          return (await read(readFileSync(`${DATA}un-documents/${name}`), name)).body.structure?.tables?.map(
            (one) => one.rows.length,
          )
        }),
      )
      expect(rows).toEqual([[304], [411]])
      const folder = `${DATA}fixtures/docx/`
      const refused: string[] = []
      for (const name of readdirSync(folder))
        await read(readFileSync(folder + name), name).catch(({ code }) => refused.push(`${name} ${code}`))
      expect(refused).toEqual(
        ['empty', 'external-picture', 'tiny-picture-target-base-relative', 'tiny-picture'].map(
          (one) => `${one}.docx no_text`,
        ),
      )
    },
  )
})
