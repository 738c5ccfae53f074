import { vocabulary } from '../list.ts'

/** What words may tell about the source itself. */
export const sourceFacts = vocabulary('source-facts', '1', [
  ['headline', 'headline', 'заголовок', 'тақырып'],
  ['section', 'section', 'рубрика', 'айдар'],
  ['document date', 'date of the document', 'дата документа', 'құжат күні'],
  ['image credit', 'image credit', 'автор изображения', 'сурет авторы'],
  ['interview', 'interview', 'интервью', 'сұхбат'],
  ['document discussed', 'document discussed', 'обсуждаемый документ', 'талқыланған құжат'],
  ['quoted document', 'quoted document', 'цитируемый документ', 'дәйексөз алынған құжат'],
])

/** Whence a speaker knows. Codes: HURIDOCS MT19. */
export const bases = vocabulary('bases', '1', [
  ['first-hand', 'first-hand', 'из первых рук', 'өз көзімен көрген', { huridocs: '01' }],
  ['told', 'told by others', 'со слов других', 'өзгелерден естіген', { huridocs: '02' }],
])

/** Whether words speak for or against whom they are about. */
export const balances = vocabulary('balances', '1', [
  ['favourable', 'favourable', 'в пользу', 'қолдайтын'],
  ['critical', 'critical', 'критически', 'сын айтатын'],
])
