import { describe, expect, test } from 'vitest'
import { codePointSlice } from '../src/foundation/code-points.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { selfDescription } from '../src/sources/readers/linked-data.ts'

const SENTENCE =
  'The harbour board heard eleven fishermen, and the keeper of the lighthouse saw a second fire.'
const ARTICLE = `<!doctype html><html lang="en"><head>
<title>Fire at the pier | The Port Sample Gazette</title>
<meta property="og:site_name" content="The Port Sample Gazette"><meta name="author" content="Desk">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Gazette"},
{"@type":["NewsArticle"],"headline":"Fire at the pier","author":[{"@type":"Person","name":"Ada Sample"},{"name":"Ben Sample"}],
"publisher":{"@type":"Organization","name":"Port Sample Gazette Ltd"},"datePublished":"2021-03-04T08:00:00Z","dateModified":"2021-03-05","inLanguage":"en"}]}</script>
<script type="application/ld+json">{ this is no JSON</script></head><body>
<header><a href="/">The Port Sample Gazette</a></header>
<nav><ul><li><a href="/a">News</a></li><li><a href="/b">Sport</a></li><li><a href="/c">Weather</a></li></ul></nav>
<div class="cookie-banner">We keep cookies.</div>
<main><article><header><h1>Fire at the pier</h1></header><p>${SENTENCE}</p><h2>What was heard</h2>
<p>${SENTENCE} <a href="/r">The report</a> was never given.</p><p>${SENTENCE}</p>
<div class="share">Share this</div>
<p><a href="/1">One</a></p><p><a href="/2">Two</a></p><p><a href="/3">Three</a></p></article></main>
<aside>Most read</aside><footer>All rights with the Gazette.</footer></body></html>`

const read = async (html: string) =>
  (await readOriginalBytes(new TextEncoder().encode(html), { fileName: 'page.html' })).reading

describe('articles of the web', () => {
  test('S55 what the page says of itself is found, in JSON-LD before its head', async () => {
    const { found, body } = await read(ARTICLE)
    expect(found).toEqual({ title: 'Fire at the pier', date: '2021-03-04' })
    expect(body.language).toBe('en')
    expect(body.structure?.about).toEqual({
      author: 'Ada Sample; Ben Sample',
      publisher: 'Port Sample Gazette Ltd',
      published: '2021-03-04',
      modified: '2021-03-05',
    })
  })

  test('S55 what belongs to the site stays and is marked; what the article says is not', async () => {
    const { text, body } = await read(ARTICLE)
    const slice = codePointSlice(text)
    const outside = body.marks
      .filter(({ kind, rule }) => kind === 'boilerplate' && rule === 'outside the article')
      .map(({ start, end }) => slice(start, end))
    expect(outside).toEqual([
      'The Port Sample Gazette',
      'News',
      'Sport',
      'Weather',
      'We keep cookies.',
      'Share this',
      'One',
      'Two',
      'Three',
      'Most read',
      'All rights with the Gazette.',
    ])
    expect(text).toContain(`${SENTENCE} The report was never given.`)
    const headings = body.structure?.headings?.map(({ start, end, level }) => [level, slice(start, end)])
    expect(headings).toEqual([
      [1, 'Fire at the pier'],
      [2, 'What was heard'],
    ])
  })

  test('S55 of a page without a main part only what is called so is marked', async () => {
    const { text, body } = await read(
      `<html><body><h1>Fire</h1><p>${SENTENCE}</p><p><a href="/r">A report</a></p><footer>The end</footer></body></html>`,
    )
    const slice = codePointSlice(text)
    expect(body.marks.map(({ start, end }) => slice(start, end))).toEqual(['The end'])
  })

  test.each([
    ['nested beyond reason', '['.repeat(100_000)],
    ['deep and whole', `${'{"a":'.repeat(50)}{"@type":"Article","headline":"x"}${'}'.repeat(50)}`],
    ['of another type', '{"@type":"Recipe","headline":"Soup"}'],
    ['with numbers for names', '{"@type":"Article","headline":7,"author":[7,null,{"name":[]}]}'],
  ])('S55 JSON-LD that is %s gives nothing wrong', (_, script) => {
    const found = selfDescription([script])
    expect(found?.headline ?? null).toBeNull()
    expect(found?.authors ?? []).toEqual([])
  })
})
