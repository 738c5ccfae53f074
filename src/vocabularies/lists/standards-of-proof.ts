import { vocabulary } from '../list.ts'

/** From the least to the most demanding. */
export const standardsOfProof = vocabulary('standards-of-proof', '1', [
  ['reasonable_suspicion', 'reasonable suspicion', 'разумное подозрение', 'негізді күдік'],
  [
    'reasonable_grounds_to_believe',
    'reasonable grounds to believe',
    'разумные основания полагать',
    'сенуге негізді себептер',
  ],
  ['balance_of_probabilities', 'balance of probabilities', 'баланс вероятностей', 'ықтималдықтар теңгерімі'],
  ['beyond_reasonable_doubt', 'beyond reasonable doubt', 'вне разумных сомнений', 'ақылға қонымды күмәнсіз'],
])
