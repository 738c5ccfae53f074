import { vocabulary } from '../list.ts'

/** How the innermost speaker stands to what is said. */
export const polarities = vocabulary('polarities', '1', [
  ['affirmed', 'affirmed', 'утверждается', 'растайды'],
  ['denied', 'denied', 'отрицается', 'жоққа шығарады'],
  ['not denied', 'not denied', 'не отрицается', 'жоққа шығармайды'],
  ['doubted', 'doubted', 'ставится под сомнение', 'күмән келтіреді'],
  ['asked', 'asked', 'спрашивается', 'сұрайды'],
])
