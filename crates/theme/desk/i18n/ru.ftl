# Слова редакционной части по-русски. Ключи те же, что в en.ftl.

language-name = Русский

## Вокруг каждой страницы
skip = Перейти к содержанию
menu = Меню
menu-home = Сегодня
menu-stories = Материалы
menu-media = Фото
menu-front = Главная
menu-sections = Разделы
menu-topics = Темы
menu-bylines = Авторы
menu-pages = Страницы
menu-people = Люди
menu-settings = Настройки
menu-api = Подключения
menu-log = Журнал действий
sign-out = Выйти
to-the-site = На сайт
save = Сохранить
remove = Убрать
copy = Скопировать
copied = Скопировано
actions = Действия
you = (вы)

## Роли
role = Роль
role-reporter = Репортёр
role-editor = Редактор
role-newsletter_editor = Редактор рассылки
role-publisher = Издатель
role-reporter-may = Пишет черновики и видит свои.
role-editor-may = Правит все материалы и публикует.
role-newsletter_editor-may = То же, что редактор; ещё готовит и отправляет рассылки.
role-publisher-may = Всё, в том числе настройки, люди и деньги.

## Вход
sign-in = Вход
sign-in-passkey = Войти по ключу доступа
sign-in-passkey-hint = Устройство попросит палец, лицо или PIN-код. Ничего не набирается, поэтому по дороге нечего украсть.
sign-in-code = По коду входа и приложению
sign-in-recovery = По запасному коду
passkey-cancelled = Ничего не выбрано. Попробуйте ещё раз, когда будете готовы.
passkey-unsupported = Этот браузер не умеет ключи доступа. Возьмите другой браузер или один из способов ниже.
passkey-script = Ключам доступа нужен JavaScript. Способы ниже работают и без него.
pen-name = Псевдоним
pen-name-hint = От 2 до 40 букв, цифр, точек или дефисов. Не настоящее имя: псевдоним стоит в журнале действий.
access-key = Код входа
access-key-text = Сохраните его в менеджере паролей. Больше он показан не будет.
code = Код из приложения
recovery-code = Запасной код
join = Добро пожаловать в редакцию
join-again = Новые ключи
join-first = Вы здесь первый человек: ваша учётная запись — издательская, с настройками и людьми.
join-as = Вас пригласили. Роль: { $role }.
join-again-text = Прежние ключи больше не действуют. Создайте новый; учётная запись и материалы останутся как были.
join-passkey = Создать ключ доступа и войти
join-passkey-hint = Ключ доступа хранится в телефоне, компьютере или аппаратном ключе. В нём нет ни имени, ни адреса.
join-code = Моё устройство не умеет ключи доступа
join-code-hint = Вы получите код входа и настроите приложение, которое каждые 30 секунд показывает новый код.
join-code-button = Продолжить без ключа доступа
join-finish = Войти
desk-language = Язык интерфейса
authenticator = Приложение с кодами
authenticator-text = Отсканируйте приложением для кодов, затем введите код, который оно покажет.
authenticator-picture = QR-код для приложения
authenticator-secret = Или введите в приложение:
recovery-codes = Запасные коды
recovery-codes-text = Если ключ потеряется, каждая из этих строк один раз откроет вход. Запишите их или сохраните в менеджере паролей: больше они показаны не будут.
codes-kept = Коды сохранены
prove = Это вы?
prove-text = То, что вы собираетесь сделать, может навредить людям, если за вашим столом окажется кто-то другой. Покажите ключ ещё раз.
prove-passkey = Показать ключ доступа
prove-code = Подтвердить кодом

## Учётная запись
account = Ваша учётная запись
passkeys = Ключи доступа
passkeys-text = Заведите хотя бы два на разных устройствах, чтобы потеря одного не закрыла вам вход.
passkey-number = Ключ { $number }
passkey-add = Добавить ключ доступа
added = добавлен
last-used = последний раз
codes-left =
    { $count ->
        [0] Запасных кодов не осталось. Создайте новые.
        [one] Остался { $count } запасной код.
        [few] Осталось { $count } запасных кода.
       *[other] Осталось { $count } запасных кодов.
    }
codes-renew = Создать десять новых кодов
sessions = Где вы вошли
sessions-text = Сеанс заканчивается через 15 минут без действий и самое большее через 12 часов.
session-present = Этот
session-since = с
session-end = Завершить
sessions-end-others = Завершить все остальные

