# The words of the desk in English: the language of last resort, so every key stands here.

language-name = English

## Around every page
skip = Skip to the content
menu = Menu
menu-home = Today
menu-stories = Stories
menu-media = Photos
menu-front = Front page
menu-sections = Sections
menu-topics = Topics
menu-bylines = Bylines
menu-pages = Pages
menu-people = People
menu-settings = Settings
menu-api = Connections
menu-log = Log
sign-out = Sign out
to-the-site = To the site
save = Save
remove = Remove
copy = Copy
copied = Copied
actions = Actions
you = (you)

## Roles
role = Role
role-reporter = Reporter
role-editor = Editor
role-newsletter_editor = Newsletter editor
role-publisher = Publisher
role-reporter-may = Writes drafts and sees their own.
role-editor-may = Edits every story and publishes.
role-newsletter_editor-may = Like an editor; also makes and sends newsletters.
role-publisher-may = Everything, with settings, people and money.

## Getting in
sign-in = Sign in
sign-in-passkey = Sign in with a passkey
sign-in-passkey-hint = Your device asks for your finger, face or PIN. Nothing is typed, so nothing can be stolen on the way.
sign-in-code = With an access key and a code
sign-in-recovery = With a recovery code
passkey-cancelled = Nothing was chosen. Try again when you are ready.
passkey-unsupported = This browser has no passkeys. Use another browser, or one of the ways below.
passkey-script = Passkeys need JavaScript. The ways below work without it.
pen-name = Pen name
pen-name-hint = 2 to 40 letters, digits, dots or dashes. Not your real name: it stands in the log of who did what.
access-key = Access key
access-key-text = Keep it in a password manager. It is shown this once.
code = Code of the authenticator
recovery-code = Recovery code
join = Welcome to the desk
join-again = New keys
join-first = You are the first one here: your account is the publisher’s, with settings and people.
join-as = You have been invited as: { $role }.
join-again-text = Your old keys no longer work. Make a new one; your account and your stories stay as they were.
join-passkey = Make a passkey and come in
join-passkey-hint = A passkey lives in your phone, computer or security key. It has no name or address of yours in it.
join-code = My device has no passkeys
join-code-hint = You get an access key and set up an authenticator app that shows a new code every 30 seconds.
join-code-button = Go on without a passkey
join-finish = Come in
desk-language = Language of the desk
authenticator = Authenticator
authenticator-text = Scan this with an authenticator app, then type the code that it shows.
authenticator-picture = QR code for the authenticator app
authenticator-secret = Or type this into the app:
recovery-codes = Recovery codes
recovery-codes-text = If you lose your key, each of these lets you in once. Write them down or put them into a password manager; they are shown this once.
codes-kept = I have kept them
prove = Is it you?
prove-text = What you are about to do can harm people if somebody else does it from your desk. Show your key once more.
prove-passkey = Use your passkey
prove-code = Use the code

## The account
account = Your account
passkeys = Passkeys
passkeys-text = Have at least two on different devices, so that losing one does not lock you out.
passkey-number = Passkey { $number }
passkey-add = Add a passkey
added = added
last-used = last used
codes-left =
    { $count ->
        [0] You have no recovery codes left. Make new ones.
        [one] You have { $count } recovery code left.
       *[other] You have { $count } recovery codes left.
    }
codes-renew = Make ten new codes
sessions = Where you are signed in
sessions-text = A session ends after 15 minutes without use, and after 12 hours at most.
session-present = This one
session-since = since
session-end = End
sessions-end-others = End all others

## People
people-text = An account is a pen name with keys. Nobody is asked for a name or an e-mail address.
keys = Keys
joined = Joined
role-of = Role of { $handle }
account-is-closed = Account closed
reset = New keys
close-account = Close account
sure-reset = End all keys and sessions of { $handle } now, and make a link for new ones?
sure-withdraw = Close the account of { $handle }? They are signed out at once; their stories stay.
invite = Invite somebody
invite-button = Make a link
link = Link
link-made = Give this link to one person. Whoever opens it first joins as: { $role }.
link-made-reset = Give this link to { $handle }. It makes new keys for the account.
link-hours =
    { $hours ->
        [one] It works once, for { $hours } hour, and is not shown again.
       *[other] It works once, for { $hours } hours, and is not shown again.
    }
links-open = Open links
link-for-role = Invitation: { $role }
link-for-handle = New keys for { $handle }
made-by = made by { $handle }
ends = works until
take-back = Take back

## What was done
said-saved = Saved.
said-signed-out = You are signed out.
said-recovered = You came in with a recovery code. If your key is lost, add a new one and remove the old one.
said-session-ended = Ended.
said-key-added = The passkey was added.
said-key-removed = The key was removed.
said-link-taken-back = The link no longer works.
said-account-closed = The account is closed.

