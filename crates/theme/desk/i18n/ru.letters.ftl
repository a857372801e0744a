# Рассылки и их выпуски.
setting-reserve = Другие адреса сайта
setting-reserve-hint = По одному в строке, например https://mirror.example. Их называют рассылки — для читателей, у которых первый адрес заблокирован.
setting-wrong-reserve = Других адресов может быть не больше { $value }.
journal-newsletter_changed = Изменилась рассылка
job-issue-due = Отправить выпуск или придержать его
job-issue-send = Начать отправку выпуска
job-issue-draft = Подготовить черновики выпусков

menu-newsletters = Рассылки
no-newsletters = Пока нет ни одной рассылки.
new-newsletter = Новая рассылка
newsletter-name = Название
newsletter-name-example = Неделя
newsletter-slug-hint = Последняя часть адреса её архива. Если оставить пустым, она получится из названия.
newsletter-make = Создать
newsletter-over = Больше не выходит
newsletter-no-schedule = Отправляется вручную
newsletter-next = следующий выпуск:
newsletter-settings = Настройки этой рассылки
newsletter-not-saved = Ничего не сохранено:
newsletter-what = Что это за рассылка
newsletter-about = Одно предложение о ней
newsletter-about-hint = О чём она и когда приходит. Это видят те, кто подписывается.
newsletter-when = Когда она выходит
newsletter-day = День
newsletter-no-day = Когда её отправят вручную
newsletter-time = Время
newsletter-when-hint = Время по часам на стене, летом и зимой. Если стрелки перескакивают через него, выпуск выйдет на столько же позже; если оно бывает дважды — в первый раз.
newsletter-draft-hours = За сколько часов должен быть готов черновик
newsletter-second = Одобряет выпуск не тот, кто изменил его последним
newsletter-sender = От кого она приходит
newsletter-sender-name = Имя
newsletter-sender-name-hint = Если оставить пустым, будет название редакции.
newsletter-sender-address = Адрес
newsletter-reply-to = Куда приходят ответы, если не туда же
newsletter-look = Как она выглядит
template-stories = Материалы
template-stories-text = Один под другим, с фотографиями; каждый целиком или только с подзаголовком — как вы решите.
template-digest = Дайджест
template-digest-text = Заголовки с подзаголовками по рубрикам, плотно, без фотографий.
template-letter = Письмо
template-letter-text = Слова одного человека, а под ними — ссылки на материалы.
newsletter-suggestion = Чем заполняется черновик
newsletter-suggestion-text = Материалы, вышедшие после прошлого выпуска: сначала главная страница, затем по одному из каждой рубрики, затем самое читаемое.
suggestion-stories = Материалов, не больше
suggestion-per-section = Из одной рубрики (0 — сколько угодно)
suggestion-whole = Целиком, начиная с первого
newsletter-neutral = Для читателей, которым нельзя привлекать внимание
newsletter-neutral-text = Читатели могут попросить письма, тема и отправитель которых ничего о вас не говорят. Если оставить пустым, это «Письмо для вас» от «Письма».
newsletter-neutral-subject = Тема
newsletter-neutral-sender = Имя отправителя
newsletter-more = И ещё
newsletter-hold-uncertain = Спрашивать меня, прежде чем повторять письмо, о котором неизвестно, дошло ли оно
newsletter-active = Рассылка выходит
newsletter-active-hint = Без этого на неё нельзя подписаться и выпуски не готовятся. Архив остаётся.
weekday-1 = Понедельник
weekday-2 = Вторник
weekday-3 = Среда
weekday-4 = Четверг
weekday-5 = Пятница
weekday-6 = Суббота
weekday-7 = Воскресенье
weekly-1 = По понедельникам в { $time }
weekly-2 = По вторникам в { $time }
weekly-3 = По средам в { $time }
weekly-4 = По четвергам в { $time }
weekly-5 = По пятницам в { $time }
weekly-6 = По субботам в { $time }
weekly-7 = По воскресеньям в { $time }
subscribers-count =
    { $count ->
        [0] подписчиков пока нет
        [one] { $count } подписчик
        [few] { $count } подписчика
       *[many] { $count } подписчиков
    }
issues-public =
    { $count ->
        [one] { $count } выпуск в архиве
        [few] { $count } выпуска в архиве
       *[many] { $count } выпусков в архиве
    }

