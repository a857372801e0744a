# The words of the interface in English: the language of last resort, so every key stands here.
# A message may use plural forms (https://projectfluent.org); numbers are written in the language's digits.

language-name = English

## Around every page
skip = Skip to the text
breaking = Breaking
banner = Support
newsletter = Newsletter
appeal = A message from the newsroom
languages = Languages
sections = Sections
more-pages = More pages
feed = RSS feed
lite = Text-only version
full = Full version

## Lists
latest = Latest
all-latest = All the latest stories
follow = Follow the story
topics = Topics
archive = Archive
months = Months
pages = Pages
page-number = Page { $number }
previous = Previous
next = Next
stories =
    { $count ->
        [one] { $count } story
       *[other] { $count } stories
    }
timeline =
    { $count ->
        [one] { $count } story
       *[other] { $count } stories, in the order in which it happened
    }
kind-person = Person
kind-place = Place
kind-organisation = Organisation
kind-theme = Topic
kinds-person = People
kinds-place = Places
kinds-organisation = Organisations
kinds-theme = Themes

## A story
by = By
and = and
comma = ,
colon = :
updated = Updated
was-corrected =
    { $count ->
        [one] This story has been corrected
       *[other] This story has been corrected { $count } times
    }
also-in = Also in
part-of = Page { $page } of { $pages }
continue-on = Continue on page { $page }
back-to = Back to page { $page }
sources = Sources
corrections =
    { $count ->
        [one] Correction
       *[other] Corrections
    }
in-this-story = In this story
share = Pass it on
share-mail = E-mail
read-more = Read more
read-on-web = Read it on the web
version = Version { $number }

## Newsletters
letter-issue = Issue { $number }
letter-web = Read this letter on the web
letter-preferences = Preferences
letter-unsubscribe = Unsubscribe
letter-read-on = Read on
letter-more = More
letter-stories = Stories
letter-why = You get this because this address was signed up for “{ $name }”, a newsletter from { $newsroom }. One click on “Unsubscribe” ends it.
letter-reserve = If our site does not open where you are, try it here:
letter-neutral-subject = Your letter
letter-neutral-sender = Letters
letter-past = Past issues
letter-all = All issues
letter-none = No issue has been sent yet.
letter-withdrawn = The newsroom has withdrawn a story that stood here.
letter-contents = In this issue
letter-continued = Continued
letter-previous = The issue before
letter-next = The issue after
letter-over = This newsletter is no longer sent.
letter-hidden = This issue can’t be read here any more
letter-hidden-text = The newsroom has taken it out of its archive.

## Nothing here
not-found = There is no such page
not-found-text = The address may be mistyped, or the page has moved without leaving word.
gone = This story was withdrawn
gone-text = The newsroom has taken it back. It will not return to this address.
withdrawn = Withdrawn
to-front = To the front page

## Within a document
doc-story-so-far = The story so far
doc-facts = Facts
doc-note = Note
doc-open-at = Open at { $source }
doc-video = Video: { $source }
doc-audio = Audio: { $source }
doc-post = Post: { $source }
doc-link = { $source }
doc-download = Download { $name }
doc-photo = Picture: { $alt }
doc-photo-credit = Photo: { $credit }
doc-table = Table { $number }
doc-footnotes = Notes
doc-footnote = note { $number }
doc-back = Back to the text
doc-links = Links
doc-kilobytes = { $number } KB
doc-megabytes = { $number } MB

