/** Why, on what basis and where an invented dossier is kept. */
export function aProcessing(dossier: string) {
  return {
    dossier,
    controller: 'Harbour Watch, a fictional association',
    contact: '',
    purposes: 'To document what became of a promise.',
    basis: 'legitimate_interests' as const,
    special: 'none_kept' as const,
    national: 'none' as const,
    provision: '',
    people: 'Officials, fishermen.',
    recipients: 'None.',
    country: 'KZ',
    place: 'own_machine' as const,
    provider: '',
    transfers: 'None.',
    assessedOn: null,
  }
}