## Выпуски
issue = Выпуск
issues = Выпуски
issue-number = Выпуск { $number }
issue-no-subject = Темы пока нет
issue-begin = Новый выпуск
no-issues = Пока нет ни одного выпуска.
issue-goes-out = Выходит
issue-readers = Читателей
issue-by-hand = когда его отправят
issue-state-draft = Черновик
issue-state-held = Придержан
issue-state-approved = Одобрен
issue-state-sending = Отправляется
issue-state-paused = Приостановлен
issue-state-sent = Отправлен
issue-state-cancelled = Отменён
issue-held = { $name }, выпуск { $number }: не вышел.
issue-held-look = Посмотреть
issue-held-unapproved = Его время настало, но никто его не одобрил.
issue-held-late = Когда он должен был выйти, сервер не работал, и с тех пор прошло больше суток.
issue-held-stopped = Его время настало, но проверка нашла то, что нельзя отправлять.
issue-held-restored = Восстановлена резервная копия. Возможно, он уже вышел: посмотрите, прежде чем отправлять.
issue-suggested = Предложено Masthead
issue-sent-since = Отправлен
issue-load-again = Загрузить заново
issue-autosaving = Сохраняется…
issue-autosaved = Сохранено.
issue-not-saved = Ещё не сохранено; пробуем снова.
issue-subject = Тема письма
issue-preview-line = Строка после темы
issue-preview-line-hint = Почтовые ящики показывают её рядом с темой.
issue-other-subject = Испытать вторую тему
issue-other-subject-line = Вторая тема
issue-percent = Доля читателей, %
issue-other-subject-hint = Какая лучше, видно по тому, кто отписывается и кто отвечает. Ничто в письме не сообщает, кто его открыл.
issue-intro = Перед материалами
issue-letter = Письмо
issue-outro = После материалов
issue-markdown = **жирный**, *курсив*, [ссылка](https://…), списки через -. Пустая строка начинает новый абзац.
issue-no-stories = В нём нет материалов. Добавьте их ниже.
issue-move = Переместить «{ $name }»
issue-move-hint = Перетащите материал за ручку или передвиньте стрелками, пока ручка в фокусе.
issue-moved = Место { $place } из { $count }
issue-remove-name = Убрать «{ $name }»
issue-extent = Сколько из него
extent-whole = Целиком
extent-standfirst = С подзаголовком
extent-headline = Заголовок
issue-note = Ваши слова над ним
issue-story-gone = Его больше нет
issue-add = Добавить материалы
issue-add-one = Добавить
issue-add-name = Добавить «{ $name }»
issue-offers-week = За эту неделю, в выпуске их ещё нет:
issue-offers-none = Все материалы этой недели уже в выпуске.
because-front = главная страница, место { $count }
because-section = единственный из рубрики «{ $name }»
because-read =
    { $count ->
        [one] прочитан { $count } раз
        [few] прочитан { $count } раза
       *[many] прочитан { $count } раз
    }
because-new = новый
issue-approve = Одобрить
issue-approve-hint = Выйдет сам:
issue-approve-now = Одобрить и отправить сейчас
sure-issue-now = Отправить этот выпуск всем сейчас? Вернуть его будет нельзя.
issue-approved-by = Одобрен: { $handle }
issue-reopen = Отозвать одобрение
issue-send-now = Отправить сейчас
issue-time = Выходит ({ $zone })
issue-time-set = Назначить время
issue-cancel = Отменить выпуск
sure-issue-cancel = Отменить этот выпуск? Он не выйдет; его материалы могут попасть в следующий.
issue-is-over = С ним больше ничего не произойдёт.
issue-hide = Убрать из архива
issue-show = Поставить в архив
issue-size = Письмо занимает { $kilobytes } КБ.
issue-link-made = По этой ссылке видно, каким придёт выпуск. Больше она не показывается.
look-desktop = Компьютер
look-phone = Телефон
look-dark = Тёмная тема
look-headlines = Только заголовки
look-turned = Другое направление
look-text = Простой текст
look-text-headlines = Простой текст, заголовки
said-issue-approved = Одобрено. Выпуск выйдет в своё время.
said-issue-on-its-way = Одобрено, выпуск уходит.
said-issue-reopened = Это снова черновик.
said-issue-time-set = Время назначено.
said-issue-cancelled = Выпуск отменён.
said-issue-hidden = Его больше нет в архиве.
said-issue-shown = Он стоит в архиве.
check-letter-no-subject = Нет темы.
check-letter-empty = В выпуске ничего нет.
check-letter-no-sender = У рассылки нет адреса отправителя; без него ничего нельзя отправить.
check-letter-no-address = Не указан адрес сайта; он нужен ссылкам в письме.
check-letter-gone =
    { $count ->
        [one] { $count } материала в нём больше нет; уберите его.
        [few] { $count } материалов в нём больше нет; уберите их.
       *[many] { $count } материалов в нём больше нет; уберите их.
    }
check-letter-withdrawn =
    { $count ->
        [one] Снят с публикации материал:
       *[other] Сняты с публикации материалы ({ $count }):
    }
check-letter-not-public =
    { $count ->
        [one] Не опубликован материал:
       *[other] Не опубликованы материалы ({ $count }):
    }
check-letter-not-yet =
    { $count ->
        [one] Материал выйдет лишь перед самым выпуском:
       *[other] Материалы ({ $count }) выйдут лишь перед самым выпуском:
    }
check-letter-corrected =
    { $count ->
        [one] В материал внесено исправление после того, как он был отобран; верны ли ещё ваши слова о нём?
       *[other] В материалы ({ $count }) внесены исправления после того, как они были отобраны; верны ли ещё ваши слова о них?
    }
check-letter-other-language =
    { $count ->
        [one] Материал на другом языке:
       *[other] Материалы на других языках ({ $count }):
    }
check-letter-sent-before =
    { $count ->
        [one] Материал уже был в одном из выпусков:
       *[other] Материалы ({ $count }) уже были в выпусках:
    }
check-letter-no-preview = Нет строки после темы; почтовые ящики покажут то, что стоит первым.
check-letter-long-subject = Тема длиннее 60 знаков; телефоны её обрежут.
check-letter-no-alt =
    { $count ->
        [one] У { $count } фотографии нет описания; кто не видит картинок, ничего о ней не узнает.
       *[other] У { $count } фотографий нет описания; кто не видит картинок, ничего о них не узнает.
    }
check-letter-photo-missing =
    { $count ->
        [one] { $count } фотографии здесь нет; читатели её не увидят.
       *[other] { $count } фотографий здесь нет; читатели их не увидят.
    }
check-letter-large = Письмо занимает { $count } КБ. Начиная со 102 КБ Gmail его обрезает и прячет остальное.
check-letter-cut = Письмо занимает { $count } КБ. Gmail обрезает его на 102 КБ: дайте меньше материалов целиком.
check-letter-no-text = В нём почти нет текста; простым текстом его незачем читать.
letter-stop-name = Дайте рассылке название: его видят читатели.
letter-stop-long = Знаков может быть не больше { $value }.
letter-stop-slug = Напишите адрес латинскими буквами a–z, цифрами и дефисами.
letter-stop-slug-taken = Этот адрес у другой рассылки; выберите другой.
letter-stop-slug-sent = Выпуски уже отправлены, и этот адрес стоит в их ссылках: изменить его нельзя.
letter-stop-language = Редакция не публикует на языке «{ $value }»; добавьте его в настройках.
letter-stop-address = «{ $value }» — не адрес электронной почты. Напишите, например, letter@news.example.
letter-stop-zone = Нет часового пояса «{ $value }». Напишите, например, Europe/Riga или UTC.
letter-stop-time = Это не день и не время. Выберите день, а время напишите так: 09:00.
letter-stop-number = «{ $value }» — не число от { $least } до { $most }.
letter-stop-same-subject = Обе темы одинаковы. Напишите другую или уберите вторую.
letter-stop-many = В выпуске может быть не больше { $value } материалов; сначала уберите какой-нибудь.
letter-stop-not-public = В выпуске могут быть только опубликованные или готовые к публикации материалы.
letter-stop-changed = Кто-то изменил выпуск, пока вы смотрели. Загрузите его заново; то, что вы набрали, ещё можно отсюда скопировать.
letter-stop-state = Выпуск уже не там, где был, когда вы смотрели; сейчас с ним так нельзя.
letter-stop-second = Вы изменили его последним, поэтому одобрить должен кто-то другой.
letter-stop-blocked = Проверка нашла то, что нельзя отправлять. Сначала исправьте это.
letter-stop-no-time = Его время прошло, или его нет. Назначьте время или отправьте сейчас.
letter-stop-passed = Это время уже прошло. Выберите более позднее.
letter-stop-over = Эта рассылка больше не выходит. Сначала возобновите её в настройках.
letter-stop-no-address = Укажите в настройках адрес сайта: он нужен ссылкам в письме.
letter-stop-test = Для пробы нужно от одного до { $value } адресов.
log-newsletter-make = { $who } создаёт рассылку «{ $name }».
log-newsletter-change = { $who } меняет рассылку «{ $name }».
log-newsletter-order = { $who } передвигает рассылку «{ $name }» в списке.
log-issue-draft = { $who }: готов черновик, «{ $name }», выпуск { $number }.
log-issue-create = { $who } начинает выпуск { $number } рассылки «{ $name }».
log-issue-change = { $who } меняет выпуск { $number } рассылки «{ $name }».
log-issue-approve = { $who } одобряет выпуск { $number } рассылки «{ $name }».
log-issue-send_now = { $who } отправляет сразу выпуск { $number } рассылки «{ $name }».
log-issue-reopen = { $who } возвращает в черновики выпуск { $number } рассылки «{ $name }».
log-issue-time = { $who } назначает время выпуска { $number } рассылки «{ $name }».
log-issue-cancel = { $who } отменяет выпуск { $number } рассылки «{ $name }».
log-issue-hold = { $who }: придержан выпуск { $number } рассылки «{ $name }».
log-issue-hide = { $who } убирает из архива выпуск { $number } рассылки «{ $name }».
log-issue-show = { $who } ставит в архив выпуск { $number } рассылки «{ $name }».
log-issue-preview_link = { $who } делает ссылку для просмотра выпуска { $number } рассылки «{ $name }».
log-issue-check_links = { $who } проверяет ссылки в выпуске { $number } рассылки «{ $name }».
