/** Words of the pages about who works here, in three languages. */
export const peopleEn = {
  'others.administrator': 'The administrator’s account',
  'others.administratorWhy':
    'Takes people in, sees no content. Best another person; if it is you, keep it on another device.',
  'others.begin': 'Make this record an organisation’s',
  'others.done':
    'It is done. Each of these links holds once and for three days; copy both before you leave this page.',
  'others.go': 'Make it an organisation’s',
  'others.mine': 'Your account',
  'others.mineWhy': 'For yourself: it sees all that was recorded. Open it in this browser.',
  'others.name': 'Name of the organisation',
  'others.noWayBack':
    'Nothing recorded is changed. There is no way back, and the printed address opens nothing any more: from then on everybody signs in.',
  'others.otherHint': 'Somebody you trust with people, not with contents.',
  'others.title': 'Work with others',
  'others.what':
    'You work alone on this machine, without an account. With others each person signs in, sees what is theirs, and stands in the ledger.',
  'people.acts': 'Roles and account of {name}',
  'people.away': 'not signed in',
  'people.changeRoles': 'Give these roles',
  'people.endMembership': 'Works here no more',
  'people.endSessions': 'End their sessions ({n})',
  'people.gone': 'No longer here',
  'people.invite': 'Take somebody in',
  'people.invited': 'has a link, not used yet',
  'people.linkFor': 'One-time link for {name}',
  'people.linkOver': 'the link ran out',
  'people.linkWhy':
    'It is shown only now, holds once and for three days. Hand it over by a way that both of you trust: whoever opens it first is that person here.',
  'people.loginHint': 'Small Latin letters, digits, dots, hyphens or @; one login on the whole server.',
  'people.me': 'you',
  'people.nameHint': 'As colleagues see it. The ledger holds a random number in its place.',
  'people.newLink': 'Make another link',
  'people.noContent':
    'You see no content here: whoever looks after people or audits the ledger sees none, so that pressure on one person opens nothing.',
  'people.oneAdministrator':
    'There is one administrator. If they lose their way in, only “{command}” at the server’s own terminal lets them in again; make a second one.',
  'people.proposeReset': 'Propose a new link',
  'people.resetConfirm': 'I have spoken with them; confirm',
  'people.resetOther': 'Another administrator has to confirm it.',
  'people.resetWaits': '{by} proposed on {at} to let this person in anew: {reason}',
  'people.roles': 'Roles',
  'people.takeIn': 'Take in and make the link',
  'people.until': 'until {day}',
  'role.administrator': 'administrator',
  'role.auditor': 'auditor',
  'role.editor': 'editor',
  'role.legal': 'legal',
  'role.monitor': 'monitor',
  'role.reader': 'reader',
  'role.verifier': 'verifier',
} as const

type PeopleWords = Readonly<Record<keyof typeof peopleEn, string>>

export const peopleRu: PeopleWords = {
  'others.administrator': 'Учётная запись администратора',
  'others.administratorWhy':
    'Принимает людей, содержания не видит. Лучше другой человек; если это вы, держите её на другом устройстве.',
  'others.begin': 'Передать запись организации',
  'others.done':
    'Готово. Каждая из ссылок действует один раз и три дня; скопируйте обе, прежде чем уйти с этой страницы.',
  'others.go': 'Передать организации',
  'others.mine': 'Ваша учётная запись',
  'others.mineWhy': 'Для вас: видит всё, что записано. Откройте её в этом браузере.',
  'others.name': 'Название организации',
  'others.noWayBack':
    'Ничего из записанного не меняется. Обратного пути нет, и напечатанный адрес больше ничего не откроет: дальше все входят сами.',
  'others.otherHint': 'Тот, кому вы доверяете людей, но не содержание.',
  'others.title': 'Работать с другими',
  'others.what':
    'Вы работаете один на этом компьютере, без учётной записи. Вместе с другими каждый входит сам, видит своё и записан в реестре.',
  'people.acts': 'Роли и учётная запись: {name}',
  'people.away': 'вход не выполнен',
  'people.changeRoles': 'Дать эти роли',
  'people.endMembership': 'Больше не работает здесь',
  'people.endSessions': 'Закончить сеансы ({n})',
  'people.gone': 'Больше не работают',
  'people.invite': 'Принять человека',
  'people.invited': 'ссылка выдана, ещё не использована',
  'people.linkFor': 'Одноразовая ссылка: {name}',
  'people.linkOver': 'срок ссылки истёк',
  'people.linkWhy':
    'Она показана только сейчас, действует один раз и три дня. Передайте её способом, которому вы оба доверяете: кто откроет её первым, тот и будет здесь этим человеком.',
  'people.loginHint': 'Строчные латинские буквы, цифры, точки, дефисы или @; одно имя на весь сервер.',
  'people.me': 'вы',
  'people.nameHint': 'Так его увидят коллеги. В реестре вместо него стоит случайный номер.',
  'people.newLink': 'Создать другую ссылку',
  'people.noContent':
    'Содержания вы здесь не видите: те, кто ведёт учёт людей или проверяет реестр, его не видят, чтобы давление на одного человека ничего не открыло.',
  'people.oneAdministrator':
    'Администратор один. Если ему нечем будет войти, поможет только «{command}» в терминале самого сервера; назначьте второго.',
  'people.proposeReset': 'Предложить новую ссылку',
  'people.resetConfirm': 'Я говорил с этим человеком; подтвердить',
  'people.resetOther': 'Подтвердить должен другой администратор.',
  'people.resetWaits': '{by}, {at}: предложено заново открыть вход этому человеку. Причина: {reason}',
  'people.roles': 'Роли',
  'people.takeIn': 'Принять и создать ссылку',
  'people.until': 'до {day}',
  'role.administrator': 'администратор',
  'role.auditor': 'аудитор',
  'role.editor': 'редактор',
  'role.legal': 'юрист',
  'role.monitor': 'наблюдатель',
  'role.reader': 'читатель',
  'role.verifier': 'проверяющий',
}

