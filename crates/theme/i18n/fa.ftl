# واژه‌های رابط به فارسی. کلیدها همان‌اند که در en.ftl آمده است.

language-name = فارسی

## پیرامون هر صفحه
skip = رفتن به متن
banner = حمایت
newsletter = خبرنامه
appeal = پیامی از تحریریه
languages = زبان‌ها
sections = بخش‌ها
more-pages = صفحه‌های دیگر
feed = خوراک RSS
lite = نسخهٔ متنی
full = نسخهٔ کامل

## فهرست‌ها
latest = تازه‌ترین‌ها
all-latest = همهٔ خبرهای تازه
follow = پیگیری ماجرا
topics = موضوع‌ها
archive = بایگانی
months = ماه‌ها
pages = صفحه‌ها
page-number = صفحهٔ { $number }
previous = قبلی
next = بعدی
stories =
    { $count ->
        [one] { $count } گزارش
       *[other] { $count } گزارش
    }
timeline =
    { $count ->
        [one] { $count } گزارش
       *[other] { $count } گزارش به ترتیب رویدادها
    }
kind-person = شخص
kind-place = مکان
kind-organisation = سازمان
kind-theme = موضوع
kinds-person = اشخاص
kinds-place = مکان‌ها
kinds-organisation = سازمان‌ها
kinds-theme = موضوع‌ها

## گزارش
by = { "" }
and = و
comma = ،
colon = :
updated = به‌روزرسانی
was-corrected =
    { $count ->
        [one] این گزارش تصحیح شده است
       *[other] این گزارش { $count } بار تصحیح شده است
    }
also-in = به زبان‌های دیگر:
part-of = صفحهٔ { $page } از { $pages }
continue-on = ادامه در صفحهٔ { $page }
back-to = بازگشت به صفحهٔ { $page }
sources = منابع
corrections =
    { $count ->
        [one] تصحیح
       *[other] تصحیح‌ها
    }
in-this-story = در این گزارش
share = بازنشر
share-mail = رایانامه
read-more = بیشتر بخوانید
version = نگارش { $number }

## چیزی نیست
not-found = چنین صفحه‌ای نیست
not-found-text = شاید نشانی اشتباه نوشته شده یا صفحه جابه‌جا شده است.
gone = این گزارش پس گرفته شد
gone-text = تحریریه این گزارش را پس گرفته است و دیگر در این نشانی نخواهد بود.
withdrawn = پس‌گرفته‌شده در
to-front = به صفحهٔ نخست

## درون متن
doc-story-so-far = ماجرا تا اینجا
doc-facts = داده‌ها
doc-note = یادداشت
doc-open-at = بازکردن در { $source }
doc-video = ویدئو: { $source }
doc-audio = صدا: { $source }
doc-post = نوشته: { $source }
doc-link = { $source }
doc-download = دریافت { $name }
doc-photo = عکس: { $alt }
doc-photo-credit = عکس: { $credit }
doc-table = جدول { $number }
doc-footnotes = پانوشت‌ها
doc-footnote = پانوشت { $number }
doc-back = بازگشت به متن
doc-links = پیوندها
doc-kilobytes = { $number } کیلوبایت
doc-megabytes = { $number } مگابایت
