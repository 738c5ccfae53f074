import { vocabulary } from '../list.ts'

/** Which side a speaker stands on; the columns of a comparison. */
export const speakerGroups = vocabulary('speaker-groups', '1', [
  ['state', 'State', 'государство', 'мемлекет'],
  ['un', 'United Nations', 'Организация Объединённых Наций', 'Біріккен Ұлттар Ұйымы'],
  ['civil-society', 'civil society', 'гражданское общество', 'азаматтық қоғам'],
  ['press', 'press', 'пресса', 'баспасөз'],
  ['witness', 'witness or victim', 'свидетель или пострадавший', 'куәгер не жәбірленуші'],
  [
    'nhri',
    'national human rights institution',
    'национальное правозащитное учреждение',
    'ұлттық құқық қорғау мекемесі',
  ],
  ['igo', 'intergovernmental organisation', 'межправительственная организация', 'үкіметаралық ұйым'],
  ['other-state', 'another State', 'другое государство', 'басқа мемлекет'],
  ['ours', 'our organisation', 'наша организация', 'біздің ұйым'],
  ['unknown', 'unknown', 'неизвестно', 'белгісіз'],
])
