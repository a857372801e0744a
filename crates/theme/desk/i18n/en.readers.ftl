## Readers
menu-readers = Readers
readers-text = Who gets newsletters, in numbers. Addresses are sealed, and nobody sees them here.
readers-closed = The keys are locked away: nobody can sign up or change anything now.
readers-waiting =
    { $count ->
        [one] { $count } reader who unsubscribed waits for them.
       *[other] { $count } readers who unsubscribed wait for them.
    }
readers-stuck =
    { $count ->
        [one] { $count } mail to a reader could not go out yet:
       *[other] { $count } mails to single readers could not go out yet. The first:
    }
readers-no-address = The newsroom has not said where its site is, so that no link can be sent and nobody can sign up. Set its address:
readers-no-policy = There is no public page “privacy” for readers to agree to, in:
readers-by-week = Subscriptions by week
readers-states = readers: { $active } get mails, { $paused } pause, { $bounced } can’t be reached
readers-of = Newsletter
readers-of-all = All
readers-show = Show
readers-chart = { $now } subscriptions now. In the last 26 weeks { $came } came and { $gone } went.
readers-week = Week from
readers-came = Came
readers-gone = Went
readers-total = At its end
readers-by-newsletter = By newsletter
readers-newsletter = Newsletter
readers-active = Get it
readers-paused = Pause
readers-bounced = Can’t be reached
readers-languages = Languages
readers-no-newsletter = There is no newsletter yet.
readers-suppressed = Addresses that nothing is sent to
readers-none-suppressed = None.
suppressed-unsubscribed = They unsubscribed, and no list brings them back
suppressed-asked = They asked never to be written to
suppressed-complaint = They called a mail spam
suppressed-bounce = There is no such mailbox
suppressed-import = An imported list said so
readers-asked = Somebody asked by letter
readers-asked-text = Readers and givers change everything by the link in each mail. For those who have none: type the address and say what they asked for. Whoever is erased gets no newsletter and no reminder any more, and a pledge of theirs is ended. The address is not kept, and the log does not name it. Whether anybody was known by it is not told.
readers-address = Their address
readers-wish = What they asked for
readers-wish-fingerprint = Erase everything, but for a fingerprint by which no list brings them back
readers-wish-nothing = Erase everything, and keep nothing at all
readers-wish-never = Erase everything, and never write to this address again, whoever asks
readers-wish-let-in = Let this address sign up again
readers-do = Do it
said-reader-done = Done, if there was anything to do.
reader-pledge-runs = Everything is erased but what is given from this address: its gateway did not end the pledge, and it runs on. Ask again later, or end it at the gateway first.
log-subscriber-erase = { $who } erased a reader who had asked for it.
log-subscriber-let_in = { $who } let an address sign up again.
