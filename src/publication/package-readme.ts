import { PACKAGE_FORMAT } from './package-format.ts'

/** What a person who opens a package reads first. */
export function packageReadme({ title, key }: { title: string; key: string }): string {
  return `${PACKAGE_FORMAT}

${title}

EN. This file is a rapporteur-package: one dossier with every source as it was received (originals/), what was read in
it (readings/), every record with all its revisions (records.jsonl), the coded statements (coding.json), and the proof
that each stands in the ledger (ledger/). "rapporteur verify FILE" or "python3 rapporteur_verify.py FILE" checks every
byte of it without a connection. A verifier that came together with the file proves nothing: get it elsewhere. Compare
the key below with one that you have from another place; with an earlier checkpoint (--since) a rollback is found too.

RU. Этот файл – пакет rapporteur-package: одно досье со всеми источниками в том виде, в каком они получены (originals/),
их прочтениями (readings/), всеми записями и их редакциями (records.jsonl), закодированными утверждениями (coding.json)
и доказательством того, что каждая запись стоит в реестре (ledger/). Команда «rapporteur verify ФАЙЛ» или
«python3 rapporteur_verify.py ФАЙЛ» проверяет каждый байт без соединения с сетью. Проверяющая программа, полученная
вместе с файлом, ничего не доказывает: возьмите её в другом месте. Сверьте ключ внизу с тем, что известен вам из другого
источника; с более ранней контрольной точкой (--since) обнаруживается и откат.

KK. Бұл файл – rapporteur-package пакеті: бір дерекнама, оның барлық дереккөзі алынған күйінде (originals/), оқылымдары
(readings/), барлық жазбасы мен олардың редакциялары (records.jsonl), кодталған мәлімдемелер (coding.json) және
әрқайсысының тізілімде тұрғанының дәлелі (ledger/). «rapporteur verify ФАЙЛ» немесе «python3 rapporteur_verify.py ФАЙЛ»
пәрмені әр байтты желісіз тексереді. Файлмен бірге келген тексеруші ештеңені дәлелдемейді: оны басқа жерден алыңыз.
Төмендегі кілтті басқа жерден алған кілтпен салыстырыңыз; бұрынғы бақылау нүктесімен (--since) кері қайтару да табылады.

${key}
`
}
