# واژه‌های رابط به فارسی. کلیدها همان‌اند که در en.ftl آمده است.

language-name = فارسی

## پیرامون هر صفحه
skip = رفتن به متن
breaking = فوری
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
latest = تازه‌ترین خبرها
all-latest = همهٔ خبرها
follow = ماجرا را دنبال کنید
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
       *[other] { $count } گزارش به ترتیب زمانی
    }
kind-person = شخص
kind-place = مکان
kind-organisation = سازمان
kind-theme = پرونده
kinds-person = اشخاص
kinds-place = مکان‌ها
kinds-organisation = سازمان‌ها
kinds-theme = پرونده‌ها

## گزارش
by = { "" }
and = و
comma = ،
colon = :
updated = به‌روزرسانی
was-corrected =
    { $count ->
        [one] این گزارش اصلاح شده است
       *[other] این گزارش { $count } بار اصلاح شده است
    }
also-in = به زبان‌های دیگر:
part-of = صفحهٔ { $page } از { $pages }
continue-on = ادامه در صفحهٔ { $page }
back-to = بازگشت به صفحهٔ { $page }
sources = منابع
corrections =
    { $count ->
        [one] اصلاحیه
       *[other] اصلاحیه‌ها
    }
in-this-story = در این گزارش
share = هم‌رسانی
share-mail = ایمیل
read-more = بیشتر بخوانید
read-on-web = خواندن در سایت
version = نسخهٔ { $number }

## خبرنامه‌ها
letter-issue = شمارهٔ { $number }
letter-web = خواندن این نامه در سایت
letter-preferences = تنظیمات
letter-unsubscribe = لغو اشتراک
letter-read-on = ادامهٔ مطلب
letter-more = بیشتر
letter-stories = گزارش‌ها
letter-why = این نامه را از آن رو دریافت می‌کنید که این نشانی در خبرنامهٔ «{ $name }» از { $newsroom } ثبت شده است. برای پایان دادن به آن کافی است روی «لغو اشتراک» بزنید.
letter-reserve = اگر سایت ما در جایی که هستید باز نمی‌شود، این‌جا را بیازمایید:
letter-neutral-subject = نامه‌ای برای شما
letter-neutral-sender = نامه‌ها
letter-past = شماره‌های پیشین
letter-all = همهٔ شماره‌ها
letter-none = هنوز شماره‌ای فرستاده نشده است.
letter-withdrawn = تحریریه گزارشی را که این‌جا بود از سایت برداشته است.

## چیزی نیست
not-found = این صفحه پیدا نشد
not-found-text = شاید نشانی اشتباه نوشته شده یا صفحه جابه‌جا شده باشد.
gone = این گزارش از سایت برداشته شده است
gone-text = تصمیم تحریریه چنین بوده است. این گزارش دیگر در این نشانی منتشر نخواهد شد.
withdrawn = تاریخ برداشتن:
to-front = بازگشت به صفحهٔ نخست

## درون متن
doc-story-so-far = ماجرا تا اینجا
doc-facts = در یک نگاه
doc-note = یادداشت
doc-open-at = باز کردن در { $source }
doc-video = ویدئو: { $source }
doc-audio = صدا: { $source }
doc-post = نوشته: { $source }
doc-link = { $source }
doc-download = دریافت { $name }
doc-photo = تصویر: { $alt }
doc-photo-credit = عکس: { $credit }
doc-table = جدول { $number }
doc-footnotes = پانوشت‌ها
doc-footnote = پانوشت { $number }
doc-back = بازگشت به متن
doc-links = پیوندها
doc-kilobytes = { $number } کیلوبایت
doc-megabytes = { $number } مگابایت
