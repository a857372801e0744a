## Вебхуки
webhooks = Вебхуки
webhooks-text = Другие программы сразу узнают, что материал опубликован или изменён. Каждое сообщение подписано: получатель видит, что оно от вас.
webhook-made = Этим секретом проверяют подписи. Передайте его программе, которая слушает; больше он показан не будет. Адрес:
webhook-secret = Секрет
webhook-is-on = Работает
webhook-is-failing = Не доходит
webhook-is-off = Выключен
webhook-fails-since = Сообщения не доходят с
webhook-off-since = Выключен: сообщения не доходили с
webhook-ping = Отправить пробное
webhook-pause = Выключить
webhook-resume = Включить
sure-webhook-remove = Удалить этот вебхук вместе с историей отправленного?
webhook-messages = Отправлено недавно
webhook-when = Когда
webhook-what = О чём
webhook-attempts = Попытки
webhook-answer = Ответ
webhook-again = Отправить ещё раз
webhook-new = Новый вебхук
webhook-url = Адрес
webhook-tells = Сообщать, когда материал
webhook-make = Создать вебхук
webhook-rules =
    { $days ->
        [one] Что не дошло, отправляется снова в течение трёх дней. Вебхук, на который { $days } день ничего не доходит, выключается.
        [few] Что не дошло, отправляется снова в течение трёх дней. Вебхук, на который { $days } дня ничего не доходит, выключается.
       *[other] Что не дошло, отправляется снова в течение трёх дней. Вебхук, на который { $days } дней ничего не доходит, выключается.
    }
event-story-published = опубликован
event-story-updated = обновлён
event-story-corrected = исправлен
event-story-withdrawn = отозван
event-ping = проба
message-waiting = Ждёт
message-delivered = Дошло
message-given_up = Не удалось
said-ping-sent = Пробное сообщение отправляется. Обновите страницу через минуту, чтобы увидеть, дошло ли оно.
said-webhook-on = Включён.
said-webhook-off = Выключен.
said-webhook-removed = Удалён.
said-message-again = Сообщение отправляется снова. Обновите страницу через минуту.
