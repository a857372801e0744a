## Today
hints =
    { $count ->
        [one] One thing is still to be set up
       *[other] { $count } things are still to be set up
    }
hint-second-key = Add a second key to your account, so that losing one does not lock you out.
hint-second-publisher = Only one account is a publisher’s. If its keys are lost, nobody can let people in: make a second one.
hint-name = Give the newsroom its name.
hint-address = Say where the site is, so that feeds and sitemaps name the right address.
hint-contact = Say how readers can reach you.
hint-sections = Make the first section.
hint-photos =
    { $count ->
        [one] { $count } photo is known but not here; its stories stand without it.
       *[other] { $count } photos are known but not here; their stories stand without them.
    }
mentions = You were mentioned
in-review = In review
in-review-none = Nothing waits for review.
ready-now = Ready to be published
my-drafts = Your drafts
my-drafts-none = You have no drafts.
scheduled-next = Scheduled next
scheduled-none = Nothing is scheduled.
times-are-in = Times of { $zone }.
and-seconds = and { $seconds } s
held = Being written just now
see-all = See all
read-now = Read now
read-now-text =
    { $minutes ->
        [one] reads in the last minute
       *[other] reads in the last { $minutes } minutes
    }
read-today = Read most today
reads-per-day = Reads per day
reads-chart = The last 14 days: { $total } in all, { $most } on the best day, { $today } today so far.
reads-text = Only numbers are kept: how often each story was sent on each day. Nothing about readers is noted, so programs that fetch pages count, too.
as-a-table = As a table
the-day = Day
reads = Reads
jobs-failed =
    { $count ->
        [one] { $count } job could not be done.
       *[other] { $count } jobs could not be done.
    }
jobs-look = See why

## Photos
upload = Upload photos
upload-text = Or drop them here. JPEG, PNG, WebP, AVIF or GIF, up to { $most } MB each. What a camera wrote into the file (place, time, device) is not kept.
upload-script = Uploading needs JavaScript, so that it shows how far it is and says when it was cut off. Everything else here works without.
upload-sending = Sending { $name }: { $percent } %
upload-working = Preparing { $name } …
upload-done = Ready:
upload-failed = { $name } was not taken:
upload-broken = the connection broke, and nothing of it was kept.
upload-kind = this is no photo.
upload-again = Send it again
upload-stop = Stop
search-photos = Search what is said of photos
photos-which = Which photos
photos-all = All
photos-unused = Unused
photos-incomplete = No alt text or credit
photos-missing = Missing
photo-is-missing = Not here
photo-nameless = Photo without words
photo-no-alt = no alt text
photo-no-credit = no credit
no-photos = No photo is like that.
photo-fetch = Its pixels were not among what was imported. To fetch them:
photo-words = What is said of it
alt = Alt text
alt-hint = What is to be seen, for those who do not see it. One sentence, without “photo of”.
caption = Caption
credit = Credit
credit-example = Name / Agency
photo-not-yours = A public story shows this photo, so editors change it.
photo-uses = Stories that show it
photo-unused = No story shows it.
photo-replace = Replace the picture
photo-replace-text = Every story that shows it shows the new picture at once. What is said of it stays.
photo-replace-choose = Choose another file
photo-came = Here since
photo-size = { $width } × { $height } pixels, in { $files } files of { $kib } KB together.
photo-remove = Remove the photo
sure-remove-photo = Remove this photo from the library?
crops = Crops
crops-text = Click what must stay visible, or type where it is. Lists and chats cut the photo around that point.
crop-card = In lists
crop-share = In chats
from-left = From the left, %
from-top = From the top, %
crop-anew = Crop around this point
said-photo-cropped = The crops are new. Pages show them now.
said-photo-removed = The photo was removed.
said-photo-replaced = The picture was replaced.

## Settings
settings-wrong =
    { $count ->
        [one] Nothing was saved: one value can’t be used.
       *[other] Nothing was saved: { $count } values can’t be used.
    }
