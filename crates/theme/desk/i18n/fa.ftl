# واژه‌های میز تحریریه به فارسی. کلیدها همان‌اند که در en.ftl آمده است.

language-name = فارسی

## پیرامون هر صفحه
skip = رفتن به محتوا
menu = فهرست
menu-home = امروز
menu-stories = گزارش‌ها
menu-media = عکس‌ها
menu-front = صفحهٔ نخست
menu-sections = بخش‌ها
menu-topics = موضوع‌ها
menu-bylines = نویسندگان
menu-pages = صفحه‌ها
menu-people = افراد
menu-settings = تنظیمات
menu-api = اتصال‌ها
menu-log = دفتر رویدادها
sign-out = خروج
to-the-site = به سایت
save = ذخیره
remove = برداشتن
copy = رونوشت
copied = رونوشت شد
actions = کارها
you = (شما)

## نقش‌ها
role = نقش
role-reporter = خبرنگار
role-editor = دبیر
role-newsletter_editor = دبیر خبرنامه
role-publisher = ناشر
role-reporter-may = پیش‌نویس می‌نویسد و گزارش‌های خودش را می‌بیند.
role-editor-may = همهٔ گزارش‌ها را ویرایش و منتشر می‌کند.
role-newsletter_editor-may = مانند دبیر؛ خبرنامه هم می‌سازد و می‌فرستد.
role-publisher-may = همه‌چیز، همراه با تنظیمات، افراد و پول.

## ورود
sign-in = ورود
sign-in-passkey = ورود با کلید عبور
sign-in-passkey-hint = دستگاه شما اثر انگشت، چهره یا پین می‌خواهد. چیزی تایپ نمی‌شود، پس در راه چیزی دزدیده نمی‌شود.
sign-in-code = با رمز دسترسی و کد
sign-in-recovery = با کد بازیابی
passkey-cancelled = چیزی انتخاب نشد. هر وقت آماده بودید دوباره امتحان کنید.
passkey-unsupported = این مرورگر کلید عبور ندارد. از مرورگر دیگر یا یکی از راه‌های زیر استفاده کنید.
passkey-script = کلید عبور به جاوااسکریپت نیاز دارد. راه‌های زیر بدون آن هم کار می‌کنند.
pen-name = نام مستعار
pen-name-hint = ۲ تا ۴۰ حرف، رقم، نقطه یا خط تیره. نام واقعی ننویسید: این نام در دفتر رویدادها می‌ماند.
access-key = رمز دسترسی
access-key-text = آن را در یک برنامهٔ مدیریت رمز نگه دارید. فقط همین یک بار نشان داده می‌شود.
code = کد برنامهٔ تأیید
recovery-code = کد بازیابی
join = به تحریریه خوش آمدید
join-again = کلیدهای تازه
join-first = شما نخستین نفر اینجا هستید: حساب شما حساب ناشر است، با تنظیمات و افراد.
join-as = شما دعوت شده‌اید. نقش: { $role }.
join-again-text = کلیدهای پیشین دیگر کار نمی‌کنند. کلید تازه‌ای بسازید؛ حساب و گزارش‌هایتان همان‌طور می‌مانند.
join-passkey = ساختن کلید عبور و ورود
join-passkey-hint = کلید عبور در گوشی، رایانه یا کلید سخت‌افزاری شماست. نام یا نشانی شما در آن نیست.
join-code = دستگاه من کلید عبور ندارد
join-code-hint = یک رمز دسترسی می‌گیرید و برنامه‌ای راه می‌اندازید که هر ۳۰ ثانیه کد تازه‌ای نشان می‌دهد.
join-code-button = ادامه بدون کلید عبور
join-finish = ورود
desk-language = زبان میز تحریریه
authenticator = برنامهٔ تأیید
authenticator-text = این را با برنامهٔ تأیید اسکن کنید، سپس کدی را که نشان می‌دهد بنویسید.
authenticator-picture = کد QR برای برنامهٔ تأیید
authenticator-secret = یا این را در برنامه وارد کنید:
recovery-codes = کدهای بازیابی
recovery-codes-text = اگر کلیدتان گم شود، هر یک از این سطرها یک بار راه ورود است. آنها را بنویسید یا در برنامهٔ مدیریت رمز بگذارید؛ فقط همین یک بار نشان داده می‌شوند.
codes-kept = کدها را نگه داشتم
prove = خودتان هستید؟
prove-text = کاری که می‌خواهید بکنید، اگر کس دیگری پشت میز شما باشد، می‌تواند به دیگران آسیب بزند. کلیدتان را یک بار دیگر نشان دهید.
prove-passkey = نشان دادن کلید عبور
prove-code = تأیید با کد

