## Читатели
menu-readers = Читатели
readers-text = Кто получает рассылки, в числах. Адреса зашифрованы, и здесь их никто не видит.
readers-closed = Ключи убраны: сейчас никто не может ни подписаться, ни что-либо изменить.
readers-waiting =
    { $count ->
        [one] Их ждёт { $count } читатель, который отписался.
        [few] Их ждут { $count } читателя, которые отписались.
       *[other] Их ждут { $count } читателей, которые отписались.
    }
readers-stuck =
    { $count ->
        [one] { $count } письмо читателю пока не ушло:
        [few] { $count } письма читателям пока не ушли. Первое:
       *[other] { $count } писем читателям пока не ушли. Первое:
    }
readers-no-address = Редакция не указала, где находится её сайт: ссылку послать нельзя, и подписаться никто не может. Укажите адрес:
readers-no-policy = Нет опубликованной страницы «privacy», с которой соглашаются читатели, на языках:
readers-by-week = Подписки по неделям
readers-states = читателей: получают { $active }, сделали перерыв { $paused }, недоступны { $bounced }
readers-of = Рассылка
readers-of-all = Все
readers-show = Показать
readers-chart = Сейчас подписок: { $now }. За последние 26 недель пришло { $came }, ушло { $gone }.
readers-week = Неделя с
readers-came = Пришли
readers-gone = Ушли
readers-total = К её концу
readers-by-newsletter = По рассылкам
readers-newsletter = Рассылка
readers-active = Получают
readers-paused = Перерыв
readers-bounced = Недоступны
readers-languages = Языки
readers-no-newsletter = Рассылок пока нет.
readers-suppressed = Адреса, на которые ничего не отправляется
readers-none-suppressed = Таких нет.
suppressed-unsubscribed = Отписались, и никакой список их не вернёт
suppressed-asked = Попросили никогда не писать
suppressed-complaint = Назвали письмо спамом
suppressed-bounce = Такого ящика нет
suppressed-import = Так указано в загруженном списке
readers-asked = Кто-то попросил письменно
readers-asked-text = Читатели меняют всё по ссылке из любого письма. Для тех, у кого её нет: введите адрес и укажите, о чём просили. Адрес не сохраняется, журнал его не называет. Был ли он известен, не сообщается.
readers-address = Адрес
readers-wish = О чём просили
readers-wish-fingerprint = Удалить всё, кроме отпечатка, чтобы их не вернул никакой список
readers-wish-nothing = Удалить всё и не хранить ничего
readers-wish-never = Удалить всё и никогда больше не писать на этот адрес, кто бы ни просил
readers-wish-let-in = Разрешить этому адресу подписаться снова
readers-do = Выполнить
said-reader-done = Выполнено, если было что выполнять.
log-subscriber-erase = { $who }: удалён читатель, который об этом попросил.
log-subscriber-let_in = { $who }: адресу снова разрешено подписаться.