## Signing up
newsletters = Newsletters
newsletters-text = Sent to your mailbox, free of charge. When this site is blocked, mail still arrives.
newsletters-promise = Only the address is asked for. It is kept sealed, it is given to nobody, and nothing in a mail tells whether you opened it. Every mail has a link to leave with.
newsletters-none = There is no newsletter to sign up for at present.
newsletters-past = No longer sent
newsletters-all = All newsletters
newsletters-which = Which newsletters
newsletter-preview = See the latest issue
newsletter-archive = Past issues
sign-up = Sign up
sign-up-address = Your e-mail address
sign-up-language = Write to me in
sign-up-agree = By signing up you agree to the
sign-up-by-mail = Sign up by mail instead
sign-up-leave-empty = Leave this empty
sign-up-wrong-empty = Type your e-mail address.
sign-up-wrong-long = An e-mail address has { $most } characters at most.
sign-up-wrong-shape = This is not an e-mail address. It looks like name@example.org.
sign-up-wrong-letters = Mails can’t be sent to this address yet: before the @ there may be only Latin letters, digits and signs.
sign-up-wrong-domain = What stands after the @ is not a domain. Look whether it was typed right.
sign-up-wrong-newsletter = Choose at least one newsletter.

## What a form or a link led to
note-sent = Look into your mailbox
note-sent-text = If the address is right, a mail is on its way to it. Press the button in it: only then does the newsletter come, and only then do we keep anything.
note-sent-until = The link in it works until { $date }.
note-sent-nothing =
    { $count ->
        [one] Nothing came within ten minutes? Look among the spam, and whether the address was typed right. One mail an hour is sent to an address, whoever asks.
       *[other] Nothing came within ten minutes? Look among the spam, and whether the address was typed right. At most { $count } mails an hour are sent to an address, whoever asks.
    }
note-link-sent-text = If this address gets a newsletter of ours, a mail with the link to its preferences is on its way to it.
note-step = One moment
note-step-text = Many people are signing up just now. So that machines can’t do it in their names, your browser does a small sum. That takes some seconds, then it goes on by itself.
note-step-without =
    { $seconds ->
        [one] Without script it takes longer: wait { $seconds } second, then press the button.
       *[other] Without script it takes longer: wait { $seconds } seconds, then press the button.
    }
note-step-soon =
    { $seconds ->
        [one] That was too soon. Wait { $seconds } second more, then press the button.
       *[other] That was too soon. Wait { $seconds } seconds more, then press the button.
    }
note-step-go = Go on
note-busy = Too many people are signing up just now
note-busy-text = More than { $most } sign-ups a minute are not taken here. Please try again in a few minutes.
note-closed = Not just now
note-closed-text = The newsroom has locked away the keys that addresses are sealed with, so nobody can be signed up and nothing can be changed. Nothing of yours is lost, and the links in mails stay good. Please try again later.
note-unready = Not yet
note-unready-text = The newsroom has not finished setting up its newsletter: it has not said where its site is, so no link could be sent. Please tell it.
note-broken = This link is not whole
note-broken-text = Perhaps a line break cut it off. Open it from the mail again, or copy all of it.
note-expired = This link has expired
note-expired-text = It was good until the end of the week after you asked. Nothing was kept of it, so please sign up again.
note-confirm = Do you want this newsletter?
note-confirm-text = { $names } will be sent to this address:
note-confirm-button = Yes, send it to me
note-confirm-not = If it wasn’t you who asked, close this page: then nothing comes, and nothing is kept.
note-confirmed = You are signed up
note-confirmed-text = { $names } will come to your mailbox. Every mail has a link to change what you get, and one to leave with.
note-confirmed-contact = So that it isn’t taken for spam, add { $address } to your contacts.
note-never = Never write to this address
note-never-text = Whoever signs this address up, here or with a list: nothing will be sent to it any more. For that a fingerprint of the address is kept, never the address itself.
note-never-done = Nothing will be sent to this address
note-never-done-text = If you change your mind one day, tell the newsroom: it can let you sign up again.
note-leave = Leave the newsletter
note-leave-text = No more issues of { $name } will be sent to you.
note-leave-plain-text = No more issues of this newsletter will be sent to you.
note-leave-button = Unsubscribe
note-left = You are unsubscribed
note-left-text = { $name } won’t come any more. A mail that is on its way already may still arrive.
note-left-plain-text = This newsletter won’t come any more. A mail that is on its way already may still arrive.
note-left-last = It was the last newsletter that you got, so everything about you is deleted. A fingerprint of the address is kept, so that no list brings you back.
note-left-others =
    { $count ->
        [one] You still get another newsletter.
       *[other] You still get { $count } other newsletters.
    }
