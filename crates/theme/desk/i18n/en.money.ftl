## Support: what readers give
money = { $code ->
    [USD] ${ $number }
    [EUR] €{ $number }
    [GBP] £{ $number }
    [JPY] ¥{ $number }
   *[other] { $number } { $code }
}
menu-support = Support
money-tab-overview = Overview
money-tab-contributions = Contributions
money-tab-payments = Payments
money-tab-disputes = Disputes
money-tab-settings = Settings
money-once = Once
money-monthly = Monthly
money-annual = Annual
money-gateway-stripe = Stripe
money-gateway-paypal = PayPal
money-gateway-btcpay = BTCPay Server
money-gateway-bank = Bank transfer
money-gateway-sandbox = Sandbox
money-state-started = not paid yet
money-state-pending = on its way
money-state-paid = paid
money-state-active = running
money-state-past_due = payment failed, tried again
money-state-paused = paused
money-state-cancelled = ended
money-state-failed = never paid
money-payment-pending = on its way
money-payment-paid = paid
money-payment-failed = failed
money-dispute-open = open
money-dispute-won = won: it stays
money-dispute-lost = lost: it went back

## Its settings
money-open = Taking contributions
money-open-label = Readers can give
money-open-hint = The form is at /support/. While this is off, the page says that nothing is taken; what runs goes on at the gateway.
money-currencies = Amounts
money-currencies-hint = Write amounts as you are used to, 2.50 or 2,50, with a space or a semicolon between them and none between thousands. What you leave empty is filled with what is usual. Empty a currency’s code to take it away.
money-currency = Currency (code)
money-another = Another currency
money-least = The least
money-chosen = Chosen at first
money-shown-first = Shown first
money-first = Chosen when the form opens
money-cover = To cover the fee, percent of the whole
money-cover-hint = Whoever ticks the box pays so much more that about the whole gift stays with you. Empty or 0: nobody is asked.
money-gateways = How readers pay
money-gateways-hint = The first is chosen when the form opens. A gateway that is not set up is left out; its keys stand in masthead.toml, not here.
money-set-up = set up
money-not-set-up = not set up
money-not-offered = not offered
money-untaken = Not in { $codes }
money-place = Place { $number }
money-label = What it is for, as payers read it
money-label-hint = It stands on the gateway’s page and can stand on bank statements, where others see it: as neutral as you want. Empty: the newsroom’s name.
money-bank = Where transfers go
money-bank-hint = Receiver, account and bank, in lines, as givers have to copy them. Needed where bank transfer is offered.
money-sender = Address that receipts come from
money-sender-hint = Empty: the newsletter’s.
money-words = Words, by language
money-about = Above the form
money-failed = In the mail when a payment failed; empty for the built-in words
money-countries = Countries from which nobody should give, one a line
money-countries-hint = Where giving to you can be prosecuted. Readers are asked whether they live there, have a card from there or travel there; nothing is looked up. The same line in each language is the same country.
money-look = See the page
money-wrong-gateways = No gateway that is offered is set up, so that nobody could pay. Set one up in masthead.toml, or leave contributions off.
money-wrong-no-currency = At least one currency is needed.
money-wrong-currency = “{ $value }” is no currency’s code. Write three letters, such as USD or EUR.
money-wrong-untaken = No gateway that is offered takes { $value }, so that nobody could give in it. Take the currency away, or offer a gateway that takes it.
money-wrong-twice = { $value } is there already.
money-wrong-currencies = { $value } currencies is the most.
money-wrong-unclear = “{ $value }” can’t be read as an amount. Write it like { $example }.
money-wrong-negative = “{ $value }” is below zero.
money-wrong-fine = “{ $value }” has more decimals than the currency. Write it like { $example }.
money-wrong-much = “{ $value }” is more than gateways take.
money-wrong-nothing = The least has to be above zero.
money-wrong-below = { $value } is below the least.
money-wrong-same = { $value } is there twice.
money-wrong-amounts = { $value } amounts is the most.
money-wrong-chosen = There is no such amount in every line. Choose a smaller number.
money-wrong-frequency = Choose how often.
money-wrong-cover = Write a percentage from 0 to { $value }, such as 4 or 2.5.
money-wrong-long = { $value } characters is the most.
money-wrong-lines = This names another number of countries than the language before it. The same line has to be the same country.
money-wrong-countries = { $value } countries of 100 characters each is the most.
money-wrong-account = Bank transfer is offered: say where transfers go.
money-wrong-address = This is no address that mail can come from. Write it like support@news.example.