export const peopleKk: PeopleWords = {
  'others.administrator': 'Әкімшінің тіркелгісі',
  'others.administratorWhy':
    'Адамдарды қабылдайды, мазмұнды көрмейді. Басқа адам болғаны дұрыс; өзіңіз болсаңыз, басқа құрылғыда ұстаңыз.',
  'others.begin': 'Жазбаны ұйымға беру',
  'others.done':
    'Дайын. Әр сілтеме бір рет және үш күн жарайды; беттен шықпай тұрып екеуін де көшіріп алыңыз.',
  'others.go': 'Ұйымға беру',
  'others.mine': 'Сіздің тіркелгіңіз',
  'others.mineWhy': 'Өзіңізге: жазылғанның бәрін көреді. Оны осы браузерде ашыңыз.',
  'others.name': 'Ұйымның атауы',
  'others.noWayBack':
    'Жазылғаннан ештеңе өзгермейді. Кері жол жоқ, басып шығарылған мекенжай енді ештеңе ашпайды: әркім өзі кіреді.',
  'others.otherHint': 'Адамдарды сеніп тапсыратын, бірақ мазмұнды емес, адам.',
  'others.title': 'Басқалармен жұмыс істеу',
  'others.what':
    'Сіз осы компьютерде тіркелгісіз, жалғыз жұмыс істейсіз. Басқалармен әркім өзі кіреді, өзіне тиесілісін көреді, тізілімде жазылады.',
  'people.acts': 'Рөлдері мен тіркелгісі: {name}',
  'people.away': 'кірмеген',
  'people.changeRoles': 'Осы рөлдерді беру',
  'people.endMembership': 'Енді мұнда жұмыс істемейді',
  'people.endSessions': 'Сеанстарын аяқтау ({n})',
  'people.gone': 'Енді жұмыс істемейді',
  'people.invite': 'Адам қабылдау',
  'people.invited': 'сілтеме берілген, әлі қолданылмаған',
  'people.linkFor': 'Бір реттік сілтеме: {name}',
  'people.linkOver': 'сілтеменің мерзімі өтті',
  'people.linkWhy':
    'Ол тек қазір көрсетіледі, бір рет және үш күн жарайды. Екеуіңіз де сенетін жолмен беріңіз: кім бірінші ашса, мұнда сол адам болып саналады.',
  'people.loginHint': 'Кіші латын әріптері, сандар, нүкте, дефис немесе @; бүкіл серверде бір ғана ат.',
  'people.me': 'сіз',
  'people.nameHint': 'Әріптестер осылай көреді. Тізілімде оның орнында кездейсоқ нөмір тұрады.',
  'people.newLink': 'Басқа сілтеме жасау',
  'people.noContent':
    'Мұнда мазмұнды көрмейсіз: адамдарды басқаратын не тізілімді тексеретін адам оны көрмейді, сонда бір адамға қысым жасап ештеңе аша алмайды.',
  'people.oneAdministrator':
    'Әкімші біреу ғана. Ол кіре алмай қалса, тек сервердің өз терминалындағы «{command}» көмектеседі; екіншісін тағайындаңыз.',
  'people.proposeReset': 'Жаңа сілтеме ұсыну',
  'people.resetConfirm': 'Мен бұл адаммен сөйлестім; растау',
  'people.resetOther': 'Оны басқа әкімші растауы керек.',
  'people.resetWaits': '{by}, {at}: бұл адамға кіруді қайта ашу ұсынылды. Себебі: {reason}',
  'people.roles': 'Рөлдер',
  'people.takeIn': 'Қабылдап, сілтеме жасау',
  'people.until': '{day} дейін',
  'role.administrator': 'әкімші',
  'role.auditor': 'аудитор',
  'role.editor': 'редактор',
  'role.legal': 'заңгер',
  'role.monitor': 'бақылаушы',
  'role.reader': 'оқырман',
  'role.verifier': 'тексеруші',
}