note-left-all-button = Leave those, too
note-left-noted = Your wish is noted. The newsroom has locked its keys away just now; you are unsubscribed as soon as they are back.
note-preferences-expired-text = So that an old mail opens nothing, the link to your preferences is good for some weeks. Every new mail has a new one; or have one sent:
note-link-button = Send me a link
note-link = Your preferences
note-link-text = Type the address that the newsletter comes to. The link to its preferences is sent there.
note-gone = Nothing is kept here
note-gone-text = This link belonged to somebody who gets no newsletter any more. Everything about them is deleted.
note-erased = Everything is deleted
note-erased-fingerprint = Your address, what you got and what you chose are deleted. A fingerprint of the address is kept, so that no list brings you back.
note-erased-nothing = Your address, what you got and what you chose are deleted. Nothing is kept.
note-erased-never = Your address, what you got and what you chose are deleted. A fingerprint of the address is kept, and nothing will be sent to it any more, whoever asks.

## What a reader can change
preferences = Your newsletters
preferences-none = If none is ticked, everything about you is deleted.
preferences-form = How much of a story is in the mail
preferences-form-full = All of it, so that it can be read where this site is blocked
preferences-form-headlines = Headlines and links
preferences-neutral = Let subject and sender say nothing of the newsroom
preferences-pause = Pause
preferences-pause-none = No pause
preferences-pause-weeks =
    { $weeks ->
        [one] { $weeks } week
       *[other] { $weeks } weeks
    }
preferences-pause-until = Until { $date }
preferences-pause-open = Until I come back
preferences-save = Save
preferences-saved = Saved.
preferences-data = What is kept about you
preferences-data-text = The address is sealed, and times are kept by the week. Download it to see everything.
preferences-export = Download it
preferences-consent = You agreed to version { $version } of the privacy policy in the week of { $date }.
preferences-consent-plain = You signed up in the week of { $date }.
preferences-consent-import = You were brought along from a list in the week of { $date }.
erase = Erase everything
erase-text = No newsletter will come any more.
erase-after = What should be left
erase-fingerprint = A fingerprint of the address, so that no list that is imported brings me back
erase-nothing = Nothing at all
erase-never = A fingerprint of the address, so that nobody can ever have you write to me again
erase-sure = Yes, erase everything about me
erase-wrong-sure = Tick “{ erase-sure }” first: it can’t be undone.

## Mails to one reader
mail-confirm-subject = Please confirm: { $newsroom }
mail-confirm = Do you want this newsletter?
mail-confirm-text = Somebody, probably you, asked for { $names } to be sent to this address. Press the button, and it comes.
mail-confirm-button = Yes, send it to me
mail-confirm-until = The link works until { $date }.
mail-confirm-not = If it wasn’t you, do nothing: then nothing comes, and nothing is kept. So that nobody can have us write to you again:
mail-never = Never write to this address
mail-already-subject = You get it already: { $newsroom }
mail-already = You get it already
mail-already-text = Somebody, probably you, asked for { $names } to be sent to this address. It comes here already. If it doesn’t arrive, look among the spam and whether it is paused.
mail-preferences-subject = Your link: { $newsroom }
mail-preferences = Your link
mail-preferences-text = By this link you can change what you get, pause, download what is kept about you, and erase it. It works until { $date }; don’t pass it on.
mail-preferences-button = To your preferences
mail-preferences-not = If it wasn’t you who asked for it, do nothing.
mail-goodbye-subject = You get no more mails: { $newsroom }
mail-goodbye = You get no more mails
mail-goodbye-text = Everything that was kept about this address is deleted, as was asked for by the link in a mail. This is the last mail.
mail-goodbye-again = If it wasn’t you, you can sign up again:
mail-neutral-subject = Your request
mail-by = This mail comes from { $newsroom }.