## Overview
money-text = What readers give, in numbers and by months. Names and addresses are sealed, and nobody sees them here. Amounts of different currencies are never added up or converted.
money-closed = Contributions are not taken at present.
money-trouble = { $gateway } has not answered as it should since
money-waiting =
    { $count ->
        [one] { $count } thing that gateways told of waits to be looked at.
       *[other] { $count } things that gateways told of wait to be looked at.
    }
money-by-currency = By currency
money-this-month = This month
money-year = Twelve months
money-recurring = Recurring, a month
money-recurring-hint = Before fees, less what went back. Recurring is what running pledges bring: the monthly ones, and a twelfth of the annual ones. Paused ones and those that end are not in it.
money-pledges-running = Pledges
money-by-month = Income by month: { $currency }
money-month = Month
money-sum = Together
money-chart = Each bar is a month, { $total } in all and { $most } in the best. From the bottom, and from dark to light: monthly, annual, once.
money-by-appeal = By appeal, twelve months: { $currency }
money-appeal = Appeal
money-no-appeal = without an appeal
money-gone-appeal = an appeal that is no more
money-payments-count = Payments
money-pledges = Pledges
money-churn = Ended
money-churn-text =
    { $ran ->
        [0] No pledge ran when the month began.
        [one] Of the one pledge that ran when the month began, { $ended } ended.
       *[other] Of { $ran } pledges that ran when the month began, { $ended } ended: { $share } %.
    }
money-churn-ran = Ran at the beginning
money-churn-ended = Ended
money-churn-share = Share
money-nothing = Nothing has come in yet.

## Lists
money-contributions-text = Gifts and pledges, the newest month first. No name is here; times are kept by the month.
money-frequency = How often
money-gateway = Gateway
money-amount = Amount
money-every-frequency = Once and pledges
money-every-gateway = Every gateway
money-every-currency = Every currency
money-every-payment = Every state
money-reference = Reference
money-find = Reference, as a receipt has it
money-since = Since
money-until = Paid until
money-none-found = Nothing like that is here.
money-contribution = Contribution { $reference }
money-of-cover = To cover the fee
money-ending = ends when what was paid for is over
money-language = Language
money-address = Address
money-address-kept = kept, sealed
money-address-none = none
money-erased = erased at the giver’s wish
money-message = Message
money-message-kept = one, sealed
money-token = The gateway’s name for it
money-no-payments = No money has moved yet.
money-payments-text = Money that moved, or was to move, the newest month first.
money-disputes-text = Payments that givers’ banks asked back, open ones first. What can be done about them is done at the gateway.
money-no-disputes = No payment was asked back.
money-refunded = Given back
money-fee = Fee
money-dispute = Asked back
money-late = Came after the stop
money-came = { $amount } came, not counted
money-bounced = had come, and went back
money-kept = Stays
money-export = For the accounts
money-export-text = A file with a row for each payment: month, reference, gateway, its name for the payment, amount, what went back, fee and what stays. No name is in it.
money-from = From month
money-to = To month
money-export-do = Download
money-export-wrong = Write months like 2026-01, the earlier one first.
log-contribution-open = { $who } began to take contributions.
log-contribution-close = { $who } takes contributions no longer.
log-contribution-settings = { $who } changed the settings of support: { $keys }.
log-contribution-export = { $who } wrote the payments from { $from } to { $to } into a file.
log-contribution-import = { $who } began to take in running pledges: { $source }.
log-contribution-imported = { $who } took in { $number } running pledges: { $source }.
