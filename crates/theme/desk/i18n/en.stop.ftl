# What stops a story on its way, in English.

stop-no-headline = It has no headline. Write one first.
stop-changed-since = Somebody changed the story since you looked. Look at it again.
stop-nothing-new = Readers see all of this already; there is nothing to publish.
stop-time-passed = This time has passed. Choose a later one, or publish now.
stop-clock-jumps = This time does not exist here: the clock jumps over it. Choose another.
stop-no-time = That is no date and time. Write it like 2026-03-29T07:30.
stop-state = The story’s state does not lead there. Load the page again to see where it stands.
stop-empty-correction = Say what was wrong and what is right.
stop-empty-note = The note says nothing. Write something.
stop-translated = There is a translation into this language already.
