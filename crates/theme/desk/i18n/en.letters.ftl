# Newsletters and their issues.
setting-reserve = Other addresses of the site
setting-reserve-hint = One a line, such as https://mirror.example. Newsletters name them, for readers whose network blocks the first.
setting-wrong-reserve = { $value } other addresses is the most.
journal-newsletter_changed = A newsletter changed
job-issue-due = Send an issue, or hold it
job-issue-send = Begin to send an issue
job-issue-draft = Make the drafts of issues

menu-newsletters = Newsletters
no-newsletters = There is no newsletter yet.
new-newsletter = New newsletter
newsletter-name = Name
newsletter-name-example = The Week
newsletter-slug-hint = The last part of the address of its archive. Left empty, it is made from the name.
newsletter-make = Make it
newsletter-over = No longer sent
newsletter-no-schedule = Sent by hand
newsletter-next = next on
newsletter-settings = Settings of this newsletter
newsletter-not-saved = Nothing was saved:
newsletter-what = What it is
newsletter-about = One sentence about it
newsletter-about-hint = What is in it, and when it comes. It stands where readers sign up.
newsletter-when = When it is sent
newsletter-day = Day
newsletter-no-day = When somebody sends it
newsletter-time = Time
newsletter-when-hint = The time on the wall, in summer and winter. Where the clock jumps over it, it is sent as much later; where it comes twice, the first time.
newsletter-draft-hours = Hours before, when the draft is to be there
newsletter-second = Somebody else than the last one to change an issue has to approve it
newsletter-sender = Who it comes from
newsletter-sender-name = Name
newsletter-sender-name-hint = Left empty, it is the newsroom’s name.
newsletter-sender-address = Address
newsletter-reply-to = Where answers go, if elsewhere
newsletter-look = How it looks
template-stories = Stories
template-stories-text = One below the other, with photos; each whole or with its standfirst, as you choose.
template-digest = Digest
template-digest-text = Headlines and standfirsts by section, close together, without photos.
template-letter = Letter
template-letter-text = Words from a person, and the stories as links below them.
newsletter-suggestion = What a draft is filled with
newsletter-suggestion-text = Stories since the issue before: the front page first, then what every section has, then what was read most.
suggestion-stories = Stories at most
suggestion-per-section = Of one section (0: any number)
suggestion-whole = Whole, from the top
newsletter-neutral = For readers who must not be noticed
newsletter-neutral-text = Readers may ask for mails whose subject and sender say nothing of you. Left empty, these are “Your letter” from “Letters”.
newsletter-neutral-subject = Subject
newsletter-neutral-sender = Name of the sender
newsletter-more = And
newsletter-hold-uncertain = Ask me before a mail is sent again of which nobody knows whether it arrived
newsletter-active = It is being sent
newsletter-active-hint = Without this, nobody can sign up and no issue is made. Its archive stays.
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekly-1 = Mondays { $time }
weekly-2 = Tuesdays { $time }
weekly-3 = Wednesdays { $time }
weekly-4 = Thursdays { $time }
weekly-5 = Fridays { $time }
weekly-6 = Saturdays { $time }
weekly-7 = Sundays { $time }
subscribers-count =
    { $count ->
        [0] no subscribers yet
        [one] { $count } subscriber
       *[other] { $count } subscribers
    }
issues-public =
    { $count ->
        [one] { $count } issue in the archive
       *[other] { $count } issues in the archive
    }