## حساب
account = حساب شما
passkeys = کلیدهای عبور
passkeys-text = دست‌کم دو کلید روی دستگاه‌های جدا داشته باشید تا گم شدن یکی راه شما را نبندد.
passkey-number = کلید عبور { $number }
passkey-add = افزودن کلید عبور
added = افزوده در
last-used = آخرین استفاده
codes-left =
    { $count ->
        [0] کد بازیابی‌ای نمانده است. کدهای تازه بسازید.
        [one] { $count } کد بازیابی مانده است.
       *[other] { $count } کد بازیابی مانده است.
    }
codes-renew = ساختن ده کد تازه
sessions = کجا وارد شده‌اید
sessions-text = نشست پس از ۱۵ دقیقه بی‌کاری و حداکثر پس از ۱۲ ساعت پایان می‌یابد.
session-present = همین نشست
session-since = از
session-end = پایان دادن
sessions-end-others = پایان دادن به همهٔ نشست‌های دیگر

## افراد
people-text = حساب یعنی یک نام مستعار با کلید. از کسی نام یا رایانامه نمی‌خواهیم.
keys = کلیدها
joined = پیوسته در
role-of = نقش { $handle }
account-is-closed = حساب بسته است
reset = کلیدهای تازه
close-account = بستن حساب
sure-reset = همهٔ کلیدها و نشست‌های { $handle } همین حالا باطل شوند و پیوندی برای کلید تازه ساخته شود؟
sure-withdraw = حساب { $handle } بسته شود؟ فوراً بیرون می‌رود؛ گزارش‌هایش می‌مانند.
invite = دعوت از همکار
invite-button = ساختن پیوند
link = پیوند
link-made = این پیوند را به یک نفر بدهید. نخستین کسی که بازش کند با این نقش می‌پیوندد: { $role }.
link-made-reset = این پیوند را به { $handle } بدهید. با آن کلیدهای تازه ساخته می‌شود.
link-hours =
    { $hours ->
        [one] یک بار و تا { $hours } ساعت کار می‌کند و دیگر نشان داده نمی‌شود.
       *[other] یک بار و تا { $hours } ساعت کار می‌کند و دیگر نشان داده نمی‌شود.
    }
links-open = پیوندهای باز
link-for-role = دعوت: { $role }
link-for-handle = کلیدهای تازه برای { $handle }
made-by = ساختهٔ { $handle }
ends = اعتبار تا
take-back = پس گرفتن

## آنچه انجام شد
said-saved = ذخیره شد.
said-signed-out = خارج شدید.
said-recovered = با کد بازیابی وارد شدید. اگر کلیدتان گم شده، کلید تازه‌ای بیفزایید و کلید پیشین را حذف کنید.
said-session-ended = نشست پایان یافت.
said-key-added = کلید عبور افزوده شد.
said-key-removed = کلید حذف شد.
said-link-taken-back = این پیوند دیگر کار نمی‌کند.
said-account-closed = حساب بسته شد.

