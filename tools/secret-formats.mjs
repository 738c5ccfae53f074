// What a secret looks like: formats that are known, values given to a name that says so, and strings that only chance makes.

/** Formats that nothing else has. The whole match is the finding. */
const KNOWN = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g],
  // An Ed25519 or X25519 key as PKCS #8, as base64 and as hexadecimal.
  ['a private key', /\bMC4CAQAwBQYDK2V[uw]BCIEI[A-Za-z0-9+/_-]{20,}/g],
  ['a private key', /\b302e020100300506032b65(?:6e|70)04220420[0-9a-f]{64}/g],
  ['a private key of age', /\bAGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{20,}/g],
  ['a signing key of a note', /\bPRIVATE\+KEY\+[^\s"']{10,}/g],
  ['a private JSON web key', /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/g],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/g],
  ['a token of GitLab', /\bglpat-[A-Za-z0-9_-]{20,}/g],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}/g],
  ['a token of npm', /\b_authToken\s*=\s*[^\s$]{8,}/g],
  ['a key of Amazon', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['a key of Google', /\bAIza[0-9A-Za-z_-]{35}/g],
  ['a token of Slack', /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/g],
  ['a key of Stripe', /\b[rs]k_live_[0-9A-Za-z]{20,}/g],
  ['a key of a language model', /\bsk-[A-Za-z0-9_-]{32,}/g],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g],
  ['a way of signing in by TOTP', /\botpauth:\/\/[^\s"'`]*secret=[A-Z2-7]{16,}/g],
  // A word that only stands for a password is none.
  [
    'an address with a password',
    /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`{}$<>]+:(?!(?:test|secret|password)@)[^\s:/@"'`{}$<>]{3,}@/gi,
  ],
]

/** A name that says what its value is, and the value. */
const NAMED =
  /(?:passw(?:or)?d|passphrase|secret|token|api_?key|private_?key|credential|client_?key)\w{0,12}["'`]?\s*[:=]\s*["'`]([^"'`\s]{12,})["'`]/gi

/** What could have been made by chance: letters of both cases and digits, 24 or more. */
const RANDOM = /[A-Za-z0-9+/_-]{24,}={0,2}/g

/** Bits a character, below which a value under such a name is words or an example. */
const LEAST_OF_NAMED = 3.2
const LEAST_OF_RANDOM = 3.9
/** The share of characters that stand in runs of three small letters or more: by chance 0.15, in names made of words over 0.6. */
const MOST_WORDS = 0.45

/** Findings in one text: what it looks like, the string, and where it begins. */
export function secretsIn(text) {
  const found = []
  for (const [what, pattern] of KNOWN)
    for (const match of text.matchAll(pattern)) found.push({ what, value: match[0], at: match.index })
  for (const match of text.matchAll(NAMED)) {
    const [whole, value] = match
    if (bitsOf(value) >= LEAST_OF_NAMED && /\d/.test(value) && /[a-z]/i.test(value))
      found.push({ what: 'a value under a name of a secret', value, at: match.index + whole.indexOf(value) })
  }
  for (const match of text.matchAll(RANDOM)) {
    const [value] = match
    if (looksRandom(value) && !isDigest(text, match.index))
      found.push({ what: 'a string made by chance', value, at: match.index })
  }
  // One string is one finding, under what is surest of it.
  return found.filter(
    ({ at, value }, n) =>
      !found.slice(0, n).some((one) => one.at < at + value.length && at < one.at + one.value.length),
  )
}

function looksRandom(value) {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length
  return kinds === 3 && wordsIn(value) <= MOST_WORDS && bitsOf(value) >= LEAST_OF_RANDOM
}

/** What a lock file of npm or Go says of the bytes of a file. */
function isDigest(text, at) {
  return (
    /(?:sha(?:1|256|384|512)-| h1:)$/.test(text.slice(Math.max(0, at - 7), at)) ||
    /^sha\d+-/.test(text.slice(at, at + 7))
  )
}

/** Shannon's entropy, bits a character. */
function bitsOf(value) {
  const counts = new Map()
  for (const one of value) counts.set(one, (counts.get(one) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}

function wordsIn(value) {
  const runs = value.match(/[a-z]{3,}/g) ?? []
  return runs.join('').length / value.length
}
