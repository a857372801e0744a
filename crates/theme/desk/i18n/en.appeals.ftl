# Appeals: what asks readers for support.
journal-appeal_changed = An appeal changed
job-appeal-turn = Begin or end an appeal

menu-appeals = Appeals
appeals-text = Messages that ask for support. In each place the first whose rules all hold is shown. What depends on a reader is decided on the reader’s device, which stores nothing before its reader presses a button.
appeals-why = Why was this not shown?
appeal-kind-banner = Banner
appeal-kind-banner-text = One or two lines above every page.
appeal-kind-end = Message at the end of stories
appeal-kind-end-text = A few paragraphs, with the short form to give if you like.
appeal-variants =
    { $count ->
        [one] { $count } variant
       *[other] { $count } variants
    }
appeal-rules-count =
    { $count ->
        [one] { $count } rule
       *[other] { $count } rules
    }
appeal-from = from
appeal-until = until
appeal-from-at = From ({ $zone })
appeal-until-at = Until ({ $zone })
appeal-standing-draft = Draft
appeal-standing-waiting = Begins later
appeal-standing-running = Running
appeal-standing-ended = Ended
appeal-standing-withdrawn = Withdrawn
no-appeals = There is none yet.
new-appeal = New appeal
appeal-name = Name, for the desk only
appeal-place = Where it stands
appeal-begin = Begin it
appeal-start = Start it
appeal-show = Let readers see the changes
appeal-withdraw = Withdraw it
appeal-pending = Readers don’t see yet what was written since it was started.
sure-appeal-withdraw = Withdraw this appeal? No page shows it any more.
sure-appeal-delete = Delete this draft?
said-appeal-started = It was started.
said-appeal-shown = Readers see the changes.
said-appeal-withdrawn = It was withdrawn: no page shows it any more.
said-appeal-deleted = It was deleted.
said-rule-removed = The rule was taken away.
said-variant-added = A variant was added. It says what the first one does until you change it, and is shown once you let readers see the changes.

appeal-says = What it says
appeal-says-text = Write it in each language; where it says nothing, it is not shown. With several variants, each device draws one; readers without script get the first. To compare fairly, make a new variant instead of changing one that runs.
appeal-text-none = Not written
appeal-text-changed = Not shown yet
appeal-text-shown = Shown
appeal-variant = Variant
variant-default = For readers without script
variant-off = Not shown any more
variant-settings = Name, share of views
variant-weight = Parts of the views it gets
variant-active = It is shown
variant-add = Add a variant
appeal-nothing = It says nothing yet.

appeal-rules = Rules
appeal-rules-text = All of them must hold. The first that doesn’t is why the appeal was not shown.
no-rules = No rule: it is shown everywhere.
rule-add = Add a rule:
rule-name = Name of the rule
rule-cancel = Leave it
rule-on-device = judged on the device
rule-any = One of these
rule-except = The other way round: none of these
rule-kind-section = Section
rule-kind-section-text = The page stands in one of these sections, or in one under them.
rule-kind-topic = Topic
rule-kind-topic-text = The story is about one of these topics.
rule-kind-language = Language
rule-kind-language-text = The page is in one of these languages.
rule-kind-dates = Dates
rule-kind-dates-text = Pages change in that minute, by themselves.
rule-kind-country = Country
rule-kind-country-text = The country that a reader chose, on their device, in “What this device remembers” below an appeal. It is never guessed from where they connect. Before a reader chooses, it is unknown.
rule-kind-read = Stories read
rule-kind-read-text = Counted on a reader’s device, by the month, from the moment at which the reader asks for it below an appeal. Before that nothing is counted, and the number is unknown.
rule-kind-share = Share of readers
rule-kind-share-text = Drawn anew at each view, because a device stores nothing unasked: the same reader may get it the next time. Readers without script never do.
rule-countries = Countries, by their two letters
rule-least = At least
rule-most = At most (may stay empty)
rule-percent = Of a hundred views
rule-unknown-country = Counts as fulfilled while the country is unknown, also for readers without script
rule-unknown-read = Counts as fulfilled while the number is unknown, also for readers without script
rule-section-in = In { $list }
rule-section-not = Not in { $list }
rule-topic-in = About { $list }
rule-topic-not = Not about { $list }
rule-language-in = In { $list }
rule-country-yes = In { $list }, or unknown
rule-country-no = In { $list }; not while unknown
rule-read-yes = { $least } to { $most } stories this month, or unknown
rule-read-no = { $least } to { $most } stories this month; not while unknown
rule-dates-in = { $from } – { $until }
rule-share-of = { $percent } of 100 views