## آنچه انجام نشد
refused = انجام نشد
refused-sign-in = نخست وارد شوید.
refused-role = نقش شما این اجازه را ندارد. اگر باید داشته باشد، از ناشر بخواهید.
refused-prove = بیش از پنج دقیقه از نشان دادن کلیدتان گذشته است. برگردید، صفحه را دوباره بارگذاری و کار را تکرار کنید.
refused-forged = این فرم از صفحه‌ای از این میز نیامده، یا صفحه بیش از اندازه باز مانده است. برگردید و دوباره بارگذاری کنید؛ آنچه نوشته‌اید سر جایش است.
refused-missing = در این نشانی چیزی نیست.
refused-too-large = این بیش از اندازه بزرگ است.
refused-cut-off = بارگذاری پیش از پایان قطع شد. چیزی از آن نگه داشته نشد؛ دوباره بفرستید.
refused-bad = بخشی از آنچه فرستاده شد خوانا نیست.
refused-said = این کار شدنی نیست:
refused-failed = اینجا چیزی خراب شد. تقصیر شما نیست و نوشته‌تان از دست نرفته است. دوباره امتحان کنید.
denied-link = این پیوند دیگر کار نمی‌کند. پیوند تازه‌ای بخواهید.
denied-handle = نام مستعار ۲ تا ۴۰ حرف، رقم، نقطه، خط تیره یا زیرخط دارد.
denied-handle-taken = این نام گرفته شده است. نام دیگری برگزینید.
denied-code = نام مستعار، رمز دسترسی یا کد نادرست است، یا این کد پیش‌تر به کار رفته است.
denied-code-join = این کد درست نیست یا کهنه شده است. منتظر کد بعدی بمانید.
denied-key = این کلید اینجا را باز نمی‌کند. دوباره امتحان کنید یا از راه دیگری وارد شوید.
denied-too-often =
    { $minutes ->
        [one] تلاش‌ها بیش از اندازه بود. { $minutes } دقیقهٔ دیگر دوباره امتحان کنید.
       *[other] تلاش‌ها بیش از اندازه بود. { $minutes } دقیقهٔ دیگر دوباره امتحان کنید.
    }
denied-last-publisher = تحریریه به ناشر نیاز دارد. نخست کس دیگری را ناشر کنید.
denied-last-key = این آخرین کلید حساب است. نخست کلید دیگری بیفزایید.
denied-gone = دیگر آنجا نیست.

## گزارش‌ها
this-story = این گزارش
new-story = گزارش تازه
no-headline-yet = هنوز بی‌تیتر
language-of-story = زبان
language-en = انگلیسی
language-ru = روسی
language-fa = فارسی
every-language = همهٔ زبان‌ها
every-section = همهٔ بخش‌ها
every-state = همه
section = بخش
state = وضعیت
headline = تیتر
changed = آخرین تغییر
mine = گزارش‌های من
show = نمایش
search = جست‌وجو
search-stories = جست‌وجو در تیترها
choose = انتخاب
with-chosen = با انتخاب‌شده‌ها
do-it = انجام بده
none = هیچ
said-none-chosen = نخست دست‌کم یک گزارش انتخاب کنید.
act-in_review = سپردن به بازبینی
act-ready = علامت آماده
act-publish = انتشار
act-withdraw = برداشتن از سایت
act-draft = بازگرداندن به پیش‌نویس
act-done = انجام شد
act-not-done = انجام نشد
from-to = { $from } تا { $to } از { $total }
from-to-more = { $from } تا { $to } از بیش از { $total }
newer = تازه‌تر
older = کهنه‌تر
no-stories = گزارشی با این ویژگی نیست.
state-draft = پیش‌نویس
state-in_review = در بازبینی
state-ready = آماده
state-scheduled = زمان‌بندی‌شده
state-published = منتشرشده
state-withdrawn = برداشته‌شده
editor-script = ویرایشگر به جاوااسکریپت نیاز دارد.
history = تاریخچه
preview = پیش‌نمایش
check-and-publish = بررسی و انتشار
back-to-writing = بازگشت به نوشتن

## بررسی و انتشار
saved-by = ذخیره از { $handle }،
will-be-public = زمان انتشار:
public-since = منتشرشده از
see-it = دیدن در سایت
is-writing = { $handle } هم‌اکنون در حال نوشتن است.
pending = تغییرهایی هست که خوانندگان هنوز نمی‌بینند.
behind = متن اصلی پس از این ترجمه تغییر کرده است:
translation-of = ترجمهٔ
caught-up = ترجمه به‌روز شد
original = متن اصلی
translation = ترجمه
checklist = پیش از انتشار
nothing-missing = چیزی کم نیست.
check-no-headline = تیتر ندارد؛ بدون آن منتشر نمی‌شود.
check-empty = متن ندارد.
check-long-headline = تیتر بیش از ۹۰ نویسه است؛ جست‌وجوگرها و پیام‌رسان‌ها آن را می‌بُرند.
check-no-standfirst = لید ندارد.
check-no-section = بخشی انتخاب نشده است.
check-no-byline = نام نویسنده ندارد.
check-no-lead-photo = بالای آن عکسی نیست.
check-no-sources = منبعی نام برده نشده است.
check-no-alt =
    { $count ->
        [one] { $count } عکس متن جایگزین ندارد.
       *[other] { $count } عکس متن جایگزین ندارند.
    }
