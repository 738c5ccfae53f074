import { decode } from '../decode.ts'
import type { Extract, Reader } from '../extract.ts'
import { declaredCharset, readHtml } from '../read-html.ts'
import type { Structure } from '../structure.ts'
import { storable, TextBuilder } from './text-builder.ts'

/** A page saved from a browser: its words, its headings, and which of it belongs to the site and not to the article. */
export const htmlReader: Reader = {
  tool: 'rapporteur-html',
  version: '3',
  mediaType: 'text/html',
  isShutIn: true,
  read(bytes): Extract {
    const { text: html, charset, notes } = decode(bytes, declaredCharset(bytes))
    const { blocks, title, date, language, about } = readHtml(html)
    const text = new TextBuilder()
    const furniture: [number, number][] = []
    const headings: NonNullable<Structure['headings']> = []
    for (const block of blocks) {
      const words = storable(block.text)
      if (words === '') continue
      text.paragraph()
      const place = text.unit(words)
      if (block.isFurniture) furniture.push([place.start, place.end])
      else if (block.level !== null) headings.push({ ...place, level: block.level })
    }
    const structure: Structure = {
      ...(headings.length > 0 ? { headings } : {}),
      ...(Object.keys(about).length > 0 ? { about } : {}),
    }
    return {
      text: text.end(),
      units: text.units,
      furniture,
      furnitureIs: 'outside the article',
      ...(Object.keys(structure).length > 0 ? { structure } : {}),
      isFileText: false,
      charset,
      language,
      title: title && storable(title),
      date,
      warnings: notes,
    }
  },
}