settings-name = Name
settings-languages = Languages
settings-where = Time and place
setting-name = Name
setting-tagline = Line below the name
setting-languages = Languages in which you publish
setting-languages-hint = Tags with commas between them, such as: en, ru, fa. A language with public stories can’t be taken out.
setting-language = First language
setting-language-hint = Its pages stand at the root of the site; others stand below /ru/, /fa/ and so on.
setting-unspoken = Around stories in { $languages } readers see English: the interface has no texts in it yet.
setting-time_zone = Time zone
setting-time_zone-hint = Dates on pages and the times of the desk follow it.
setting-address = Address of the site
setting-address-hint = Such as https://news.example. Feeds and sitemaps name it; pages never do, so that they work anywhere.
setting-contact = How readers can reach you
setting-contact-hint = An e-mail address or a web page. Choose one that does not put anybody in danger.
setting-wrong-key = There is no such setting.
setting-wrong-name = A newsroom has a name; every page shows it.
setting-wrong-long = { $value } characters is the most.
setting-wrong-language = “{ $value }” is no language tag. Write it like en, pt-BR or zh-Hant.
setting-wrong-first = { $value } is the first language and has to be among them. To begin with another one, change the first language below.
setting-wrong-many = { $value } languages is the most.
setting-wrong-in-use = Stories are public in { $value }. Withdraw them first, or keep the language.
setting-wrong-zone = There is no time zone “{ $value }”. Use a name like Europe/Riga, or UTC.
setting-wrong-address = “{ $value }” is not the address of a site. Write it like https://news.example, without a path.
setting-wrong-contact = Readers could not write to “{ $value }”. Give an e-mail address or a web page.

## The log
tab-deeds = What was done
tab-journal = What readers see
tab-jobs = Jobs
tab-chain = Is it whole?
log-person = Who
log-act = What
log-everybody = Everybody
log-everything = Everything
log-this-one = Only about this one
log-none = There is nothing.
actor-nobody = Somebody
actor-command-line = The command line
actor-import = An import
actor-masthead = Masthead
actor-demo = The demo
log-other = { $who }: { $action }
log-story-create = { $who } began a story:
log-story-state = { $who } moved a story from “{ $from }” to “{ $to }”:
log-story-schedule = { $who } scheduled a story for { $at }:
log-story-restore = { $who } brought an older text back:
log-story-take_over = { $who } took over from { $from } while they were writing:
log-story-preview_link = { $who } made a preview link for:
log-story-assign = { $who } gave a story to { $to }:
log-story-unassign = { $who } took a story from { $to }:
log-story-translate = { $who } began a translation:
log-story-caught_up = { $who } noted that a translation has caught up:
log-story_published = { $who } published:
log-story_changed = { $who } published changes to:
log-story_corrected = { $who } published a correction to:
log-story_withdrawn = { $who } withdrew:
log-photo-upload = { $who } uploaded a photo:
log-photo-describe = { $who } changed what is said of a photo, or its crop:
log-photo-replace = { $who } replaced the picture of a photo:
log-photo-remove = { $who } removed a photo.
log-section-add = { $who } made a section:
log-section-edit = { $who } changed a section:
log-section-order = { $who } moved a section in the menu:
log-section-remove = { $who } removed a section.
log-topic-add = { $who } made a topic:
log-topic-edit = { $who } changed a topic:
log-topic-merge = { $who } merged a topic into another one.
log-topic-remove = { $who } removed a topic.
log-byline-add = { $who } made a byline:
log-byline-edit = { $who } changed a byline:
log-byline-remove = { $who } removed a byline everywhere.
log-front-pin = { $who } put on the front page:
log-front-unpin = { $who } took off the front page:
log-front-up = { $who } moved up on the front page:
log-front-down = { $who } moved down on the front page:
log-front-breaking = { $who } changed the breaking banner.
log-front-breaking_end = The breaking banner has ended.
log-page-create = { $who } began a page:
log-page-publish = { $who } published a page:
log-page-hide = { $who } hid a page from readers:
log-page-menu = { $who } moved a page in the menu:
log-page-restore = { $who } brought back an older text of a page:
log-story-check_links = { $who } had the links looked at, in
log-session-end = { $who } ended a session.
log-session-end_others = { $who } ended all their other sessions.
log-staff-invite = { $who } made an invitation: { $role }.
log-staff-take_back = { $who } took a link back.
log-staff-join = { $who } joined.
log-staff-reset = { $who } ended all keys of an account and made a link for new ones:
log-staff-role = { $who } made an account { $role }:
log-staff-withdraw = { $who } closed an account:
log-staff-passkey = { $who } added a passkey.
log-staff-passkey_removed = { $who } removed a key.
log-staff-authenticator = { $who } set up an authenticator.
log-staff-recovery_codes = { $who } made new recovery codes.
log-sign_in-passkey = { $who } signed in with a passkey.
log-sign_in-code = { $who } signed in with a code.
log-sign_in-recovery = { $who } signed in with a recovery code.
log-settings_changed = { $who } changed settings: { $keys }.
log-job-again = { $who } had a job tried again.
log-import = { $who } brought an import to its end.
log-restore = { $who } restored a backup.
log-token-make = { $who } made an access token.
log-token-revoke = { $who } revoked an access token.
log-webhook-make = { $who } added a webhook.
log-webhook-off = { $who } switched off a webhook that failed.
log-webhook-pause = { $who } paused a webhook.
log-webhook-resume = { $who } resumed a webhook.
log-webhook-remove = { $who } removed a webhook.
journal-text = Every change that readers can see, in the order in which it happened. Caches, search and feeds follow it.
journal-what = What
journal-tags = Touches
journal-when = When
journal-touches =
    { $count ->
        [one] { $count } mark
       *[other] { $count } marks
    }
