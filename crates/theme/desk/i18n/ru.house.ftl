## Today
hints =
    { $count ->
        [one] Осталось настроить { $count } вещь
        [few] Осталось настроить { $count } вещи
       *[other] Осталось настроить { $count } вещей
    }
hint-second-key = Добавьте в свою учётную запись второй ключ, чтобы потеря одного не закрыла вам вход.
hint-second-publisher = Издатель только один. Если его ключи пропадут, впустить людей будет некому: назначьте второго.
hint-name = Дайте редакции имя.
hint-address = Укажите адрес сайта, чтобы ленты и карты сайта называли его верно.
hint-contact = Укажите, как читатели могут с вами связаться.
hint-sections = Создайте первый раздел.
hint-photos =
    { $count ->
        [one] { $count } фотография известна, но самого снимка здесь нет; материалы стоят без неё.
        [few] { $count } фотографии известны, но самих снимков здесь нет; материалы стоят без них.
       *[other] { $count } фотографий известны, но самих снимков здесь нет; материалы стоят без них.
    }
mentions = Вас упомянули
in-review = На проверке
in-review-none = Проверять нечего.
ready-now = Готово к публикации
my-drafts = Ваши черновики
my-drafts-none = У вас нет черновиков.
scheduled-next = Выйдет в ближайшее время
scheduled-none = Ничего не запланировано.
times-are-in = Время: { $zone }.
and-seconds = и { $seconds } с
held = Сейчас пишут
see-all = Показать все
read-now = Читают сейчас
read-now-text =
    { $minutes ->
        [one] прочтений за последнюю минуту
       *[other] прочтений за последние { $minutes } минут
    }
read-today = Самое читаемое сегодня
reads-per-day = Прочтения по дням
reads-chart = За 14 дней: всего { $total }, в лучший день { $most }, сегодня пока { $today }.
reads-text = Хранятся только числа: сколько раз каждый материал был отдан за день. О читателях не записывается ничего, поэтому считаются и программы, которые загружают страницы.
as-a-table = Таблицей
the-day = День
reads = Прочтения
jobs-failed =
    { $count ->
        [one] { $count } задание не удалось выполнить.
        [few] { $count } задания не удалось выполнить.
       *[other] { $count } заданий не удалось выполнить.
    }
jobs-look = Посмотреть почему

## Photos
upload = Загрузить фотографии
upload-text = Или перетащите их сюда. JPEG, PNG, WebP, AVIF или GIF, до { $most } МБ каждая. То, что камера записала в файл (место, время, устройство), не сохраняется.
upload-script = Для загрузки нужен JavaScript: он показывает ход загрузки и сообщает, если она оборвалась. Всё остальное здесь работает и без него.
upload-sending = Отправляется { $name }: { $percent } %
upload-working = Обрабатывается { $name } …
upload-done = Готово:
upload-failed = Файл { $name } не принят:
upload-broken = связь оборвалась, ничего не сохранено.
upload-kind = это не фотография.
upload-again = Отправить снова
upload-stop = Остановить
search-photos = Поиск по подписям
photos-which = Какие фотографии
photos-all = Все
photos-unused = Нигде не стоят
photos-incomplete = Без описания или автора
photos-missing = Отсутствуют
photo-is-missing = Снимка нет
photo-nameless = Фотография без подписи
photo-no-alt = нет описания
photo-no-credit = нет автора
no-photos = Таких фотографий нет.
photo-fetch = Среди импортированного самого снимка не было. Чтобы загрузить его:
photo-words = Что о ней сказано
alt = Описание
alt-hint = Что видно на снимке, для тех, кто его не видит. Одно предложение, без слов «на фото».
caption = Подпись
credit = Автор
credit-example = Имя / Агентство
photo-not-yours = Фотография стоит в опубликованном материале, поэтому менять её могут редакторы.
photo-uses = Где она стоит
photo-unused = Ни в одном материале её нет.
photo-replace = Заменить снимок
photo-replace-text = Все материалы, где стоит фотография, сразу покажут новый снимок. Подписи останутся.
photo-replace-choose = Выбрать другой файл
photo-came = Здесь с
photo-size = { $width } × { $height } пикселей, файлов: { $files }, вместе { $kib } КБ.
photo-remove = Удалить фотографию
sure-remove-photo = Удалить эту фотографию из библиотеки?
crops = Кадрирование
crops-text = Нажмите на то, что должно остаться в кадре, или введите место числами. Списки и мессенджеры обрежут снимок вокруг этой точки.
crop-card = В списках
crop-share = В мессенджерах
from-left = Слева, %
from-top = Сверху, %
crop-anew = Обрезать вокруг этой точки
said-photo-cropped = Кадры обрезаны заново и уже стоят на страницах.
said-photo-removed = Фотография удалена.
said-photo-replaced = Снимок заменён.