## Люди
people-text = Учётная запись — это псевдоним с ключами. Ни имени, ни почты здесь не спрашивают.
keys = Ключи
joined = С нами с
role-of = Роль: { $handle }
account-is-closed = Запись закрыта
reset = Новые ключи
close-account = Закрыть запись
sure-reset = Сразу отменить все ключи и сеансы ({ $handle }) и создать ссылку для новых?
sure-withdraw = Закрыть учётную запись { $handle }? Вход закроется сразу; материалы останутся.
invite = Пригласить
invite-button = Создать ссылку
link = Ссылка
link-made = Передайте эту ссылку одному человеку. Кто откроет её первым, войдёт с ролью: { $role }.
link-made-reset = Передайте эту ссылку: { $handle }. По ней создаются новые ключи.
link-hours =
    { $hours ->
        [one] Она сработает один раз в течение { $hours } часа и больше показана не будет.
       *[other] Она сработает один раз в течение { $hours } часов и больше показана не будет.
    }
links-open = Действующие ссылки
link-for-role = Приглашение: { $role }
link-for-handle = Новые ключи: { $handle }
made-by = создал(а) { $handle }
ends = действует до
take-back = Отозвать

## Что сделано
said-saved = Сохранено.
said-signed-out = Вы вышли.
said-recovered = Вы вошли по запасному коду. Если ключ потерян, добавьте новый и уберите старый.
said-session-ended = Сеанс завершён.
said-key-added = Ключ добавлен.
said-key-removed = Ключ убран.
said-link-taken-back = Ссылка больше не действует.
said-account-closed = Учётная запись закрыта.

## Что не удалось
refused = Не получилось
refused-sign-in = Сначала войдите.
refused-role = Вашей роли это не разрешено. Если должно быть разрешено, попросите издателя.
refused-prove = С тех пор как вы показали ключ, прошло больше пяти минут. Вернитесь, загрузите страницу заново и повторите.
refused-forged = Эта форма пришла не со страницы редакции, или страница была открыта слишком долго. Вернитесь и загрузите её заново; набранное не пропало.
refused-missing = По этому адресу ничего нет.
refused-too-large = Это слишком большой объём.
refused-cut-off = Загрузка оборвалась. Ничего из неё не сохранено; отправьте ещё раз.
refused-bad = Что-то в присланном не удалось прочитать.
refused-said = Так сделать нельзя:
refused-failed = Здесь что-то сломалось. Вы ни при чём, написанное не пропало. Попробуйте ещё раз.
denied-link = Эта ссылка больше не действует. Попросите новую.
denied-handle = Псевдоним — от 2 до 40 букв, цифр, точек, дефисов или подчёркиваний.
denied-handle-taken = Этот псевдоним занят. Выберите другой.
denied-code = Псевдоним или код не подходит, либо код уже использован.
denied-code-join = Код не подходит или устарел. Дождитесь следующего.
denied-key = Этот ключ здесь не подходит. Попробуйте ещё раз или войдите другим способом.
denied-too-often =
    { $minutes ->
        [one] Слишком много попыток. Повторите через { $minutes } минуту.
        [few] Слишком много попыток. Повторите через { $minutes } минуты.
       *[other] Слишком много попыток. Повторите через { $minutes } минут.
    }
denied-last-publisher = Редакции нужен издатель. Сначала дайте эту роль кому-нибудь ещё.
denied-last-key = Это последний ключ учётной записи. Сначала добавьте другой.
denied-gone = Этого больше нет.

## Материалы
this-story = Этот материал
new-story = Новый материал
no-headline-yet = Пока без заголовка
language-of-story = Язык
language-en = Английский
language-ru = Русский
language-fa = Персидский
every-language = Все языки
every-section = Все разделы
every-state = Все
section = Раздел
state = Состояние
headline = Заголовок
changed = Изменён
mine = Мои
show = Показать
search = Поиск
search-stories = Поиск по заголовкам
choose = Выбрать
with-chosen = Выбранные
do-it = Выполнить
none = нет
said-none-chosen = Сначала выберите хотя бы один материал.
act-in_review = сдать на проверку
act-ready = отметить готовыми
act-publish = опубликовать
act-withdraw = снять с публикации
act-draft = вернуть в черновики
act-done = Сделано
act-not-done = Не сделано
from-to = { $from }–{ $to } из { $total }
from-to-more = { $from }–{ $to } из более чем { $total }
newer = Новее
older = Старше
no-stories = Таких материалов нет.
state-draft = Черновик
state-in_review = На проверке
state-ready = Готов
state-scheduled = Запланирован
state-published = Опубликован
state-withdrawn = Снят
editor-script = Редактору текста нужен JavaScript.
history = История
preview = Предпросмотр
check-and-publish = Проверить и выпустить
back-to-writing = К тексту

