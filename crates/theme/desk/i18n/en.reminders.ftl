## Reminders
menu-reminders = Reminders
reminders-text = Readers who asked to be reminded of supporting you by mail, in numbers. Addresses are sealed, and nobody sees them here. Calendar files and notes on readers’ devices are counted nowhere.
reminders-keys-away = The keys are locked away: reminders wait until they are back, and nobody can ask for one now.
reminders-elsewhere = The key to addresses is on another machine, so that this server sends no reminders. Readers are offered the calendar file and their own device.
reminders-no-address = The newsroom has not said where its site is, so that no link can be sent and reminders wait. Set its address:
reminders-overdue =
    { $count ->
        [one] { $count } reminder should have gone out already. It goes as soon as it can.
       *[other] { $count } reminders should have gone out already. They go as soon as they can.
    }
reminders-by-month = Due by month
reminders-all =
    { $count ->
        [one] reminder is kept
       *[other] reminders are kept
    }
reminders-chart = Each bar is a month, each shade a language. What recurs stands at its next time.
reminders-month = Month
reminders-sum = Together
reminders-offer = “Remind me later” on your site
reminders-offer-text = A page where readers choose a month and are reminded by mail, by their calendar, or by a line that only their own device knows of. While it is offered, every page carries a script of about a kilobyte that shows that line.
reminders-open = Offer reminders
reminders-close = Offer them no longer
reminders-look = See the page
reminders-withdraw = Withdraw all reminders
reminders-withdraw-text = Every reminder is deleted with its address, mails that wait are not sent, and the page goes. Notes on readers’ own devices stay there and are shown no more.
reminders-sure = Yes, delete them all
reminders-not-sure = Tick “{ reminders-sure }” first: it can’t be undone.
said-reminders-offered = Reminders are offered now.
said-reminders-closed = Reminders are offered no longer. Those that were asked for still come.
said-reminders-withdrawn = All reminders are deleted.
log-reminder-offer = { $who } began to offer reminders.
log-reminder-close = { $who } offers reminders no longer.
log-reminder-withdraw = { $who } withdrew all reminders.
