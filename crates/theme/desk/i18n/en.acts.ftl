## What publishers do about contributions
money-tab-transfers = Transfers
money-tab-messages = Messages
money-tab-sandbox = Sandbox
money-tab-stop = Emergency stop
job-pledge-end = End a pledge at its gateway
job-checkout-close = Close a page at its gateway

## The emergency stop
support-stop = Stop everything
support-stop-last = The last stop
support-stop-by = Stopped by { $who }:
support-stop-count = { $ended } of { $pledges } pledges are ended
support-stop-pages = { $closed } of { $pages } pages that were open are closed
support-stop-done = Every pledge is ended. Nobody is charged any more.
support-stop-under-way = Pledges are being ended one after the other. You can leave this page.
support-stop-look = Look again
support-stop-failing = Gateways could not end these yet. Each is tried again until it is done:
support-stop-in-force = Contributions stay closed until you open them in their settings. A pledge that somebody still finishes on a page that was open before is ended at once.
support-stop-late = Money that came all the same
support-stop-late-text = It was paid after the stop, on pages that could not be closed in time. Open a payment to give it back.
support-stop-now = Stop now
support-stop-text = For an emergency, such as a law that makes giving to you dangerous. One act does all of this:
support-stop-open = The form goes; contributions are closed.
support-stop-closed = Contributions are closed already and stay so.
support-stop-pledges =
    { $count ->
        [0] No pledge runs.
        [one] { $count } pledge is ended at its gateway, for good.
       *[other] { $count } pledges are ended at their gateways, for good.
    }
support-stop-appeals =
    { $count ->
        [0] No appeal is shown.
        [one] { $count } appeal is withdrawn.
       *[other] { $count } appeals are withdrawn.
    }
support-stop-reminders =
    { $count ->
        [0] There are no reminders; they are offered no longer.
        [one] { $count } reminder is deleted with its address.
       *[other] { $count } reminders are deleted with their addresses.
    }
support-stop-after = Givers who left an address are told that their pledge has ended. Pages on which somebody is about to pay are closed where the gateway can do that. What is paid all the same is shown here, so that you can give it back.
support-stop-sure = Yes, stop everything
support-stop-not-sure = Tick “{ support-stop-sure }” first: pledges that are ended can’t be brought back.
support-stop-command = From the command line:
said-support-stopped = Contributions are closed, appeals and reminders withdrawn. Pledges are being ended.
log-support-stop = { $who } stopped all contributions; { $number } pledges are ended.

## Transfers
transfers = Transfers that came
transfers-text = Type in from your bank’s statement what came. The giver gets a receipt, as with any other payment.
transfer-reference = Reference
transfer-without = It has no reference, or none that is known here
transfer-without-hint = What came counts all the same. Nobody gets a receipt for it, because nobody here knows whose it is.
transfer-amount = Amount
transfer-currency = Currency
transfer-month = Month
transfer-receive = Write down
transfer-anyway = Write it down all the same
transfer-unnamed = Type the reference, or tick “{ transfer-without }”.
transfer-misread = The reference’s check digits don’t fit: a letter or digit was misread. Compare it with the statement.
transfer-unknown = The reference is a good one, and belongs to no contribution here, or to somebody who was erased since. Nothing was written down. If it came, tick “{ transfer-without }”.
transfer-impossible = The amount must be more than nothing, and the month one of the last 24, this one among them.
transfer-closed = This giver gets a receipt, and the keys to addresses are away. Nothing was written down; try again when they are back.
transfer-twice = The same amount was written down for this reference and month. If it came twice, tick “{ transfer-anyway }”.
transfer-twice-without = The same amount was written down without a reference for this month. If another one came, tick “{ transfer-anyway }”.
transfer-differs = { $announced } was announced. If your bank says what you typed, tick “{ transfer-anyway }”: what came is what counts.
transfer-no-currency = Choose the currency that came.
transfer-no-amount = Type the amount that came.
transfer-amount-unclear = The amount can’t be read. Type it as 12.50 or 12,50.
transfer-no-month = Say the month as 2026-11.
said-transfer-received = It is written down.
log-payment-transfer = { $who } wrote down a transfer that came.
log-payment-transfer-without = { $who } wrote down a transfer that named no contribution.