## Contributions
money = { $code ->
    [USD] ${ $number }
    [EUR] €{ $number }
    [GBP] £{ $number }
    [JPY] ¥{ $number }
   *[other] { $number } { $code }
}
mail-receipt-subject = Your receipt: { $newsroom }
mail-receipt = Thank you
mail-receipt-text = Your contribution has arrived. It pays for work that nobody else can pay for.
mail-receipt-line = { $frequency ->
    [monthly] { $amount }, monthly, { $month }. Reference { $reference }.
    [annual] { $amount }, annually, { $month }. Reference { $reference }.
   *[once] { $amount }, once, { $month }. Reference { $reference }.
}
mail-receipt-button = Change, pause or end it
mail-receipt-data-button = See or erase what is kept of it
mail-receipt-after = Keep this mail if you need a receipt. Whoever reads your mail can read it too: delete it if that could harm you.
mail-pledge-failed-subject = A payment did not go through: { $newsroom }
mail-pledge-failed = A payment did not go through
mail-pledge-failed-text = Your contribution of { $amount } could not be taken. Often a card has expired, or the bank asks you to confirm.
mail-pledge-failed-again = Usually it is tried again in the coming days.
mail-pledge-failed-there = { $gateway } may try again in the coming days. Which card or account it is taken from you change in your account there.
mail-pledge-failed-button = Change how you pay
mail-pledge-failed-after = If you want to stop giving, the same page ends it with one press, and nothing is taken any more.
mail-pledge-ended-subject = Your contribution has ended: { $newsroom }
mail-pledge-ended = Your contribution has ended
mail-pledge-ended-text = Nothing more is taken. Thank you for the time in which you gave { $amount }.
mail-pledge-ended-after = Your address has been deleted here. This is the last mail about it.
mail-giver-link-subject = Your link: { $newsroom }
mail-giver-link = Your link
mail-giver-link-text = By this link you can change, pause or end what you give, and have everything erased that is kept about you. Don’t pass it on.
mail-giver-link-button = To what you give
mail-giver-link-after = If it wasn’t you who asked for it, do nothing.
## Reminders
remind = Remind me later
remind-text = Not ready to support { $newsroom } today? Choose a month, and how you want to be reminded. It binds you to nothing.
remind-month = In which month
remind-part = When in the month
remind-part-1 = At its beginning
remind-part-15 = In its middle
remind-part-31 = At its end
remind-every = How often
remind-once = Once
remind-months =
    { $months ->
        [1] Every month
        [12] Every year
       *[other] Every { $months } months
    }
remind-neutral = Let it say nothing of the newsroom
remind-mail = By e-mail
remind-mail-button = Send me a mail to confirm
remind-mail-promise = The address is kept sealed and used for nothing else. If you are reminded once, two mails come at most: one to confirm, and the reminder. With it your address is erased.
remind-agree = By asking you agree to the
remind-calendar = In your own calendar
remind-calendar-text = A file that your calendar opens. Nothing is kept here, and no mail is sent.
remind-hour = At what time
remind-all-day = All day
remind-calendar-button = Download the calendar file
remind-calendar-title = Support { $newsroom }
remind-calendar-about = You asked to be reminded to support { $newsroom }.
remind-calendar-neutral = Reminder
remind-device = On this device only
remind-device-text = This browser keeps the month and shows a line on this site from then on. Nobody else learns of it. Whoever uses this device can see it.
remind-device-button = Remind me on this device
remind-device-forget = Forget it
remind-device-kept = This device will remind you:
remind-device-forgotten = This device has forgotten it.
remind-note-label = Reminder
remind-note-text = You asked to be reminded to support { $newsroom }.
remind-note-support = Support
remind-note-later = Later
remind-note-forget = Forget
remind-plan-once = on { $date }
remind-plan-every =
    { $months ->
        [1] on { $date }, and every month after that
        [12] on { $date }, and every year after that
       *[other] on { $date }, and every { $months } months after that
    }