## Проверка и выпуск
saved-by = Сохранение: { $handle },
will-be-public = Выйдет
public-since = Опубликован
see-it = Открыть на сайте
is-writing = Сейчас пишет { $handle }.
pending = Есть изменения, которых читатели ещё не видят.
behind = С тех пор как сделан перевод, оригинал изменился:
translation-of = Перевод материала
caught-up = Перевод обновлён
original = Оригинал
translation = Перевод
checklist = Перед выпуском
nothing-missing = Всё на месте.
check-no-headline = Нет заголовка; без него не опубликовать.
check-empty = Нет текста.
check-long-headline = Заголовок длиннее 90 знаков; поиск и мессенджеры его обрежут.
check-no-standfirst = Нет подзаголовка.
check-no-section = Не выбран раздел.
check-no-byline = Материал никем не подписан.
check-no-lead-photo = Нет фото вверху.
check-no-sources = Не назван ни один источник.
check-no-alt =
    { $count ->
        [one] У { $count } фото нет описания.
       *[other] У { $count } фото нет описаний.
    }
check-no-credit =
    { $count ->
        [one] У { $count } фото не указан автор.
       *[other] У { $count } фото не указаны авторы.
    }
check-photo-missing =
    { $count ->
        [one] { $count } фото ещё не загружено; читатели его не увидят.
       *[other] { $count } фото ещё не загружены; читатели их не увидят.
    }
check-open-notes =
    { $count ->
        [one] { $count } заметка не закрыта.
        [few] { $count } заметки не закрыты.
       *[other] { $count } заметок не закрыто.
    }
preview-text = Ровно так, как это получат читатели.
channel-web = Страница сайта
channel-lite = Только текст
channel-feed = Лента
channel-text = Простой текст
preview-made = По этой ссылке материал виден таким, каким он выйдет. Больше она показана не будет.
preview-lasts = Действует
preview-share = Создать ссылку
days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
notes = Заметки
note-new = Новая заметка
note-hint = Позвать коллегу — через @:
note-add = Добавить заметку
note-optional = Заметка (если есть что сказать)
settle = Закрыть
settled-by = закрыл(а) { $handle }
next-step = Дальше
submit = Сдать на проверку
mark-ready = Отметить готовым
publish-now = Опубликовать сейчас
publish-at = Опубликовать в ({ $zone })
schedule = Запланировать
reschedule = Изменить время
unschedule = Снять с расписания
send-back = Вернуть автору
take-it-back = Забрать назад
update = Опубликовать изменения
correction = Исправление
correction-hint = Что было неверно и как верно. Останется при материале навсегда и видно везде.
correct = Опубликовать исправление
corrections = Исправления
withdraw-reason = Причина, для журнала
withdraw = Снять с публикации
withdrawn-text = Читателям сказано, что материал снят.
sure-withdraw-story = Снять материал? Он сразу исчезнет со всех страниц и лент; по его адресу будет сказано, что он снят.
publish-again = Опубликовать снова
editors-go-on = Дальше — дело редакторов.
whose = Чей это материал
give = Отдать
translations = Переводы
translate = Перевести
said-state-changed = Материал передан дальше.
said-scheduled = Материал запланирован.
said-published = Опубликовано. Читатели уже видят.
said-corrected = Исправление опубликовано.
said-withdrawn = Материал снят.
said-noted = Заметка добавлена.
said-settled = Закрыто.
said-restored = Прежний текст снова в рабочей копии.
denied-not-yours = Это чужой материал.

## История
no-revisions = Ничего ещё не заменяли.
changes-until-now = С тех пор и доныне
changes-until-next = С тех пор до следующей версии
compare-next = Сравнить со следующей
compare-now = Сравнить с нынешней
restore = Вернуть этот текст
