/** The words of the ledger, its receipts and its proofs, in three languages with the same keys. */

export const ledgerEn = {
  'ledger.checkpoint': 'Newest checkpoint',
  'ledger.clock': 'the clock went back, from {before} at least',
  'ledger.entry': 'entry {n}',
  'ledger.erasure': 'erased, as the law asks',
  'ledger.keep':
    'Keep a copy outside this machine: with it anybody can tell later whether the record was rolled back.',
  'ledger.lead': 'Entries: {n}. Waiting for their place: {waiting}.',
  'ledger.newest': 'Newest',
  'ledger.rollCall': 'the program accounts for all its changes so far',
  'ledger.waits': 'waits for its place',
  'receipt.keep':
    'Keep it outside this machine: it proves this change to anybody, and says nothing of what was changed.',
  'receipt.save': 'Save as a file',
  'receipt.title': 'Receipt',
  'receipt.waits': 'So far it is a signed promise; the proof of its place follows within seconds.',
  'verify.altered': 'Altered',
  'verify.busy': 'Checking everything…',
  'verify.cannotTell': 'Cannot tell',
  'verify.counts': '{entries} entries, {records} records, {ms} ms',
  'verify.intact': 'Intact',
  'verify.notRuledOut': 'A rollback is not ruled out: give an older checkpoint that was kept elsewhere.',
  'verify.ruledOut': 'Rollback and fork are ruled out.',
  'verify.run': 'Check everything now',
  'verify.since': 'An older checkpoint',
  'verify.sinceHint': 'Paste one that was kept outside this machine.',
  'verify.title': 'Verify',
  'verify.unnamed':
    'Altered beyond what you may see: {n}. Tell an administrator or auditor at once: they are shown which.',
} as const

type LedgerWords = Readonly<Record<keyof typeof ledgerEn, string>>

export const ledgerRu: LedgerWords = {
  'ledger.checkpoint': 'Последняя контрольная точка',
  'ledger.clock': 'часы переведены назад, показывали не меньше {before}',
  'ledger.entry': 'запись {n}',
  'ledger.erasure': 'стёрто по требованию закона',
  'ledger.keep':
    'Храните копию вне этого компьютера: с ней любой позже сможет узнать, не была ли запись откачена назад.',
  'ledger.lead': 'Записей: {n}. Ждут своего места: {waiting}.',
  'ledger.newest': 'К последним',
  'ledger.rollCall': 'программа отчиталась обо всех своих изменениях',
  'ledger.waits': 'ждёт своего места',
  'receipt.keep':
    'Храните её вне этого компьютера: она докажет это изменение кому угодно и ничего не скажет о его содержании.',
  'receipt.save': 'Сохранить в файл',
  'receipt.title': 'Квитанция',
  'receipt.waits': 'Пока это подписанное обещание; доказательство места появится через несколько секунд.',
  'verify.altered': 'Изменено',
  'verify.busy': 'Проверяем всё…',
  'verify.cannotTell': 'Нельзя сказать',
  'verify.counts': 'записей журнала {entries}, записей {records}, {ms} мс',
  'verify.intact': 'Без изменений',
  'verify.notRuledOut': 'Откат не исключён: дайте более раннюю контрольную точку, хранившуюся отдельно.',
  'verify.ruledOut': 'Откат и раздвоение исключены.',
  'verify.run': 'Проверить всё сейчас',
  'verify.since': 'Более ранняя контрольная точка',
  'verify.sinceHint': 'Вставьте ту, что хранилась вне этого компьютера.',
  'verify.title': 'Проверка',
  'verify.unnamed':
    'Изменено сверх того, что вам доступно: {n}. Сразу сообщите администратору или аудитору: им показано, что именно.',
}

export const ledgerKk: LedgerWords = {
  'ledger.checkpoint': 'Соңғы бақылау нүктесі',
  'ledger.clock': 'сағат кері жылжыды, бұрын кемінде {before} болған',
  'ledger.entry': '{n}-жазба',
  'ledger.erasure': 'заң талабымен өшірілді',
  'ledger.keep':
    'Көшірмесін осы компьютерден тыс сақтаңыз: сонымен жазбаның кері қайтарылған-қайтарылмағанын кейін кез келген адам біле алады.',
  'ledger.lead': 'Жазбалар: {n}. Орнын күтуде: {waiting}.',
  'ledger.newest': 'Соңғыларына',
  'ledger.rollCall': 'бағдарлама осыған дейінгі барлық өзгерісі үшін есеп берді',
  'ledger.waits': 'орнын күтуде',
  'receipt.keep':
    'Оны осы компьютерден тыс сақтаңыз: ол бұл өзгерісті кез келген адамға дәлелдейді, ал мазмұны туралы ештеңе айтпайды.',
  'receipt.save': 'Файлға сақтау',
  'receipt.title': 'Түбіртек',
  'receipt.waits': 'Әзірге бұл – қол қойылған уәде; орнының дәлелі бірнеше секундта шығады.',
  'verify.altered': 'Өзгертілген',
  'verify.busy': 'Бәрі тексерілуде…',
  'verify.cannotTell': 'Айту мүмкін емес',
  'verify.counts': 'журнал жазбасы {entries}, жазба {records}, {ms} мс',
  'verify.intact': 'Өзгермеген',
  'verify.notRuledOut': 'Кері қайтару жоққа шығарылмайды: бөлек сақталған бұрынғы бақылау нүктесін беріңіз.',
  'verify.ruledOut': 'Кері қайтару да, тармақталу да жоқ.',
  'verify.run': 'Бәрін қазір тексеру',
  'verify.since': 'Бұрынғы бақылау нүктесі',
  'verify.sinceHint': 'Осы компьютерден тыс сақталғанын қойыңыз.',
  'verify.title': 'Тексеру',
  'verify.unnamed':
    'Сізге ашық бөліктен тыс өзгертілгені: {n}. Әкімшіге не аудиторға бірден хабарлаңыз: оларға нақты не екені көрсетіледі.',
}
