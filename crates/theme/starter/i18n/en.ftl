# Words that this theme says otherwise. Every key is in the built-in en.ftl (docs/howto/add-a-language.md).
# read-more = More from us
