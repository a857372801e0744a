## Support: what readers give
money = { $code ->
    [USD] { $number } $
    [EUR] { $number } €
    [GBP] { $number } £
    [RUB] { $number } ₽
   *[other] { $number } { $code }
}
menu-support = Поддержка
money-tab-overview = Обзор
money-tab-contributions = Пожертвования
money-tab-payments = Платежи
money-tab-disputes = Споры
money-tab-settings = Настройки
money-once = Один раз
money-monthly = Ежемесячно
money-annual = Ежегодно
money-gateway-stripe = Stripe
money-gateway-paypal = PayPal
money-gateway-btcpay = BTCPay Server
money-gateway-bank = Банковский перевод
money-gateway-sandbox = Песочница
money-state-started = ещё не оплачено
money-state-pending = в пути
money-state-paid = оплачено
money-state-active = идёт
money-state-past_due = платёж не прошёл, будет повтор
money-state-paused = на паузе
money-state-cancelled = прекращено
money-state-failed = так и не оплачено
money-payment-pending = в пути
money-payment-paid = прошёл
money-payment-failed = не прошёл
money-dispute-open = не решён
money-dispute-won = выигран: деньги остаются
money-dispute-lost = проигран: деньги возвращены

## Its settings
money-open = Приём пожертвований
money-open-label = Читатели могут жертвовать
money-open-hint = Форма находится по адресу /support/. Пока приём выключен, страница говорит, что ничего не принимается; действующие подписки на пожертвования идут своим чередом.
money-currencies = Суммы
money-currencies-hint = Пишите суммы, как привыкли, 2.50 или 2,50, разделяя их пробелом или точкой с запятой; внутри тысяч пробелов не ставьте. Что оставлено пустым, заполнится обычным. Чтобы убрать валюту, сотрите её код.
money-currency = Валюта (код)
money-another = Ещё одна валюта
money-least = Самое меньшее
money-chosen = Выбрано сначала
money-shown-first = Показывать первой
money-first = Выбрано при открытии формы
money-cover = На покрытие комиссии, процентов от всей суммы
money-cover-hint = Кто поставит галочку, заплатит больше ровно настолько, чтобы вам осталось примерно всё пожертвование. Пусто или 0: никого не спрашиваем.
money-gateways = Как платят читатели
money-gateways-hint = Первый выбран при открытии формы. Ненастроенный способ пропускается; ключи к нему стоят в masthead.toml, а не здесь.
money-set-up = настроено
money-not-set-up = не настроено
money-not-offered = не предлагать
money-untaken = Не принимает { $codes }
money-place = Место { $number }
money-label = За что платёж, как это увидит плательщик
money-label-hint = Стоит на странице оплаты и может попасть в банковскую выписку, где её увидят другие: пишите так нейтрально, как считаете нужным. Пусто: название редакции.
money-bank = Куда переводить
money-bank-hint = Получатель, счёт и банк, по строкам, как их надо переписать. Нужно, если предлагается банковский перевод.
money-sender = Адрес, с которого приходят квитанции
money-sender-hint = Пусто: адрес рассылки.
money-words = Тексты по языкам
money-about = Над формой
money-failed = В письме о непрошедшем платеже; пусто — встроенный текст
money-countries = Страны, откуда жертвовать не надо, по одной в строке
money-countries-hint = Где за пожертвование вам могут преследовать. Читателей спрашивают, живут ли они там, есть ли у них карта оттуда и ездят ли они туда; ничего не определяется автоматически. Одна и та же строка на каждом языке — одна и та же страна.
money-look = Посмотреть страницу
money-wrong-gateways = Ни один из предложенных способов оплаты не настроен, и заплатить никто не сможет. Настройте его в masthead.toml или оставьте приём выключенным.
money-wrong-no-currency = Нужна хотя бы одна валюта.
money-wrong-currency = «{ $value }» — не код валюты. Напишите три буквы, например USD или EUR.
money-wrong-untaken = Ни один из предложенных способов оплаты не принимает { $value }, и пожертвовать в этой валюте никто не сможет. Уберите валюту или предложите способ, который её принимает.
money-wrong-twice = { $value } уже есть.
money-wrong-currencies = Валют может быть не больше { $value }.
money-wrong-unclear = «{ $value }» не читается как сумма. Напишите, например, { $example }.
money-wrong-negative = «{ $value }» меньше нуля.
money-wrong-fine = В «{ $value }» больше знаков после запятой, чем бывает у этой валюты. Напишите, например, { $example }.
money-wrong-much = «{ $value }» — больше, чем принимают платёжные системы.
money-wrong-nothing = Самое меньшее должно быть больше нуля.
money-wrong-below = { $value } меньше самого меньшего.
money-wrong-same = { $value } встречается дважды.
money-wrong-amounts = Сумм может быть не больше { $value }.
money-wrong-chosen = Такой по счёту суммы нет в каждой строке. Выберите число поменьше.
money-wrong-frequency = Выберите, как часто.
money-wrong-cover = Напишите процент от 0 до { $value }, например 4 или 2,5.
money-wrong-long = Не больше { $value } знаков.
money-wrong-lines = Здесь названо другое число стран, чем на языке выше. Одна и та же строка должна быть одной и той же страной.
money-wrong-countries = Не больше { $value } стран по 100 знаков.
money-wrong-account = Предлагается банковский перевод: укажите, куда переводить.
money-wrong-address = С такого адреса почта приходить не может. Напишите, например, support@news.example.

