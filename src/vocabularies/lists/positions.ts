import { vocabulary } from '../list.ts'

/** How somebody stands towards a matter. Positions differ; they never conflict. */
export const positions = vocabulary('positions', '1', [
  ['welcomes', 'welcomes', 'приветствует', 'құптайды'],
  ['supports', 'supports', 'поддерживает', 'қолдайды'],
  ['encourages', 'encourages', 'призывает продолжать', 'ынталандырады'],
  ['notes', 'takes note', 'принимает к сведению', 'назарға алады'],
  ['is concerned', 'is concerned', 'обеспокоен', 'алаңдайды'],
  ['regrets', 'regrets', 'сожалеет', 'өкінеді'],
  ['doubts', 'doubts', 'сомневается', 'күмәнданады'],
  ['opposes', 'opposes', 'выступает против', 'қарсы шығады'],
  ['condemns', 'condemns', 'осуждает', 'айыптайды'],
  ['accepts', 'accepts', 'принимает', 'қабылдайды'],
  ['rejects', 'rejects', 'отвергает', 'қабылдамайды'],
  ['abstains', 'abstains', 'воздерживается', 'қалыс қалады'],
])
