# What stories stand in: sections, topics, bylines.

## Shared
filed-name = Name
filed-about = About it, in a sentence
filed-address = Address
filed-address-hint = Letters a to z, digits and hyphens. Leave it empty to make one from the name. When it changes, the old address leads to the new one.
filed-add = Add
page-before = Back
page-further = Further
stories-count =
    { $count ->
        [0] No stories
        [one] { $count } story
       *[other] { $count } stories
    }
move-up = Move “{ $name }” up
move-down = Move “{ $name }” down
byline-keep = Keep it
said-order-changed = The order has changed.

## Sections
sections-text = They stand in this order in the menu of every page, once they have stories.
no-sections = There is no section yet.
new-section = New section
stands-under = Stands under
stands-alone = by itself
section-remove = Remove this section
section-remove-text =
    { $count ->
        [0] No story stands in it. Its address can lead to another section.
        [one] { $count } story moves to another section, and its address leads there.
       *[other] { $count } stories move to another section, and its address leads there.
    }
section-only =
    { $count ->
        [one] { $count } story stands in it, and there is no other section to move it to. Make one first.
       *[other] { $count } stories stand in it, and there is no other section to move them to. Make one first.
    }
stories-go-to = Stories go to
choose-section = Choose a section
nowhere = nowhere
sure-section-remove = Remove the section “{ $name }”?
said-section-added = The section is there. Readers see it once a story stands in it.
said-section-removed = The section is gone.

## Topics
topics-text = People, places, organisations and themes. Each that has stories has a page with its timeline.
search-topics = Search topics
no-topics = No topic is like that.
new-topic = New topic
topic-kind = Kind
every-kind = Every kind
kind-person = Person
kind-place = Place
kind-organisation = Organisation
kind-theme = Theme
topic-merge = Merge into another topic
topic-merge-text = All its stories move to the other topic, its address leads there, and this topic is gone.
merge-here = Merge
merge-into = Merge into “{ $name }”
sure-topic-merge = Merge “{ $name }” into “{ $into }”? This can’t be undone.
topic-remove = Remove this topic
topic-remove-text =
    { $count ->
        [0] No story is about it.
        [one] It is taken off { $count } story; the story itself stays.
       *[other] It is taken off { $count } stories; the stories themselves stay.
    }
sure-topic-remove = Remove the topic “{ $name }”? This can’t be undone.
said-topic-added = The topic is there. Readers see it once a story is about it.
said-topic-merged = Merged. All the stories are here now.
said-topic-removed = The topic is gone.

## Bylines
bylines-text = Who signs stories. A byline is a pen name and belongs to no account.
search-bylines = Search bylines
no-bylines = No byline is like that.
new-byline = New byline
byline-remove = Remove this byline
byline-remove-short = For when somebody must vanish: from the whole archive at once and for good.
byline-remove-see = See what would happen
byline-remove-name = Remove “{ $name }”
byline-remove-now = This happens at once:
byline-gone-stories =
    { $count ->
        [0] It signs no story now.
        [one] { $count } story loses this signature; the story itself stays.
       *[other] { $count } stories lose this signature; the stories themselves stay.
    }
byline-gone-pages = Its page, and its name on every page, in every list and feed, are gone.
byline-gone-addresses = No address leads to it any more.
byline-gone-drafts = Drafts forget it, and bringing back an older text does not bring it back.
byline-gone-imports = Importing the old site again does not bring it back.
byline-stays = What headlines and texts themselves say stays: search the stories for the name. Old backups, and copies that others made, keep it as well.
byline-forever = This can’t be undone.
byline-remove-button = Remove it everywhere
said-byline-added = The byline is there.
said-byline-removed = The byline is gone from everywhere.
