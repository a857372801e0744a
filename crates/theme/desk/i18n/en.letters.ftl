# Newsletters and their issues.
setting-reserve = Other addresses of the site
setting-reserve-hint = One a line, such as https://mirror.example. Newsletters name them, for readers whose network blocks the first.
setting-wrong-reserve = { $value } other addresses is the most.
journal-newsletter_changed = A newsletter changed
job-issue-due = Send an issue, or hold it
job-issue-send = Begin to send an issue
job-issue-draft = Make the drafts of issues
