import PostalMime from 'postal-mime'
import { detectLanguage } from '../../foundation/languages.ts'
import type { Extract, InsideFile, Reader } from '../extract.ts'
import { readHtml } from '../read-html.ts'
import { damaged } from './container.ts'
import { storable, TextBuilder } from './text-builder.ts'

/** Levels of mails within mails, and bytes of headers, that are followed. */
const DEEPEST = 32
const HEADERS = 1024 * 1024
/** A header line, or the line that a mailbox puts before it. */
const BEGINS = /^(?:\uFEFF|\u00EF\u00BB\u00BF)?\s*(?:[!-9;-~]+[ \t]*:|From )/

type Mail = Awaited<ReturnType<typeof PostalMime.parse>>
type Address = NonNullable<Mail['from']>

/** A mail as it was saved (RFC 5322, MIME): who wrote to whom and when, the words, attachments as files of their own. */
export const mailReader: Reader = {
  tool: 'rapporteur-mail',
  version: '1 (postal-mime 4.0.0)',
  mediaType: 'message/rfc822',
  isShutIn: true,
  async read(bytes): Promise<Extract> {
    if (!BEGINS.test(new TextDecoder('latin1').decode(bytes.subarray(0, 1000))))
      throw damaged('begins as no mail does')
    const mail = await PostalMime.parse(bytes, {
      attachmentEncoding: 'arraybuffer',
      maxNestingDepth: DEEPEST,
      maxHeadersSize: HEADERS,
    }).catch(() => {
      throw damaged('is nested or begun as no mail is')
    })
    const text = new TextBuilder()
    const heads: [string, string][] = [
      ['From', namesOf(mail.from ? [mail.from] : [])],
      ['Sender', namesOf(mail.sender ? [mail.sender] : [])],
      ['To', namesOf(mail.to ?? [])],
      ['Cc', namesOf(mail.cc ?? [])],
      ['Date', headerOf(mail, 'date')],
      ['Subject', mail.subject ?? ''],
    ]
    for (const [name, value] of heads) {
      const line = storable(value.replace(/\s+/g, ' ').trim())
      if (line === '') continue
      if (text.at > 0) text.put('\n')
      text.unit(`${name}: ${line}`)
    }
    const body = mail.text?.trim() ? mail.text : mail.html ? readHtml(mail.html).text : ''
    for (const paragraph of storable(body.replace(/\r\n?/g, '\n')).split(/\n{2,}/)) {
      const words = paragraph.replace(/^\n+|\s+$/g, '')
      if (words === '') continue
      text.paragraph()
      text.unit(words)
    }
    const inside = attachmentsOf(mail)
    const day = mail.date === undefined ? null : dayOf(mail.date)
    return {
      text: text.end(),
      units: text.units,
      isFileText: false,
      charset: null,
      // The heads are names and addresses; what language the mail is in, its words say.
      language: known(detectLanguage(body)),
      title:
        storable(mail.subject ?? '')
          .trim()
          .slice(0, 500) || null,
      date: day,
      warnings: [],
      structure: { about: aboutOf(mail) },
      ...(inside.length > 0 ? { inside } : {}),
    }
  },
}

function known(language: string): string | null {
  return language === 'und' ? null : language
}

function headerOf(mail: Mail, key: string): string {
  return mail.headers.find((one) => one.key === key)?.value ?? ''
}

function namesOf(addresses: readonly Address[]): string {
  return addresses
    .map((one) =>
      one.group
        ? `${one.name}: ${namesOf(one.group)}`
        : one.name
          ? `${one.name} <${one.address ?? ''}>`
          : (one.address ?? ''),
    )
    .filter((one) => one !== '')
    .join(', ')
}

function dayOf(date: string): string | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0]
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : null
}

function aboutOf(mail: Mail): Record<string, string> {
  const about: Record<string, string> = {}
  const facts = {
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    returnPath: mail.returnPath,
    date: mail.date,
  }
  for (const [name, value] of Object.entries(facts)) if (value) about[name] = storable(value).slice(0, 1000)
  const received = mail.headers.filter(({ key }) => key === 'received').map(({ value }) => value)
  if (received.length > 0) about.received = storable(received.join('\n')).slice(0, 8000)
  return about
}

/** Attachments under the names they came with; those without one are counted. */
function attachmentsOf(mail: Mail): InsideFile[] {
  return mail.attachments.flatMap(({ filename, mimeType, content }, n) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
    if (bytes.length === 0) return []
    const given = storable(filename ?? '')
      .replace(/[\\/:*?"<>|\r\n\t]/g, '_')
      .trim()
      .slice(-120)
    const plain = /[^._\s]/.test(given)
      ? given
      : `attachment-${n + 1}${mimeType === 'message/rfc822' ? '.eml' : ''}`
    return [{ fileName: plain, bytes }]
  })
}