remind-wrong-month = Choose a month.
remind-wrong-past = This month is too near or too far away by now. Choose one of these.
remind-wrong-every = Choose how often.
note-remind-sent-text = If the address is right, a mail is on its way to it. Press the button in it: only then will you be reminded, and only then do we keep anything.
note-remind-elsewhere = Not by e-mail
note-remind-elsewhere-text = This newsroom keeps the key to addresses on another machine, so that no mail can be sent by itself. Take the calendar file instead.
note-remind-unready = Not yet
note-remind-unready-text = The newsroom has not said where its site is, so that no link could be sent. Please tell it, or take the calendar file.
note-remind-closed = Not just now
note-remind-closed-text = The newsroom has locked away the keys that addresses are sealed with, so that nothing can be asked for or changed. Nothing is lost, and your link stays good. Please try again later, or take the calendar file.
note-remind-withdrawn = There are no reminders any more
note-remind-withdrawn-text = The newsroom does not offer reminders at present. Nothing was kept of what you asked for.
note-remind-confirm = Do you want to be reminded?
note-remind-confirm-text = A mail will come { $plan }. It goes to this address:
note-remind-confirm-button = Yes, remind me
note-remind-confirm-not = If it wasn’t you who asked, close this page: then nothing comes, and nothing is kept.
note-remind-done = You will be reminded
note-remind-done-text = A mail will come { $plan }. Every mail has a link to put it off, to stop it, and to have everything erased.
note-remind-done-once = A mail will come { $plan }. Your address is erased with it.
note-remind-many = There are enough reminders
note-remind-many-text = { $most } reminders to one address are kept at most. Erase some by the link in one of them first.
note-remind-expired = This link has expired
note-remind-expired-text = It was too long ago, or the day that you chose has come. Nothing was kept of it; you can ask again.
note-remind-own = Your reminder
note-remind-own-next = A mail will come { $plan }.
note-remind-own-over = It was the last mail, and your address was erased with it. This link alone can still reach you: what you press here is kept from now on.
note-remind-again-button = Remind me in { $months } months
note-remind-again = You will be reminded again
note-remind-again-text = A mail will come on { $date }.
note-remind-stop = Stop the reminder
note-remind-stop-text = It won’t come any more, and your address is erased with it. If you asked for others, they stay.
note-remind-stop-button = Stop it
note-remind-stopped = It is stopped
note-remind-stopped-text = This reminder won’t come any more, and what was kept for it is deleted.
note-remind-stopped-noted = Your wish is noted. The newsroom has locked its keys away just now; the reminder is stopped as soon as they are back.
note-remind-erase-button = Erase all my reminders
note-remind-erased = Everything is deleted
note-remind-erased-text = No reminder is kept for this address any more.
note-remind-own-expired = This link has expired
note-remind-own-expired-text = So that an old mail opens nothing, the links in reminders are good for some months. The next mail has new ones.
mail-remind-confirm-subject = Please confirm: { $newsroom }
mail-remind-confirm = Do you want to be reminded?
mail-remind-confirm-text = Somebody, probably you, asked us to remind this address to support us: { $plan }. Press the button, and the mail comes.
mail-remind-confirm-button = Yes, remind me
mail-remind-two = Two mails come at most: this one, and the reminder. With it your address is erased.
mail-remind-subject = You asked us to remind you: { $newsroom }
mail-remind = You asked us to remind you
mail-remind-text = Some time ago you asked to be reminded to support { $newsroom }. If you can, now would be a good time. If not, that is fine, too.
mail-remind-button = Support { $newsroom }
mail-remind-next = The next reminder comes on { $date }.
mail-remind-last = This is the last mail. Your address is erased with it.
mail-remind-again = Remind me another time
mail-remind-stop = Stop this reminder
mail-remind-erase = Erase all my reminders
## Appeals
give = Support us
give-once = Once
give-monthly = Monthly
give-annual = Annual
give-continue = Continue
give-not-today = Not ready to support today?
give-remind = Remind me later
give-not-now = Not now
give-rested =
    { $days ->
        [one] This device won’t ask for { $days } day.
       *[other] This device won’t ask for { $days } days.
    }