## Settings
settings-wrong =
    { $count ->
        [one] Ничего не сохранено: { $count } значение не подходит.
        [few] Ничего не сохранено: { $count } значения не подходят.
       *[other] Ничего не сохранено: { $count } значений не подходят.
    }
settings-name = Имя
settings-languages = Языки
settings-where = Время и место
setting-name = Название
setting-tagline = Строка под названием
setting-languages = Языки, на которых вы публикуете
setting-languages-hint = Коды через запятую, например: en, ru, fa. Язык, на котором есть опубликованные материалы, убрать нельзя.
setting-language = Первый язык
setting-language-hint = Его страницы стоят в корне сайта, остальные — под /ru/, /fa/ и так далее.
setting-unspoken = Вокруг материалов на { $languages } читатели видят английский: на этом языке ещё нет текстов интерфейса.
setting-time_zone = Часовой пояс
setting-time_zone-hint = По нему стоят даты на страницах и время в редакции.
setting-address = Адрес сайта
setting-address-hint = Например, https://news.example. Его называют ленты и карты сайта, а страницы — никогда, чтобы работать где угодно.
setting-contact = Как читатели могут с вами связаться
setting-contact-hint = Почтовый адрес или страница. Выберите то, что никого не подвергнет опасности.
setting-wrong-key = Такой настройки нет.
setting-wrong-name = У редакции должно быть название: оно стоит на каждой странице.
setting-wrong-long = Не больше { $value } знаков.
setting-wrong-language = «{ $value }» — не код языка. Пишите как en, pt-BR или zh-Hant.
setting-wrong-first = { $value } — первый язык, он должен быть в списке. Чтобы начать с другого, смените первый язык ниже.
setting-wrong-many = Не больше { $value } языков.
setting-wrong-in-use = На языке { $value } есть опубликованные материалы. Сначала отзовите их или оставьте язык.
setting-wrong-zone = Нет часового пояса «{ $value }». Пишите как Europe/Riga или UTC.
setting-wrong-address = «{ $value }» — не адрес сайта. Пишите как https://news.example, без пути.
setting-wrong-contact = По адресу «{ $value }» читатели не смогут написать. Укажите почту или страницу.

## The log
tab-deeds = Что сделано
tab-journal = Что видят читатели
tab-jobs = Задания
tab-chain = Цел ли журнал?
log-person = Кто
log-act = Что
log-everybody = Все
log-everything = Всё
log-this-one = Только об этом
log-none = Здесь пусто.
actor-nobody = Кто-то
actor-command-line = Командная строка
actor-import = Импорт
actor-masthead = Masthead
actor-demo = Демонстрация
log-other = { $who }: { $action }
log-story-create = { $who }: начат материал
log-story-state = { $who }: «{ $from }» → «{ $to }», материал
log-story-schedule = { $who }: публикация назначена на { $at }, материал
log-story-restore = { $who }: возвращён прежний текст, материал
log-story-take_over = { $who }: перехвачено редактирование, до этого писал(а) { $from }, материал
log-story-preview_link = { $who }: создана ссылка на предпросмотр, материал
log-story-assign = { $who }: доступ передан ({ $to }), материал
log-story-unassign = { $who }: доступ снят ({ $to }), материал
log-story-translate = { $who }: начат перевод
log-story-caught_up = { $who }: отмечено, что перевод догнал оригинал,
log-story_published = { $who }: опубликован материал
log-story_changed = { $who }: опубликованы изменения, материал
log-story_corrected = { $who }: опубликована поправка, материал
log-story_withdrawn = { $who }: отозван материал
log-photo-upload = { $who }: загружена фотография
log-photo-describe = { $who }: изменены подписи или кадрирование, фотография
log-photo-replace = { $who }: заменён снимок, фотография
log-photo-remove = { $who }: удалена фотография.
log-section-add = { $who }: создан раздел
log-section-edit = { $who }: изменён раздел
log-section-order = { $who }: в меню передвинут раздел
log-section-remove = { $who }: удалён раздел.
log-topic-add = { $who }: создана тема
log-topic-edit = { $who }: изменена тема
log-topic-merge = { $who }: тема объединена с другой.
log-topic-remove = { $who }: удалена тема.
log-byline-add = { $who }: создана подпись
log-byline-edit = { $who }: изменена подпись
log-byline-remove = { $who }: подпись убрана отовсюду.
log-front-pin = { $who }: на первую полосу поставлен материал
log-front-unpin = { $who }: с первой полосы снят материал
log-front-up = { $who }: на первой полосе поднят материал
log-front-down = { $who }: на первой полосе опущен материал
log-front-breaking = { $who }: изменено срочное сообщение.
log-front-breaking_end = Срочное сообщение снято по времени.
log-page-create = { $who }: начата страница
log-page-publish = { $who }: опубликована страница
log-page-hide = { $who }: от читателей скрыта страница
log-page-menu = { $who }: в меню передвинута страница
log-page-restore = { $who }: возвращён прежний текст страницы
log-story-check_links = { $who }: проверены ссылки, материал
log-session-end = { $who }: завершён сеанс.
log-session-end_others = { $who }: завершены все остальные сеансы.
log-staff-invite = { $who }: создано приглашение, роль: { $role }.
log-staff-take_back = { $who }: ссылка отозвана.
log-staff-join = { $who }: первый вход.
log-staff-reset = { $who }: отозваны все ключи и создана ссылка для новых, учётная запись
log-staff-role = { $who }: назначена роль «{ $role }», учётная запись
log-staff-withdraw = { $who }: закрыта учётная запись
log-staff-passkey = { $who }: добавлен ключ доступа.
log-staff-passkey_removed = { $who }: удалён ключ.
log-staff-authenticator = { $who }: настроен аутентификатор.
log-staff-recovery_codes = { $who }: созданы новые коды восстановления.
log-sign_in-passkey = { $who }: вход по ключу доступа.
log-sign_in-code = { $who }: вход по коду.
log-sign_in-recovery = { $who }: вход по коду восстановления.
log-settings_changed = { $who }: изменены настройки: { $keys }.
log-job-again = { $who }: задание запущено снова.
log-import = { $who }: импорт завершён.
log-restore = { $who }: восстановлена резервная копия.
log-token-make = { $who }: создан токен доступа.
log-token-revoke = { $who }: отозван токен доступа.
log-webhook-make = { $who }: добавлен вебхук.
log-webhook-off = { $who }: отключён неработающий вебхук.
log-webhook-pause = { $who }: приостановлен вебхук.
log-webhook-resume = { $who }: возобновлён вебхук.
log-webhook-remove = { $who }: удалён вебхук.
journal-text = Все изменения, которые видят читатели, в том порядке, в каком они произошли. За ними следуют кэш, поиск и ленты.
journal-what = Что
journal-tags = Затрагивает
journal-when = Когда
journal-touches =
    { $count ->
        [one] { $count } метка
        [few] { $count } метки
       *[other] { $count } меток
    }
