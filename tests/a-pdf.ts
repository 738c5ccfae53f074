/** One line on a page: where its letters stand, in points from the lower left corner, their size, and the words. */
export type PdfLine = readonly [x: number, y: number, size: number, words: string]

/** A plain PDF 1.4 of these pages, set in Helvetica; `locked` says it is encrypted, with a password that nobody has. */
export function aPdf(
  pages: readonly (readonly PdfLine[])[],
  {
    locked = false,
    outline = [],
  }: { locked?: boolean; outline?: readonly (readonly [string, number])[] } = {},
): Buffer {
  const objects: string[] = []
  const add = (body: string) => objects.push(body)
  const pageAt = (n: number) => 4 + n * 2
  const outlineAt = 4 + pages.length * 2
  add(`<< /Type /Catalog /Pages 2 0 R${outline.length > 0 ? ` /Outlines ${outlineAt} 0 R` : ''} >>`)
  add(
    `<< /Type /Pages /Kids [${pages.map((_, n) => `${pageAt(n)} 0 R`).join(' ')}] /Count ${pages.length} >>`,
  )
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  for (const [n, lines] of pages.entries()) {
    const text = lines
      .map(
        ([x, y, size, words]) =>
          `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${words.replace(/[\\()]/g, '\\$&')}) Tj ET`,
      )
      .join('\n')
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${pageAt(n) + 1} 0 R >>`,
    )
    add(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`)
  }
  if (outline.length > 0) {
    add(`<< /First ${outlineAt + 1} 0 R /Last ${outlineAt + outline.length} 0 R /Count ${outline.length} >>`)
    for (const [n, [title, page]] of outline.entries()) {
      const next = n + 1 < outline.length ? ` /Next ${outlineAt + n + 2} 0 R` : ''
      add(`<< /Title (${title}) /Parent ${outlineAt} 0 R /Dest [${pageAt(page)} 0 R /Fit]${next} >>`)
    }
  }
  let file = '%PDF-1.4\n'
  const places = objects.map((body, n) => {
    const at = file.length
    file += `${n + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const start = file.length
  const lock = locked
    ? ` /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<01> <01>]`
    : ''
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  for (const at of places) file += `${String(at).padStart(10, '0')} 00000 n \n`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

/** A PDF of scanned pages, each a grey JPEG that fills it, and no words. */
export function aScannedPdf(
  pictures: readonly { readonly jpeg: Buffer; readonly width: number; readonly height: number }[],
): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const places: number[] = []
  let at = pieces[0]?.length ?? 0
  const put = (...parts: (string | Buffer)[]) => {
    places.push(at)
    const whole = Buffer.concat([
      Buffer.from(`${places.length} 0 obj\n`),
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
      Buffer.from('\nendobj\n'),
    ])
    pieces.push(whole)
    at += whole.length
  }
  put('<< /Type /Catalog /Pages 2 0 R >>')
  put(
    `<< /Type /Pages /Kids [${pictures.map((_, n) => `${3 + n * 3} 0 R`).join(' ')}] /Count ${pictures.length} >>`,
  )
  for (const [n, { jpeg, width, height }] of pictures.entries()) {
    const own = 3 + n * 3
    const tall = Math.round((595 * height) / width)
    const drawn = `595 0 0 ${tall} 0 0 cm /P Do`
    put(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${tall}] /Resources << /XObject << /P ${own + 2} 0 R >> >> /Contents ${own + 1} 0 R >>`,
    )
    put(`<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`)
    put(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      jpeg,
      '\nendstream',
    )
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...pieces, Buffer.from(end)])
}