## What could not be done
refused = That did not work
refused-sign-in = Sign in first.
refused-role = Your role does not reach this far. Ask a publisher if it should.
refused-prove = More than five minutes have passed since you showed your key. Go back, load the page again and repeat what you did.
refused-forged = This form did not come from a page of this desk, or the page was open too long. Go back and load it again; what you typed is still there.
refused-missing = There is nothing at this address.
refused-too-large = That is too large.
refused-cut-off = The upload broke off before its end. Nothing of it was kept; send it again.
refused-bad = Something in what was sent can’t be read.
refused-said = The desk can’t do this:
refused-failed = Something went wrong here. It is not your fault; what you wrote is not lost. Try again.
denied-link = This link does not work any more. Ask for a new one.
denied-handle = A pen name has 2 to 40 letters, digits, dots, dashes or underscores.
denied-handle-taken = This pen name is taken. Choose another.
denied-code = Pen name, access key or code is wrong, or the code was used before.
denied-code-join = This code is not right, or is too old. Wait for the next one.
denied-key = This passkey does not open this desk. Try again, or use another way in.
denied-too-often =
    { $minutes ->
        [one] Too many attempts. Try again in { $minutes } minute.
       *[other] Too many attempts. Try again in { $minutes } minutes.
    }
denied-last-publisher = A newsroom needs a publisher. Make somebody else one first.
denied-last-key = This is the last key of the account. Add another one first.
denied-gone = It is not there any more.

## Stories
this-story = This story
new-story = New story
no-headline-yet = No headline yet
language-of-story = Language
language-en = English
language-ru = Russian
language-fa = Persian
every-language = Every language
every-section = Every section
every-state = All
section = Section
state = State
headline = Headline
changed = Changed
mine = Mine
show = Show
search = Search
search-stories = Search headlines
choose = Choose
with-chosen = With those chosen
do-it = Do it
none = none
said-none-chosen = Choose at least one story first.
act-in_review = hand in for review
act-ready = mark as ready
act-publish = publish
act-withdraw = withdraw
act-draft = back to draft
act-done = Done
act-not-done = Not done
from-to = { $from }–{ $to } of { $total }
from-to-more = { $from }–{ $to } of more than { $total }
newer = Newer
older = Older
no-stories = No story is like that.
state-draft = Draft
state-in_review = In review
state-ready = Ready
state-scheduled = Scheduled
state-published = Published
state-withdrawn = Withdrawn
editor-script = The editor needs JavaScript.
history = History
preview = Preview
check-and-publish = Check and publish
back-to-writing = Back to writing

## Checking and publishing
saved-by = Saved by { $handle }
will-be-public = Will be public
public-since = Public since
see-it = See it on the site
is-writing = { $handle } is writing in it now.
pending = There are changes that readers do not see yet.
behind = The original has changed since this was translated:
translation-of = Translation of
caught-up = The translation has caught up
original = Original
translation = Translation
checklist = Checklist
nothing-missing = Nothing is missing.
check-no-headline = There is no headline; it can’t be published without one.
check-empty = There is no text.
check-long-headline = The headline is longer than 90 characters; search engines and chats cut it.
check-no-standfirst = There is no standfirst.
check-no-section = No section is chosen.
check-no-byline = Nobody signs it.
check-no-lead-photo = There is no photo on top.
check-no-sources = No source is named.
check-no-alt =
    { $count ->
        [one] { $count } photo has no alt text.
       *[other] { $count } photos have no alt text.
    }
check-no-credit =
    { $count ->
        [one] { $count } photo has no credit.
       *[other] { $count } photos have no credit.
    }
check-photo-missing =
    { $count ->
        [one] { $count } photo is not here; readers will not see it.
       *[other] { $count } photos are not here; readers will not see them.
    }
check-open-notes =
    { $count ->
        [one] { $count } note is not settled.
       *[other] { $count } notes are not settled.
    }
preview-text = Exactly as readers will get it.
channel-web = Web page
channel-lite = Text-only page
channel-feed = Feed
channel-text = Plain text
preview-made = Whoever has this link sees the story as it would be published. It is not shown again.
preview-lasts = Works for
preview-share = Make a link to share
days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
notes = Notes
note-new = New note
note-hint = Call somebody with @:
note-add = Add the note
note-optional = Note (if there is something to say)
settle = Settle
settled-by = settled by { $handle }
next-step = Next step
submit = Hand in for review
mark-ready = Mark as ready
publish-now = Publish now
publish-at = Publish at ({ $zone })
schedule = Schedule
reschedule = Change the time
unschedule = Take off the schedule
send-back = Send back to its author
take-it-back = Take it back
update = Publish the changes
correction = Correction
correction-hint = What was wrong and what is right. It stays with the story for ever and is shown everywhere.
correct = Publish the correction
corrections = Corrections
withdraw-reason = Reason, for the log
withdraw = Withdraw
withdrawn-text = Readers are told that this story was withdrawn.
sure-withdraw-story = Withdraw the story? It disappears from every page and feed at once; its address says that it was withdrawn.
publish-again = Publish again
editors-go-on = From here editors go on.
whose = Whose story it is
give = Give
translations = Translations
translate = Translate
said-state-changed = The story has moved on.
said-scheduled = The story is scheduled.
said-published = Published. Readers see it now.
said-corrected = The correction is public.
said-withdrawn = The story is withdrawn.
said-noted = The note is added.
said-settled = Settled.
said-restored = The older text is back in the working copy.
denied-not-yours = This story is somebody else’s.

## History
no-revisions = Nothing was replaced yet.
changes-until-now = From then until now
changes-until-next = From then to the next one
compare-next = Compare with the next one
compare-now = Compare with now
restore = Bring this text back