check-no-credit =
    { $count ->
        [one] { $count } عکس نام پدیدآور ندارد.
       *[other] { $count } عکس نام پدیدآور ندارند.
    }
check-photo-missing =
    { $count ->
        [one] { $count } عکس اینجا نیست؛ خوانندگان آن را نمی‌بینند.
       *[other] { $count } عکس اینجا نیستند؛ خوانندگان آنها را نمی‌بینند.
    }
check-open-notes =
    { $count ->
        [one] { $count } یادداشت باز است.
       *[other] { $count } یادداشت باز است.
    }
preview-text = درست همان که به دست خواننده می‌رسد.
channel-web = صفحهٔ وب
channel-lite = نسخهٔ متنی
channel-feed = خوراک
channel-text = متن ساده
preview-made = هر که این پیوند را داشته باشد گزارش را همان‌گونه می‌بیند که منتشر خواهد شد. دیگر نشان داده نمی‌شود.
preview-lasts = اعتبار
preview-share = ساختن پیوند پیش‌نمایش
days =
    { $count ->
        [one] { $count } روز
       *[other] { $count } روز
    }
notes = یادداشت‌ها
note-new = یادداشت تازه
note-hint = برای صدا زدن همکار @ بنویسید:
note-add = افزودن یادداشت
note-optional = یادداشت (اگر حرفی هست)
settle = بستن یادداشت
settled-by = { $handle } بست
next-step = گام بعدی
submit = سپردن به بازبینی
mark-ready = علامت آماده
publish-now = انتشار، همین حالا
publish-at = انتشار در ({ $zone })
schedule = زمان‌بندی
reschedule = تغییر زمان
unschedule = لغو زمان‌بندی
send-back = بازگرداندن به نویسنده
take-it-back = پس گرفتن
update = انتشار تغییرها
correction = اصلاحیه
correction-hint = چه نادرست بود و درستش چیست. برای همیشه با گزارش می‌ماند و همه‌جا نشان داده می‌شود.
correct = انتشار اصلاحیه
corrections = اصلاحیه‌ها
withdraw-reason = دلیل، برای دفتر رویدادها
withdraw = برداشتن از سایت
withdrawn-text = به خوانندگان گفته می‌شود که این گزارش برداشته شده است.
sure-withdraw-story = گزارش برداشته شود؟ فوراً از همهٔ صفحه‌ها و خوراک‌ها می‌رود؛ نشانی‌اش می‌گوید که برداشته شده است.
publish-again = انتشار دوباره
editors-go-on = ادامهٔ کار با دبیران است.
whose = گزارشِ کیست
give = سپردن
translations = ترجمه‌ها
translate = ترجمه
said-state-changed = گزارش به گام بعدی رفت.
said-scheduled = گزارش زمان‌بندی شد.
said-published = منتشر شد. خوانندگان آن را می‌بینند.
said-corrected = اصلاحیه منتشر شد.
said-withdrawn = گزارش برداشته شد.
said-noted = یادداشت افزوده شد.
said-settled = یادداشت بسته شد.
said-restored = متن پیشین به نسخهٔ کاری بازگشت.
denied-not-yours = این گزارش از آنِ کس دیگری است.

## تاریخچه
no-revisions = هنوز چیزی جایگزین نشده است.
changes-until-now = از آن زمان تا کنون
changes-until-next = از آن زمان تا نسخهٔ بعدی
compare-next = سنجش با نسخهٔ بعدی
compare-now = سنجش با متن کنونی
restore = بازگرداندن این متن
