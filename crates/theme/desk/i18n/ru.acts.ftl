## What publishers do about contributions
money-tab-transfers = Переводы
money-tab-messages = Сообщения
money-tab-sandbox = Песочница
money-tab-stop = Экстренная остановка
job-pledge-end = Завершить подписку в платёжной системе
job-checkout-close = Закрыть страницу оплаты в платёжной системе

## The emergency stop
support-stop = Остановить всё
support-stop-last = Последняя остановка
support-stop-by = Остановлено, { $who }:
support-stop-count = Завершено подписок: { $ended } из { $pledges }
support-stop-pages = Закрыто страниц оплаты, которые были открыты: { $closed } из { $pages }
support-stop-done = Все подписки завершены. Деньги больше ни у кого не списываются.
support-stop-under-way = Подписки завершаются одна за другой. Эту страницу можно закрыть.
support-stop-look = Посмотреть ещё раз
support-stop-failing = Эти подписки платёжные системы пока не завершили. Попытки повторяются, пока не получится:
support-stop-in-force = Пожертвования закрыты, пока вы не откроете их в настройках. Если кто-то всё же оформит подписку на странице, открытой раньше, она завершится сразу.
support-stop-late = Деньги, которые всё же пришли
support-stop-late-text = Эти платежи сделаны после остановки на страницах, которые не удалось закрыть вовремя. Откройте платёж, чтобы вернуть деньги.
support-stop-now = Остановить сейчас
support-stop-text = На крайний случай — например, если жертвовать вам стало опасно по закону. Одно действие делает всё это:
support-stop-open = Форма исчезает, пожертвования закрываются.
support-stop-closed = Пожертвования уже закрыты и останутся закрытыми.
support-stop-pledges =
    { $count ->
        [0] Действующих подписок нет.
        [one] { $count } подписка завершается в платёжной системе навсегда.
        [few] { $count } подписки завершаются в платёжных системах навсегда.
       *[other] { $count } подписок завершаются в платёжных системах навсегда.
    }
support-stop-appeals =
    { $count ->
        [0] Обращения сейчас не показываются.
        [one] { $count } обращение снимается.
        [few] { $count } обращения снимаются.
       *[other] { $count } обращений снимаются.
    }
support-stop-reminders =
    { $count ->
        [0] Напоминаний нет; больше они не предлагаются.
        [one] { $count } напоминание удаляется вместе с адресом.
        [few] { $count } напоминания удаляются вместе с адресами.
       *[other] { $count } напоминаний удаляются вместе с адресами.
    }
support-stop-after = Жертвователи, оставившие адрес, получат письмо о том, что подписка завершена. Страницы оплаты, открытые прямо сейчас, закрываются, если платёжная система это умеет. То, что всё же придёт, будет показано здесь, и это можно вернуть.
support-stop-sure = Да, остановить всё
support-stop-not-sure = Сначала отметьте «{ support-stop-sure }»: завершённые подписки не восстановить.
support-stop-command = Из командной строки:
said-support-stopped = Пожертвования закрыты, обращения и напоминания сняты. Подписки завершаются.
log-support-stop = { $who } — экстренная остановка пожертвований; завершается подписок: { $number }.

## Transfers
transfers = Пришедшие переводы
transfers-text = Внесите с банковской выписки то, что пришло. Жертвователь получит квитанцию, как при любом другом платеже.
transfer-reference = Назначение платежа
transfer-without = Номера нет или такой номер здесь неизвестен
transfer-without-hint = Пришедшие деньги всё равно учитываются. Квитанцию никто не получит: здесь не знают, чей это перевод.
transfer-amount = Сумма
transfer-currency = Валюта
transfer-month = Месяц
transfer-receive = Записать
transfer-anyway = Всё равно записать
transfer-unnamed = Введите назначение платежа или отметьте «{ transfer-without }».
transfer-misread = Контрольные цифры не сходятся: одна из букв или цифр прочитана неверно. Сверьтесь с выпиской.
transfer-unknown = Номер правильный, но такого пожертвования здесь нет или данные жертвователя уже стёрты. Ничего не записано. Если деньги пришли, отметьте «{ transfer-without }».
transfer-impossible = Сумма должна быть больше нуля, а месяц — одним из последних 24, считая текущий.
transfer-closed = Этому жертвователю полагается квитанция, а ключи к адресам недоступны. Ничего не записано; попробуйте, когда ключи вернутся.
transfer-twice = Такая сумма за этот месяц с этим номером уже записана. Если она пришла дважды, отметьте «{ transfer-anyway }».
transfer-twice-without = Такая сумма без номера за этот месяц уже записана. Если пришла ещё одна, отметьте «{ transfer-anyway }».
transfer-differs = Ожидалось { $announced }. Если в выписке стоит то, что вы ввели, отметьте «{ transfer-anyway }»: считается то, что пришло.
transfer-no-currency = Выберите валюту, в которой пришёл перевод.
transfer-no-amount = Введите сумму, которая пришла.
transfer-amount-unclear = Сумму не удалось прочитать. Введите её как 12.50 или 12,50.
transfer-no-month = Укажите месяц как 2026-11.
said-transfer-received = Записано.
log-payment-transfer = { $who } — записан пришедший перевод.
log-payment-transfer-without = { $who } — записан перевод, не относящийся ни к одному пожертвованию.