give-undo = Undo
give-quiet = On this device, don’t ask me for 90 days
gave = This device now leaves you alone for 90 days: no banner, no message asks you for support. It doesn’t note that you gave.
goal = { $raised } of { $amount }
goal-label = How far the goal is
device = What this device remembers
device-text = Nothing, unless you press a button here. It stays on this device and is never sent.
device-count = Count the stories I read in a month
device-country = I am in
device-elsewhere = Another country
device-forget = Forget everything

## Giving
support = Support us
give-step = Many people are giving just now. So that machines can’t try out stolen cards here, your browser does a small sum. That takes some seconds, then it goes on by itself.
support-shut = Contributions are not taken at present. Thank you for wanting to.
support-gate = Do you live in one of these countries, have a card from there, or travel there?
support-gate-why = There, giving to this newsroom can be prosecuted, and banks pass on who did. We would rather have you safe than have your money.
support-gate-no = None of this is true of me
support-gate-yes = If any of it is, please don’t give. Reading and passing on what we write helps as much.
support-often = How often
support-currency = Currency:
support-much-once = How much
support-much-monthly = How much a month
support-much-annual = How much a year
support-other = Another amount, from { $least }
support-instead = While an amount is typed here, it is the one that counts. Empty the field to choose one of those above.
support-cover = Add about { $percent }% to cover the fee
support-method = How you pay
support-only-once = once only
method-stripe = Card or wallet
method-stripe-about = On Stripe’s page. Your bank, your card’s company and Stripe learn your name, the amount and who receives it, and keep it for years.
method-paypal = PayPal
method-paypal-about = On PayPal’s page. PayPal and your bank learn your name, the amount and who receives it, and keep it for years.
method-btcpay = Bitcoin
method-btcpay-about = To our own BTCPay server. Everybody can see the payment in the chain for ever; who sold you the coins may know that they were yours.
method-bank = Bank transfer
method-bank-about = Your bank and ours learn your name, the amount and who receives it, and keep it for years.
method-sandbox = Sandbox
method-sandbox-about = For trying out: no money moves, and nobody learns anything.
support-address = E-mail for the receipt, if you want one
support-address-why = Kept sealed while you give, so that you can change or end it by a link, without an account. After one gift it is erased with the receipt.
support-message = Say something to the newsroom
support-then = Your card’s details are entered on the next page, not here. Nothing is taken before.
support-agree = By going on you agree to the
support-manage = Change or end what you give
give-wrong-form = This form is not the newsroom’s present one. Load the page anew, please.
give-wrong-empty = Choose an amount, or type one.
give-wrong-unclear = This amount could not be read. Write it like { $example }.
give-wrong-negative = The amount has to be above zero.
give-wrong-fine = { $currency } has no such small amounts. Write it like { $example }.
give-wrong-much = This is more than can be taken at once. Please write to us.
give-wrong-little = { $least } is the least: of less, the fee would leave nothing.
give-wrong-once = { $method } takes one gift only. Choose “Once”, or another way to pay.
give-wrong-currency = { $method } does not take { $currency }. Choose another way to pay, or another currency.
give-wrong-message = The message is too long: { $most } characters is the most.
give-away = The payment page could not be made
give-away-text = The company that takes payments did not answer as it should. Nothing was taken. Please try again, or choose another way to pay.
give-closed-text = The newsroom has locked away the keys that addresses are sealed with. You can give without an address or a message, or try again later.
give-unready-text = The newsroom has not said where its site is, so no payment page could lead back here. Nothing was taken. Please tell it.
give-going = You are going to the payment page
give-going-text = If nothing happens, press the button.
thanks-wait = One moment
thanks-wait-text = We are waiting for word that your payment has arrived. This page looks again by itself; you can also close it. If you left an address, the receipt comes by mail.
thanks-paid = Thank you
thanks-paid-text = Your contribution of { $amount } has arrived. It pays for work that nobody else can pay for.
thanks-pledge-text = Your contribution of { $amount } { $frequency ->
    [annual] a year
   *[monthly] a month
} has begun. Thank you for staying with us.
thanks-pending = Thank you
thanks-pending-text = Your payment is on its way. Some take days to arrive; we count it when it does.
thanks-failed = The payment did not go through
thanks-failed-text = Nothing was taken.
thanks-paused-text = It is paused: nothing is taken until you let it go on.
thanks-late = A payment did not go through
thanks-late-text = Your contribution of { $amount } has begun, but the last payment of it could not be taken.
thanks-first-late-text = The first payment of { $amount } could not be taken, so nothing was taken so far. It may be tried again in the coming days.
thanks-ended = Your contribution has ended
thanks-ended-text = Nothing more is taken. What you gave before has arrived: thank you.
thanks-manage-mail = The link by which you can pause or end it comes by mail, with the receipt.
thanks-manage-ask = To change or end it, ask for a link with the address at which the company that takes payments writes to you.
thanks-manage-write = To change or end it, write to us.
thanks-again = Try again
thanks-transfer = Your transfer
thanks-transfer-text = Please transfer { $amount } from your bank, with exactly this reference. Without it we can’t tell what it is for.
transfer-to = To
transfer-amount = Amount
transfer-reference = Reference
giving = What you give
giving-once = { $amount }, once
giving-monthly = { $amount } a month
giving-annual = { $amount } a year
giving-state-started = not paid yet
giving-state-pending = on its way
giving-state-paid = paid
giving-state-active = running
giving-state-past_due = the last payment failed and may be tried again
giving-state-paused = paused
giving-state-cancelled = ended
giving-state-failed = not paid
giving-change = Change it
giving-amount = Amount
giving-change-do = Change
giving-change-when = It counts from the next payment on.
giving-stop = Pause or end it
giving-method = Change how you pay
giving-pause = Pause
giving-resume = Go on
giving-cancel = End it
giving-stop-text = What is ended takes nothing any more. Nobody asks you why.
giving-paid = What was paid
giving-payment-pending = on its way
giving-payment-failed = failed
giving-payment-back = given back
giving-payment-disputed = asked back by the bank
giving-data-text = Your address is sealed, and times are kept by the month. The company that takes payments keeps records of its own.
giving-data-nameless = Your address is not kept here, and times are kept by the month. The company that takes payments keeps records of its own.
giving-erase-sure = Yes, end what runs and erase everything about me
giving-done-change = Changed.
giving-done-pause = Paused. Nothing is taken until you let it go on.
giving-done-resume = It goes on.
giving-done-cancel = Ended. Nothing is taken any more.
giving-cannot = That can’t be done to this contribution.
giving-away = The company that takes payments did not answer, so nothing was changed. Please try again in a few minutes.
giving-gone = This link opens nothing
giving-gone-text = It may be too old, or not whole, or everything was erased. Ask for a new one with the address at which you get receipts.
giving-link = Your contribution
giving-link-text = Type in the address at which you get receipts, and a link comes by mail. What is answered is the same whether anything is given.
giving-back = You are back from the payment page
giving-back-text = If you changed how you pay, it counts from the next payment on. Close this page, or go back to what you give by the link in your mail. A new link comes to the address at which you get receipts.
giving-erased = Everything is erased
giving-erased-text = What ran is ended, and nothing names you here any more. Payments stay in the accounts, without you. The company that took them keeps records of its own.
sandbox = Sandbox
sandbox-text = No money moves here. It shows what a newsroom and its readers see with a real company.
sandbox-pay = Pay
sandbox-refuse = The card is refused
sandbox-later = The money comes later
sandbox-over = This page was paid, is too old, or too many cards were refused on it.
sandbox-refused = The card was refused. You can try again.
sandbox-back = Back without paying