## Overview
money-text = Сколько жертвуют читатели, в цифрах и по месяцам. Имена и адреса запечатаны, и здесь их не видит никто. Суммы в разных валютах никогда не складываются и не пересчитываются.
money-closed = Пожертвования сейчас не принимаются.
money-trouble = { $gateway }: не отвечает как следует с
money-waiting =
    { $count ->
        [one] { $count } известие от платёжных систем ждёт обработки.
        [few] { $count } известия от платёжных систем ждут обработки.
       *[other] { $count } известий от платёжных систем ждут обработки.
    }
money-by-currency = По валютам
money-this-month = В этом месяце
money-year = За 12 месяцев
money-recurring = Регулярно, в месяц
money-recurring-hint = До вычета комиссий, без возвращённого. Регулярное — то, что приносят действующие подписки на пожертвования: ежемесячные и двенадцатая часть ежегодных. Приостановленные и заканчивающиеся не считаются.
money-pledges-running = Подписок
money-by-month = Поступления по месяцам: { $currency }
money-month = Месяц
money-sum = Всего
money-chart = Каждый столбец — месяц: всего { $total }, в лучшем { $most }. Снизу вверх, от тёмного к светлому: ежемесячно, ежегодно, один раз.
money-by-appeal = По призывам, за 12 месяцев: { $currency }
money-appeal = Призыв
money-no-appeal = без призыва
money-gone-appeal = призыв, которого больше нет
money-payments-count = Платежей
money-pledges = Подписки на пожертвования
money-churn = Прекращено
money-churn-text =
    { $ran ->
        [0] В начале месяца действующих подписок не было.
        [one] Из { $ran } подписки, действовавшей в начале месяца, прекращено { $ended }: { $share } %.
       *[other] Из { $ran } подписок, действовавших в начале месяца, прекращено { $ended }: { $share } %.
    }
money-churn-ran = Действовало в начале
money-churn-ended = Прекращено
money-churn-share = Доля
money-nothing = Пока ничего не поступило.

## Lists
money-contributions-text = Разовые пожертвования и подписки, сначала новейшие месяцы. Имён здесь нет; время хранится с точностью до месяца.
money-frequency = Как часто
money-gateway = Способ оплаты
money-amount = Сумма
money-every-frequency = Разовые и подписки
money-every-gateway = Все способы
money-every-currency = Все валюты
money-every-payment = Все состояния
money-reference = Номер
money-find = Номер, как в квитанции
money-since = С какого месяца
money-until = Оплачено до
money-none-found = Ничего такого здесь нет.
money-contribution = Пожертвование { $reference }
money-of-cover = На покрытие комиссии
money-ending = закончится с оплаченным сроком
money-language = Язык
money-address = Адрес
money-address-kept = хранится запечатанным
money-address-none = нет
money-erased = стёрто по желанию жертвователя
money-message = Сообщение
money-message-kept = есть, запечатано
money-token = Как это называется в платёжной системе
money-no-payments = Деньги ещё не двигались.
money-payments-text = Деньги, которые пришли или должны были прийти, сначала новейшие месяцы.
money-disputes-text = Платежи, которые потребовали назад банки жертвователей, сначала нерешённые. Всё, что можно сделать, делается в платёжной системе.
money-no-disputes = Ни один платёж назад не потребовали.
money-refunded = Возвращено
money-fee = Комиссия
money-dispute = Спор
money-late = Пришло после остановки
money-came = пришло { $amount }, не учтено
money-bounced = приходил и возвращён банком
money-kept = Остаётся
money-export = Для бухгалтерии
money-export-text = Файл, где каждому платежу отведена строка: месяц, номер, способ оплаты, название платежа в нём, сумма, возвращённое, комиссия и то, что остаётся. Имён в нём нет.
money-from = С месяца
money-to = По месяц
money-export-do = Скачать
money-export-wrong = Пишите месяцы как 2026-01, сначала более ранний.
log-contribution-open = { $who }: приём пожертвований открыт.
log-contribution-close = { $who }: приём пожертвований закрыт.
log-contribution-settings = { $who }: изменены настройки поддержки: { $keys }.
log-contribution-export = { $who }: платежи с { $from } по { $to } выгружены в файл.
log-contribution-import = { $who }: начат перенос действующих подписок на пожертвования: { $source }.
log-contribution-imported = { $who }: перенесено действующих подписок на пожертвования: { $number } ({ $source }).