## Issues
issue = Issue
issues = Issues
issue-number = Issue { $number }
issue-no-subject = No subject yet
issue-begin = New issue
no-issues = There is no issue yet.
issue-goes-out = Goes out
issue-readers = Readers
issue-by-hand = when somebody sends it
issue-state-draft = Draft
issue-state-held = Held
issue-state-approved = Approved
issue-state-sending = Being sent
issue-state-paused = Paused
issue-state-sent = Sent
issue-state-cancelled = Given up
issue-held = { $name }, issue { $number }, has not gone out.
issue-held-look = Look at it
issue-held-unapproved = Its time has come, and nobody had approved it.
issue-held-late = No server was running when it was due, and that is more than a day ago.
issue-held-stopped = Its time has come, and the checks found something that must not go out.
issue-held-restored = A backup was restored. It may have gone out before: look before you send it.
issue-suggested = Suggested by Masthead
issue-sent-since = Sent since
issue-load-again = Load it again
issue-autosaving = Saving …
issue-autosaved = Saved.
issue-not-saved = Not saved yet; trying again.
issue-subject = Subject
issue-preview-line = Line after the subject
issue-preview-line-hint = Mailboxes show it beside the subject.
issue-other-subject = Try a second subject
issue-other-subject-line = Second subject
issue-percent = Share of readers, %
issue-other-subject-hint = Which one does better shows in who leaves and who answers. Nothing in a mail tells who opened it.
issue-intro = Before the stories
issue-letter = The letter
issue-outro = After the stories
issue-markdown = **bold**, *italic*, [a link](https://…), lists with -. An empty line begins a new paragraph.
issue-no-stories = There is no story in it. Add some below.
issue-move = Move “{ $name }”
issue-move-hint = Drag a story by its handle, or move it with the arrow keys while the handle has the focus.
issue-moved = Place { $place } of { $count }
issue-remove-name = Take “{ $name }” out
issue-extent = How much of it
extent-whole = Whole
extent-standfirst = Standfirst
extent-headline = Headline
issue-note = Your note above it
issue-story-gone = Not there any more
issue-add = Add stories
issue-add-one = Add
issue-add-name = Add “{ $name }”
issue-offers-week = From this week, and not in it yet:
issue-offers-none = Every story of this week is in it.
because-front = front page, place { $count }
because-section = the only one of { $name }
because-read =
    { $count ->
        [one] read once
       *[other] read { $count } times
    }
because-new = new
issue-approve = Approve
issue-approve-hint = It goes out by itself on
issue-approve-now = Approve and send now
sure-issue-now = Send this issue to everybody now? It can’t be called back.
issue-approved-by = Approved by { $handle }
issue-reopen = Take the approval back
issue-send-now = Send now
issue-time = Goes out at ({ $zone })
issue-time-set = Set the time
issue-cancel = Give this issue up
sure-issue-cancel = Give this issue up? It is not sent; its stories can be in the next one.
issue-is-over = Nothing more happens with it.
issue-hide = Take out of the archive
issue-show = Put into the archive
issue-size = The mail has { $kilobytes } KB.
issue-link-made = Whoever has this link sees the issue as it would arrive. It is not shown again.
look-desktop = Desktop
look-phone = Phone
look-dark = Dark
look-headlines = Headlines only
look-turned = The other direction
look-text = Plain text
look-text-headlines = Plain text, headlines
said-issue-approved = Approved. It goes out in its time.
said-issue-on-its-way = Approved, and on its way.
said-issue-reopened = It is a draft again.
said-issue-time-set = The time is set.
said-issue-cancelled = The issue is given up.
said-issue-hidden = It is out of the archive.
said-issue-shown = It stands in the archive.
check-letter-no-subject = There is no subject.
check-letter-empty = There is nothing in it.
check-letter-no-sender = The newsletter has no sender’s address; without one nothing can be sent.
check-letter-no-address = The site’s address is not set; links in a mail need it.
check-letter-gone =
    { $count ->
        [one] { $count } story in it is not there any more; take it out.
       *[other] { $count } stories in it are not there any more; take them out.
    }
check-letter-withdrawn =
    { $count ->
        [one] A story in it was withdrawn:
       *[other] { $count } stories in it were withdrawn:
    }
check-letter-not-public =
    { $count ->
        [one] A story in it is not public:
       *[other] { $count } stories in it are not public:
    }
check-letter-not-yet =
    { $count ->
        [one] A story becomes public only before the issue goes out:
       *[other] { $count } stories become public only before the issue goes out:
    }
check-letter-corrected =
    { $count ->
        [one] A story was corrected since it was picked; does your note still hold?
       *[other] { $count } stories were corrected since they were picked; do your notes still hold?
    }
check-letter-other-language =
    { $count ->
        [one] A story is in another language:
       *[other] { $count } stories are in other languages:
    }
check-letter-sent-before =
    { $count ->
        [one] A story was in an issue before:
       *[other] { $count } stories were in an issue before:
    }
check-letter-no-preview = There is no line after the subject; mailboxes will show whatever comes first.
check-letter-long-subject = The subject is longer than 60 characters; phones cut it.
check-letter-no-alt =
    { $count ->
        [one] { $count } photo has no alt text; who sees no pictures learns nothing of it.
       *[other] { $count } photos have no alt text; who sees no pictures learns nothing of them.
    }
check-letter-photo-missing =
    { $count ->
        [one] { $count } photo is not here; readers will not see it.
       *[other] { $count } photos are not here; readers will not see them.
    }
check-letter-large = The mail has { $count } KB. From 102 KB on, Gmail cuts it and hides the rest.
check-letter-cut = The mail has { $count } KB. Gmail cuts it at 102 KB: give fewer stories whole.
check-letter-no-text = There is hardly any text in it; as plain text it is not worth reading.
letter-stop-name = Give the newsletter a name; readers see it.
letter-stop-long = { $value } characters is the most.
letter-stop-slug = Write the address with letters a to z, digits and hyphens.
letter-stop-slug-taken = Another newsletter has this address; choose another.
letter-stop-slug-sent = Issues were sent, and their links have this address in them: it can’t be changed any more.
letter-stop-language = The newsroom does not publish in “{ $value }”; add it in the settings.
letter-stop-address = “{ $value }” is no e-mail address. Write it like letter@news.example.
letter-stop-zone = There is no time zone “{ $value }”. Use a name like Europe/Riga, or UTC.
letter-stop-time = That is no day and time. Choose a day, and write the time like 09:00.
letter-stop-number = “{ $value }” is not a number from { $least } to { $most }.
letter-stop-same-subject = The two subjects are the same. Write another one, or take the second away.
letter-stop-many = An issue has { $value } stories at most; take one out first.
letter-stop-not-public = Only stories that are public, or will be, can be in an issue.
letter-stop-changed = Somebody changed the issue since you looked. Load it again; what you typed is still here to be copied.
letter-stop-state = The issue is not where it was when you looked; this can’t be done with it now.
letter-stop-second = You changed it last, so somebody else has to approve it.
letter-stop-blocked = The checks found something that must not go out. Mend it first.
letter-stop-no-time = Its time has passed, or it has none. Set a time, or send it now.
letter-stop-passed = This time has passed. Choose a later one.
letter-stop-over = This newsletter is over. Let it go on first, in its settings.
letter-stop-no-address = Say in the settings where the site is; links in a mail need that.
letter-stop-test = Give one to { $value } addresses for a test.
log-newsletter-make = { $who } made the newsletter “{ $name }”.
log-newsletter-change = { $who } changed the newsletter “{ $name }”.
log-newsletter-order = { $who } moved the newsletter “{ $name }” in the list.
log-issue-draft = { $who } made a draft: “{ $name }”, issue { $number }.
log-issue-create = { $who } began issue { $number } of “{ $name }”.
log-issue-change = { $who } changed issue { $number } of “{ $name }”.
log-issue-approve = { $who } approved issue { $number } of “{ $name }”.
log-issue-send_now = { $who } had issue { $number } of “{ $name }” sent at once.
log-issue-reopen = { $who } made issue { $number } of “{ $name }” a draft again.
log-issue-time = { $who } set the time of issue { $number } of “{ $name }”.
log-issue-cancel = { $who } gave up issue { $number } of “{ $name }”.
log-issue-hold = { $who } held issue { $number } of “{ $name }”.
log-issue-hide = { $who } took issue { $number } of “{ $name }” out of the archive.
log-issue-show = { $who } put issue { $number } of “{ $name }” into the archive.
log-issue-preview_link = { $who } made a preview link for issue { $number } of “{ $name }”.
log-issue-check_links = { $who } had the links looked at in issue { $number } of “{ $name }”.
