import { mustBeSlug } from '../sources/dossier.ts'
import { required } from './usage.ts'

/**
 * The dossier named on the command line, looked at before any record is opened or made.
 *
 * @throws UsageError, Refusal `slug_unreadable`
 */
export function dossierSlug(given: string | undefined): string {
  const slug = required(given, 'dossier')
  mustBeSlug(slug)
  return slug
}
