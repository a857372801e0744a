# Слова интерфейса по-русски. Ключи те же, что в en.ftl.

language-name = Русский

## Вокруг каждой страницы
skip = Перейти к тексту
breaking = Срочно
banner = Поддержка
newsletter = Рассылка
appeal = От редакции
languages = Языки
sections = Разделы
more-pages = Другие страницы
feed = RSS-лента
lite = Только текст
full = Полная версия

## Списки
latest = Новости
all-latest = Все новости
follow = Следим за темой
topics = Темы
archive = Архив
months = Месяцы
pages = Страницы
page-number = Страница { $number }
previous = Предыдущая
next = Следующая
stories =
    { $count ->
        [one] { $count } материал
        [few] { $count } материала
       *[many] { $count } материалов
    }
timeline =
    { $count ->
        [one] { $count } материал
        [few] { $count } материала в хронологическом порядке
       *[many] { $count } материалов в хронологическом порядке
    }
kind-person = Человек
kind-place = Место
kind-organisation = Организация
kind-theme = Сюжет
kinds-person = Люди
kinds-place = Места
kinds-organisation = Организации
kinds-theme = Сюжеты

## Материал
by = { "" }
and = и
comma = ,
colon = :
updated = Обновлено
was-corrected =
    { $count ->
        [one] В текст внесено исправление
        [few] В текст внесены { $count } исправления
       *[many] В текст внесено { $count } исправлений
    }
also-in = На других языках:
part-of = Страница { $page } из { $pages }
continue-on = Продолжение на странице { $page }
back-to = Вернуться на страницу { $page }
sources = Источники
corrections =
    { $count ->
        [one] Исправление
       *[other] Исправления
    }
in-this-story = В этом материале
share = Поделиться
share-mail = Электронная почта
read-more = Читайте также
read-on-web = Читать на сайте
version = Версия { $number }

## Рассылки
letter-issue = Выпуск { $number }
letter-web = Читать письмо на сайте
letter-preferences = Настройки
letter-unsubscribe = Отписаться
letter-read-on = Читать дальше
letter-more = Ещё
letter-stories = Материалы
letter-why = Вы получили это письмо, потому что этот адрес подписан на рассылку «{ $name }» издания «{ $newsroom }». Чтобы её больше не получать, достаточно нажать «Отписаться».
letter-reserve = Если у вас наш сайт не открывается, попробуйте здесь:
letter-neutral-subject = Письмо для вас
letter-neutral-sender = Письма
letter-past = Прошлые выпуски
letter-all = Все выпуски
letter-none = Пока не вышло ни одного выпуска.
letter-withdrawn = Материал, который здесь стоял, снят редакцией с публикации.

## Ничего нет
not-found = Такой страницы нет
not-found-text = Возможно, в адресе опечатка или страница переехала.
gone = Материал снят с публикации
gone-text = Так решила редакция. По этому адресу материал больше не появится.
withdrawn = Снят
to-front = На главную

## Внутри документа
doc-story-so-far = Что было раньше
doc-facts = Факты
doc-note = Примечание
doc-open-at = Открыть: { $source }
doc-video = Видео: { $source }
doc-audio = Аудио: { $source }
doc-post = Запись: { $source }
doc-link = { $source }
doc-download = Скачать: { $name }
doc-photo = Изображение: { $alt }
doc-photo-credit = Фото: { $credit }
doc-table = Таблица { $number }
doc-footnotes = Примечания
doc-footnote = примечание { $number }
doc-back = Вернуться к тексту
doc-links = Ссылки
doc-kilobytes = { $number } КБ
doc-megabytes = { $number } МБ
