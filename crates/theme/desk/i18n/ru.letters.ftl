# Рассылки и их выпуски.
setting-reserve = Другие адреса сайта
setting-reserve-hint = По одному в строке, например https://mirror.example. Их называют рассылки — для читателей, у которых первый адрес заблокирован.
setting-wrong-reserve = Других адресов может быть не больше { $value }.
journal-newsletter_changed = Изменилась рассылка
job-issue-due = Отправить выпуск или придержать его
job-issue-send = Начать отправку выпуска
job-issue-draft = Подготовить черновики выпусков