## Giving back, and who gave
contribution-acts = Действия с пожертвованием
contribution-of = Пожертвование
contribution-once = один раз
contribution-monthly = каждый месяц
contribution-annual = каждый год
contribution-who = Кто пожертвовал
contribution-open = Показать, кто пожертвовал
contribution-open-text = Данные жертвователя запечатаны. Они показываются один раз, и в журнале останется запись, что вы их открыли.
contribution-once-shown = Это показано один раз и исчезнет, когда вы покинете страницу.
contribution-nothing-kept = О жертвователе ничего не хранится.
contribution-sealed = Сейчас открыть это нельзя.
contribution-address = Адрес
contribution-name = Имя
contribution-message = Сообщение
contribution-payments = Платежи
contribution-no-payments = Платежей пока не было.
log-contribution-reveal = { $who } — открыты данные жертвователя.
payment-one = Платёж { $reference }
payment-open = Открыть платёж
payment-whose = Открыть пожертвование
payment-nobodys = Неизвестно: данные жертвователя стёрты или в переводе не было номера.
refund-none = Отсюда этот платёж вернуть нельзя: деньги не пришли, уже возвращены или возврат делают в самой платёжной системе.
log-contribution-messages = { $who } — прочитаны сообщения жертвователей: { $number }.
refund = Вернуть
refund-text = Платёжная система вернёт деньги тем же путём, каким они пришли. Комиссия часто не возвращается.
refund-amount = Сумма, { $currency }
refund-gone = Возвращено { $amount }
refund-too-much = Столько вернуть нельзя. Осталось: { $left }.
refund-meanwhile = Из этого платежа уже было возвращено { $amount }; больше ничего не сделано. Если нужно вернуть ещё, отправьте форму снова.
refund-disputed = Этот платёж оспаривает банк жертвователя: решение принимают там, и возвращать его дважды нельзя.
refund-cannot = Отсюда это вернуть нельзя. Верните через банк или в самой платёжной системе.
refund-refused = Платёжная система отказывает. Её ответ:
refund-away = Платёжная система не ответила. Повторите то же самое: деньги вернутся только один раз.
refund-amount-unclear = Сумму не удалось прочитать. Введите её как 12.50 или 12,50.
sure-refund = Вернуть эти деньги?
said-refunded = Платёжная система возвращает деньги.
log-payment-refund = { $who } — возвращён платёж.
refund-hand = Записать как возвращённое
refund-hand-text = Деньги, пришедшие этим путём, отсюда вернуть нельзя. Верните их через банк или из своего кошелька и запишите здесь: это учтётся в отчётах.
sure-refund-hand = Эти деньги уже возвращены? Запись нельзя будет отменить.
said-paid-back = Записано.
log-payment-paid-back = { $who } — записан возврат платежа.

## What givers say
giver-messages = Что пишут жертвователи
giver-messages-text = Сообщения, пришедшие с пожертвованиями, без имён. Не публикуйте их без согласия.
giver-message-of = Пожертвование
giver-messages-more = Более ранние не показаны.
giver-messages-none = Пока никто ничего не написал.

## The sandbox
sandbox = Песочница
sandbox-text = Платёжная система, в которой нет денег, — чтобы всё попробовать. Здесь можно вызвать то, что в жизни занимает время.
sandbox-clock = Её часы
sandbox-day = На день вперёд
sandbox-month = На месяц вперёд
sandbox-year = На год вперёд
sandbox-reminds = Заодно уходят напоминания, срок которых к этому времени настал: кроме песочницы, деньги здесь никто не принимает.
sandbox-pledges = Подписки
sandbox-monthly = каждый месяц
sandbox-annual = каждый год
sandbox-once = один раз
sandbox-due = следующее списание:
sandbox-refuse = Отклонить следующий платёж
sandbox-refuses = Следующий платёж будет отклонён
sandbox-no-pledges = Действующих подписок в песочнице нет.
sandbox-payments = Платежи
sandbox-no-payments = В песочнице ещё ничего не оплачено.
sandbox-is-pending = в пути
sandbox-is-failed = не прошёл
sandbox-is-paid = оплачен
sandbox-is-refunded = возвращён
sandbox-is-disputed = оспорен банком жертвователя
sandbox-is-won = оспорен и остался у вас
sandbox-is-lost = оспорен и потерян
sandbox-act-paid = Деньги пришли
sandbox-act-failed = Деньги не пришли
sandbox-act-open = Оспорить
sandbox-act-won = Решить в вашу пользу
sandbox-act-lost = Решить в пользу жертвователя
said-sandbox-done = В песочнице это произошло.
log-sandbox-act = { $who } — действие в песочнице.
