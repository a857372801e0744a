## Webhooks
webhooks = Webhooks
webhooks-text = Other programs are told at once when a story is published or changed. What is sent carries a signature, so that they know it is from you.
webhook-made = This secret checks the signatures. Give it to the program that listens; it is not shown again. Address:
webhook-secret = Secret
webhook-is-on = Works
webhook-is-failing = Nothing arrives
webhook-is-off = Switched off
webhook-fails-since = Nothing has arrived there since
webhook-off-since = Switched off, because nothing had arrived there since
webhook-ping = Send a test
webhook-pause = Switch off
webhook-resume = Switch on
sure-webhook-remove = Remove this webhook with everything about what was sent to it?
webhook-messages = Sent of late
webhook-when = When
webhook-what = What of
webhook-attempts = Attempts
webhook-answer = Answer
webhook-again = Send again
webhook-new = New webhook
webhook-url = Address
webhook-tells = Tell it when a story is
webhook-make = Make the webhook
webhook-rules =
    { $days ->
        [one] What does not arrive is sent again for three days. A webhook where nothing has arrived for { $days } day is switched off.
       *[other] What does not arrive is sent again for three days. A webhook where nothing has arrived for { $days } days is switched off.
    }
event-story-published = published
event-story-updated = updated
event-story-corrected = corrected
event-story-withdrawn = withdrawn
event-ping = test
message-waiting = Waiting
message-delivered = Arrived
message-given_up = Given up
said-ping-sent = A test is on its way. Load the page again in a moment to see whether it arrived.
said-webhook-on = Switched on.
said-webhook-off = Switched off.
said-webhook-removed = Removed.
said-message-again = It is being sent again. Load the page again in a moment.