## Giving back, and who gave
contribution-acts = Act on a contribution
contribution-of = Contribution
contribution-once = once
contribution-monthly = monthly
contribution-annual = each year
contribution-who = Who gave
contribution-open = Show who gave
contribution-open-text = What the giver left is sealed. It is shown once, and the log says that you opened it.
contribution-once-shown = This is shown once. It is gone when you leave this page.
contribution-nothing-kept = Nothing is kept of who gave.
contribution-sealed = It can’t be opened just now.
contribution-address = Address
contribution-name = Name
contribution-message = Message
contribution-payments = Payments
contribution-no-payments = No payment came yet.
log-contribution-reveal = { $who } opened who gave a contribution.
payment-one = Payment { $reference }
payment-open = Open the payment
payment-whose = Open the contribution
payment-nobodys = None that is known: its giver was erased since, or the transfer named none.
refund-none = Nothing of this payment can go back from here: it did not come, it went back already, or its gateway has to be asked itself.
log-contribution-messages = { $who } read what givers say: { $number }.
refund = Give back
refund-text = The gateway gives the money back the way it came. Fees are often kept.
refund-amount = Amount in { $currency }
refund-gone = { $amount } went back
refund-too-much = So much can’t go back. What is left of it: { $left }.
refund-meanwhile = { $amount } of this payment had gone back already, and nothing more was done. If more is to go back, ask again.
refund-disputed = The giver’s bank asks this payment back: it is decided there, and must not go back twice.
refund-cannot = This can’t be given back from here. Do it at the bank or the gateway itself.
refund-refused = The gateway refuses. It says:
refund-away = The gateway did not answer. Try the same again: it goes back once.
refund-amount-unclear = The amount can’t be read. Type it as 12.50 or 12,50.
sure-refund = Give this money back?
said-refunded = The gateway gives it back.
log-payment-refund = { $who } had a payment given back.
refund-hand = Write down as paid back
refund-hand-text = What came this way can’t be given back from here. Send it back at the bank or from your purse, and write it down here: the accounts count it.
sure-refund-hand = Has this money been sent back? It can’t be unwritten.
said-paid-back = It is written down.
log-payment-paid-back = { $who } wrote down that a payment was paid back.

## What givers say
giver-messages = What givers say
giver-messages-text = Messages that came with contributions, without names. Don’t publish one without asking.
giver-message-of = The contribution
giver-messages-more = Older ones are not shown.
giver-messages-none = Nobody has said anything yet.

## The sandbox
sandbox = Sandbox
sandbox-text = A payment processor that moves no money, to try everything out. Here you make happen what takes time elsewhere.
sandbox-clock = Its clock
sandbox-day = A day later
sandbox-month = A month later
sandbox-year = A year later
sandbox-reminds = Reminders that are due by then go out too, because nothing but the sandbox is set up to take money.
sandbox-pledges = Pledges
sandbox-monthly = monthly
sandbox-annual = each year
sandbox-once = once
sandbox-due = taken next:
sandbox-refuse = Let the next payment fail
sandbox-refuses = The next payment fails
sandbox-no-pledges = No pledge runs in the sandbox.
sandbox-payments = Payments
sandbox-no-payments = Nothing was paid in the sandbox.
sandbox-is-pending = on its way
sandbox-is-failed = failed
sandbox-is-paid = paid
sandbox-is-refunded = given back
sandbox-is-disputed = asked back by the giver’s bank
sandbox-is-won = asked back, and kept
sandbox-is-lost = asked back, and lost
sandbox-act-paid = Let it come
sandbox-act-failed = Let it fail
sandbox-act-open = Dispute it
sandbox-act-won = Decide for you
sandbox-act-lost = Decide for the giver
said-sandbox-done = It happened in the sandbox.
log-sandbox-act = { $who } made something happen in the sandbox.
