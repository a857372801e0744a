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
