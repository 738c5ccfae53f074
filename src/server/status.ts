import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Refusals by what they are about. */
const STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  host_unknown: 421,
  origin_unknown: 403,
  key_missing: 401,
  signed_out: 401,
  sign_in_refused: 401,
  prove_again: 403,
  too_many_tries: 429,
  link_unknown: 404,
  not_allowed: 403,
  not_json: 415,
  too_large: 413,
  request_unreadable: 400,
  method_unknown: 405,
  not_there: 404,
  dossier_unknown: 404,
  source_unknown: 404,
  matter_unknown: 404,
  passage_unknown: 404,
  finding_unknown: 404,
  draft_unknown: 404,
  citation_unknown: 404,
  table_unknown: 404,
  interlocutor_unknown: 404,
  helper_unknown: 404,
  interview_unknown: 404,
  task_unknown: 404,
  not_trained: 403,
  consent_missing: 403,
  changed_meanwhile: 409,
  record_busy: 409,
  machine_failed: 500,
  original_missing: 500,
  original_altered: 500,
  database_gone: 503,
}

/** The HTTP status of a refusal; one that has none of its own is something the asker can mend: 422. */
export function statusOf(code: string): ContentfulStatusCode {
  return STATUS[code] ?? 422
}