journal-story_published = Опубликовано
journal-story_changed = Изменено
journal-story_corrected = Исправлено
journal-story_withdrawn = Отозвано
journal-page_changed = Изменилась страница
journal-section_changed = Изменился раздел
journal-topic_changed = Изменилась тема
journal-byline_changed = Изменилась подпись автора
journal-photo_changed = Изменилась фотография
journal-front_changed = Изменилась главная страница
journal-redirect_changed = Изменилось перенаправление
journal-settings_changed = Изменились настройки
journal-theme_changed = Изменилась тема оформления
jobs-text = Работа, которая следует за изменением. Что не удалось, повторяется восемь раз с растущими паузами, а потом ждёт человека.
jobs-given-up = Не удалось
jobs-none-failed = Всё выполнено, ничего не брошено.
jobs-waiting = Ждут
jobs-none-waiting = Ничего не ждёт.
job-story-publish = Опубликовать запланированный материал
job-webhook-send = Сообщить вебхуку
job-breaking-end = Снять срочное сообщение
job-attempts =
    { $count ->
        [one] { $count } попытка
        [few] { $count } попытки
       *[other] { $count } попыток
    }
job-due = срок:
job-under-way = выполняется
job-try-again = Повторить
said-job-again = Задание запущено снова.
chain-whole =
    { $count ->
        [0] Журнал пуст.
        [one] Журнал цел: { $count } запись, как была сделана.
        [few] Журнал цел: все { $count } записи стоят такими, какими были сделаны.
       *[other] Журнал цел: все { $count } записей стоят такими, какими были сделаны.
    }
chain-cut = Запись { $number } вырезана из журнала.
chain-changed = Запись { $number } изменена после того, как была сделана.
chain-unhashed = У записи { $number } удалена контрольная сумма.
chain-broken-todo = Кто-то менял базу данных в обход редакции. Сравните журнал с более ранней резервной копией.
chain-text = У каждой записи есть контрольная сумма, которая охватывает её и предыдущую. Кто изменит или вырежет запись, порвёт в этом месте цепь.
fingerprint = Отпечаток
fingerprint-text = Время от времени записывайте его в другом месте. Владея базой данных, можно переписать весь журнал, но не так, чтобы в нём остался записанный вами отпечаток.
fingerprint-old = Найти записанный раньше отпечаток
fingerprint-look = Найти
fingerprint-found = Это отпечаток записи { $number }: до неё журнал тот же, что вы видели.
fingerprint-missing = В этом журнале его нет. Если вы скопировали его верно, журнал обрезали или переписали.

## Saved filters
filters-saved = Сохранённые фильтры
filter-save = Сохранить этот фильтр
filter-name = Название
filter-remove = Удалить фильтр «{ $name }»
said-filter-saved = Фильтр сохранён.
said-filter-removed = Фильтр удалён.