appeal-numbers = Numbers
appeal-numbers-text = Views are told by readers’ devices, once a page view, and nothing about the reader comes along. The number can’t prove anything: whoever sends such requests by a program is counted, too, up to 3,000 a minute; readers without script are not; and who sees it ten times is ten views. Contributions are those that were paid at least once.
appeal-not-seen = No view has been counted yet.
appeal-seen = Views
appeal-gave = Contributions
appeal-share = Of the views
appeal-interval = Where the share lies (95 %)
appeal-outcome-alone = There is one variant: nothing to compare.
appeal-outcome-too-few = Too few gave to say anything: it takes 10 contributions even to guess how many views are needed.
appeal-outcome-needs = No winner yet: each variant needs { $needed } views. That finds a difference of { $difference } % in { $surely } of 100 cases.
appeal-outcome-even = Seen often enough, and the difference may still be chance.
appeal-outcome-better = Variant { $better } is better: it was seen often enough, and the difference is not chance in 95 of 100 cases.
appeal-cut =
    { $count ->
        [one] { $count } view came in a burst and was not counted.
       *[other] { $count } views came in bursts and were not counted.
    }
appeal-chart = { $total } views in all; { $most } on the best day of the last four weeks.
appeal-dates-hint = Left empty, it runs from its start until it is withdrawn.
appeal-form = The short form stands below it: once, monthly or annual, and how much
appeal-rest = “Not now” keeps appeals away for so many days
appeal-rest-hint = On the reader’s device only. Who gives can ask for 90 days in the form; the device does not note why.
appeal-cap = At most
appeal-cap-times = Times
appeal-cap-days = In days
appeal-cap-hint = Counted only on devices whose readers asked for something to be remembered, and from then on. Everybody else gets it at each view.
appeal-goal = Goal
appeal-goal-amount = Amount
appeal-goal-currency = Currency
appeal-goal-from = Counted from
appeal-goal-until = To the end of
appeal-goal-hint = What came in in that currency in these months. The bar is made anew every hour and rounded down to a hundredth, so that no single gift can be read from it. It is not shown while nothing came in.
appeal-preview-text = As it was written, in the newest story of the language, whatever its rules.
appeal-preview-look = As seen on

appeals-why-text = Choose a story and what a reader’s device knows. Each appeal is asked in its order, and each of its rules says yes or no.
why-story = Story
why-at = When ({ $zone })
why-device = What the device knows
why-device-text = Left empty, the device knows nothing: that is everybody who pressed no button.
why-country = Country chosen
why-read = Stories read this month
why-seen = Times shown within the cap’s days
why-drawn = Number drawn for the share, 0 to 99
why-resting = “Not now” was pressed, or somebody gave within 90 days and asked for it
why-ask = Why?
why-no-story = No story is public yet.
why-shown = It is shown.
why-behind = All its rules hold; another one stands before it.
why-not-shown = It is not shown.
why-yes = Yes
why-no = No
why-unknown = not known, so the rule’s own answer
why-standing = It runs
why-text = It says something in this language
why-text-yes = Readers have a text.
why-text-no = Readers have no text.
why-rest = The reader wants to be asked
why-rest-yes = Nothing says otherwise.
why-rest-no = The device asks for rest.
why-cap = Not too often
why-cap-text = At most { $times } times in { $days } days

log-appeal-create = { $who } began the appeal “{ $name }”.
log-appeal-settings = { $who } changed the settings of the appeal “{ $name }”.
log-appeal-order = { $who } moved the appeal “{ $name }” in the order.
log-appeal-rules = { $who } changed the rule “{ $rule }” of the appeal “{ $name }”.
log-appeal-variant = { $who } changed variant { $variant } of the appeal “{ $name }”.
log-appeal-start = { $who } started the appeal “{ $name }”.
log-appeal-show = { $who } let readers see changes of the appeal “{ $name }”.
log-appeal-withdraw = { $who } withdrew the appeal “{ $name }”.
log-appeal-delete = { $who } deleted the draft of the appeal “{ $name }”.