journal-story_published = Published
journal-story_changed = Changed
journal-story_corrected = Corrected
journal-story_withdrawn = Withdrawn
journal-page_changed = A page changed
journal-section_changed = A section changed
journal-topic_changed = A topic changed
journal-byline_changed = A byline changed
journal-photo_changed = A photo changed
journal-front_changed = The front page changed
journal-redirect_changed = A redirect changed
journal-settings_changed = Settings changed
journal-theme_changed = The theme changed
jobs-text = Work that follows a change. What fails is tried eight times with growing pauses, then given up for somebody to look at.
jobs-given-up = Given up
jobs-none-failed = Nothing was given up.
jobs-waiting = Waiting
jobs-none-waiting = Nothing waits.
job-story-publish = Publish a scheduled story
job-webhook-send = Tell a webhook
job-breaking-end = End a breaking banner
job-attempts =
    { $count ->
        [one] { $count } attempt
       *[other] { $count } attempts
    }
job-due = due
job-under-way = under way
job-try-again = Try again
said-job-again = It is being tried again.
chain-whole =
    { $count ->
        [0] The log is empty.
        [one] The log is whole: { $count } deed, as it was written.
       *[other] The log is whole: all { $count } deeds stand as they were written.
    }
chain-cut = Deed { $number } was cut out of the log.
chain-changed = Deed { $number } was changed after it was written.
chain-unhashed = The hash of deed { $number } was removed.
chain-broken-todo = Somebody changed the database behind the desk’s back. Compare the log with a backup from before.
chain-text = Each deed carries a hash that covers it and the one before. Whoever changes a row, or cuts one out, breaks the chain there.
fingerprint = Fingerprint
fingerprint-text = Write it down somewhere else now and then. Whoever controls the database could write the whole log anew, but not so that a fingerprint you noted is still in it.
fingerprint-old = Look for a fingerprint that you wrote down
fingerprint-look = Look for it
fingerprint-found = It is the fingerprint of deed { $number }: up to there the log is the one you knew.
fingerprint-missing = It is not in this log. If you copied it right, the log was cut or written anew.

## Saved filters
filters-saved = Saved filters
filter-save = Save this filter
filter-name = Name
filter-remove = Remove the filter “{ $name }”
said-filter-saved = The filter is saved.
said-filter-removed = The filter was removed.
