import { vocabulary } from '../list.ts'

/**
 * How far somebody had a part in an act: each term is an aspect of acts, so that every involvement is said by a speaker.
 * Codes: HURIDOCS MT18.
 */
export const involvementDegrees = vocabulary('involvement-degrees', '1', [
  ['carried out by', 'carried it out', 'совершил', 'жасады', { huridocs: '0101' }],
  ['ordered by', 'gave the order', 'отдал приказ', 'бұйырды', { huridocs: '0102' }],
  ['assisted by', 'assisted', 'содействовал', 'көмектесті', { huridocs: '0103' }],
  ['present', 'was present', 'присутствовал', 'сонда болды', { huridocs: '0104' }],
  ['planned by', 'planned it', 'планировал', 'жоспарлады', { huridocs: '0105' }],
  ['suspected', 'is suspected', 'подозревается', 'күдікті', { huridocs: '0106' }],
  ['law authored by', 'authored the law', 'автор закона', 'заңның авторы', { huridocs: '0301' }],
  [
    'failed to act',
    'knew and failed to act',
    'знал и бездействовал',
    'біле тұра әрекет етпеді',
    { huridocs: '0502' },
  ],
  ['failed to prevent', 'failed to prevent it', 'не предотвратил', 'алдын алмады', { huridocs: '0503' }],
  [
    'no control over subordinates',
    'did not control subordinates',
    'не контролировал подчинённых',
    'бағыныштыларын қадағаламады',
    { huridocs: '0501' },
  ],
  [
    'politically responsible',
    'is politically responsible',
    'несёт политическую ответственность',
    'саяси жауапты',
    { huridocs: '06' },
  ],
  ['paid for by', 'paid for it', 'финансировал', 'қаржыландырды'],
  [
    'involved',
    'had an unknown part',
    'степень участия неизвестна',
    'қатысу дәрежесі белгісіз',
    { huridocs: '99' },
  ],
])

/** What kind of actor is meant. Codes: HURIDOCS MT24. */
export const actorTypes = vocabulary('actor-types', '1', [
  [
    'national executive',
    'national executive',
    'центральная исполнительная власть',
    'орталық атқарушы билік',
    { huridocs: '010101' },
  ],
  [
    'local executive',
    'local executive',
    'местная исполнительная власть',
    'жергілікті атқарушы билік',
    { huridocs: '010102' },
  ],
  ['armed forces', 'armed forces', 'вооружённые силы', 'қарулы күштер', { huridocs: '010103' }],
  ['police', 'police', 'полиция', 'полиция', { huridocs: '010104' }],
  ['prison service', 'prison service', 'пенитенциарная служба', 'түрме қызметі', { huridocs: '010105' }],
  ['security service', 'security service', 'спецслужба', 'арнайы қызмет', { huridocs: '010106' }],
  ['legislature', 'legislature', 'законодательная власть', 'заң шығарушы билік', { huridocs: '0102' }],
  ['judiciary', 'judiciary', 'судебная власть', 'сот билігі', { huridocs: '0103' }],
  ['foreign forces', 'foreign forces', 'иностранные силы', 'шетелдік күштер', { huridocs: '03' }],
  [
    'non-state armed group',
    'non-State armed group',
    'негосударственная вооружённая группа',
    'мемлекеттік емес қарулы топ',
    { huridocs: '02' },
  ],
  ['family member', 'member of the family', 'член семьи', 'отбасы мүшесі', { huridocs: '1101' }],
  ['company', 'company', 'компания', 'компания', { huridocs: '21' }],
  ['unknown', 'unknown actor', 'неизвестный субъект', 'белгісіз тұлға', { huridocs: '99' }],
])
