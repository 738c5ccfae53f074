import { vocabulary } from '../list.ts'

/** With what intent, as somebody states it. Codes: HURIDOCS MT38. */
export const intents = vocabulary('intents', '1', [
  ['information', 'to obtain information', 'получить сведения', 'мәлімет алу', { huridocs: '01' }],
  ['confession', 'to obtain a confession', 'получить признание', 'мойындату', { huridocs: '01' }],
  ['intimidation', 'to intimidate', 'запугать', 'үрейлендіру', { huridocs: '02' }],
  [
    'intimidation of others',
    'to sow fear in others',
    'посеять страх среди других',
    'өзгелерге үрей салу',
    { huridocs: '0202' },
  ],
  ['punishment', 'to punish', 'наказать', 'жазалау', { huridocs: '03' }],
  [
    'silencing',
    'to silence the opposition',
    'заставить замолчать оппозицию',
    'оппозицияның үнін өшіру',
    { huridocs: '05' },
  ],
  ['public order', 'to keep public order', 'поддержать общественный порядок', 'қоғамдық тәртіпті сақтау'],
  ['protection', 'to protect', 'защитить', 'қорғау'],
  ['extortion', 'to extort', 'вымогать', 'қорқытып алу', { huridocs: '07' }],
  ['discrimination', 'to discriminate', 'дискриминировать', 'кемсіту'],
  ['unknown', 'intent unknown', 'намерение неизвестно', 'ниеті белгісіз', { huridocs: '99' }],
])
