## Today
hints =
    { $count ->
        [one] یک چیز هنوز تنظیم نشده است
       *[other] { $count } چیز هنوز تنظیم نشده است
    }
hint-second-key = کلید دومی به حسابتان بیفزایید تا با گم‌شدن یکی پشت در نمانید.
hint-second-publisher = فقط یک ناشر هست. اگر کلیدهایش گم شود کسی نمی‌تواند دیگران را راه بدهد: ناشر دومی بگذارید.
hint-name = نام تحریریه را بنویسید.
hint-address = نشانی سایت را بنویسید تا فیدها و نقشهٔ سایت نشانی درست را بدهند.
hint-contact = بنویسید خوانندگان چگونه می‌توانند با شما تماس بگیرند.
hint-sections = نخستین بخش را بسازید.
hint-photos =
    { $count ->
        [one] { $count } عکس شناخته شده ولی خودش اینجا نیست؛ مطلب‌ها بی آن منتشر شده‌اند.
       *[other] { $count } عکس شناخته شده‌اند ولی خودشان اینجا نیستند؛ مطلب‌ها بی آن‌ها منتشر شده‌اند.
    }
mentions = از شما نام برده‌اند
in-review = در بررسی
in-review-none = چیزی در انتظار بررسی نیست.
ready-now = آمادهٔ انتشار
my-drafts = پیش‌نویس‌های شما
my-drafts-none = پیش‌نویسی ندارید.
scheduled-next = نوبت بعدی انتشار
scheduled-none = چیزی زمان‌بندی نشده است.
times-are-in = ساعت‌ها به وقت { $zone } است.
and-seconds = و { $seconds } ثانیه
held = همین حالا نوشته می‌شود
see-all = دیدن همه
read-now = اکنون خوانده می‌شود
read-now-text =
    { $minutes ->
        [one] بار خوانده شده در دقیقهٔ گذشته
       *[other] بار خوانده شده در { $minutes } دقیقهٔ گذشته
    }
read-today = پرخواننده‌های امروز
reads-per-day = شمار خواندن در هر روز
reads-chart = ۱۴ روز گذشته: در مجموع { $total }، در بهترین روز { $most }، امروز تا کنون { $today }.
reads-text = تنها عدد نگه داشته می‌شود: هر مطلب در هر روز چند بار فرستاده شده است. چیزی دربارهٔ خوانندگان یادداشت نمی‌شود، پس برنامه‌هایی که صفحه‌ها را می‌گیرند هم شمرده می‌شوند.
as-a-table = به‌صورت جدول
the-day = روز
reads = بار خوانده شده
jobs-failed =
    { $count ->
        [one] { $count } کار انجام نشد.
       *[other] { $count } کار انجام نشد.
    }
jobs-look = ببینید چرا

## Photos
upload = بارگذاری عکس
upload-text = یا عکس‌ها را اینجا رها کنید. JPEG، PNG، WebP، AVIF یا GIF، هرکدام تا { $most } مگابایت. آنچه دوربین در پرونده نوشته (مکان، زمان، دستگاه) نگه داشته نمی‌شود.
upload-script = بارگذاری به جاوااسکریپت نیاز دارد تا پیشرفت را نشان دهد و اگر قطع شد بگوید. بقیهٔ این صفحه بی آن هم کار می‌کند.
upload-sending = فرستادن { $name }: { $percent }٪
upload-working = آماده‌کردن { $name } …
upload-done = آماده:
upload-failed = { $name } پذیرفته نشد:
upload-broken = ارتباط قطع شد و چیزی از آن نگه داشته نشد.
upload-kind = این عکس نیست.
upload-again = دوباره بفرست
upload-stop = توقف
search-photos = جست‌وجو در نوشته‌های عکس‌ها
photos-which = کدام عکس‌ها
photos-all = همه
photos-unused = به‌کارنرفته
photos-incomplete = بی متن جایگزین یا نام عکاس
photos-missing = گمشده
photo-is-missing = اینجا نیست
photo-nameless = عکس بی‌نوشته
photo-no-alt = بی متن جایگزین
photo-no-credit = بی نام عکاس
no-photos = چنین عکسی نیست.
photo-fetch = خود عکس در میان داده‌های واردشده نبود. برای گرفتنش:
photo-words = آنچه دربارهٔ آن نوشته شده
alt = متن جایگزین
alt-hint = آنچه دیده می‌شود، برای کسانی که نمی‌بینند. یک جمله، بی «عکسِ».
caption = شرح عکس
credit = عکاس و صاحب عکس
credit-example = نام / خبرگزاری
photo-not-yours = مطلبی منتشرشده این عکس را نشان می‌دهد، پس ویراستاران آن را تغییر می‌دهند.
photo-uses = مطلب‌هایی که آن را نشان می‌دهند
photo-unused = هیچ مطلبی آن را نشان نمی‌دهد.
photo-replace = جایگزین‌کردن عکس
photo-replace-text = هر مطلبی که آن را نشان می‌دهد بی‌درنگ عکس تازه را نشان خواهد داد. نوشته‌ها می‌مانند.
photo-replace-choose = پروندهٔ دیگری برگزینید
photo-came = اینجاست از
photo-size = { $width } × { $height } پیکسل، در { $files } پرونده، روی‌هم { $kib } کیلوبایت.
photo-remove = برداشتن عکس
sure-remove-photo = این عکس از کتابخانه برداشته شود؟
crops = برش‌ها
crops-text = روی آنچه باید دیده شود بزنید، یا جایش را با عدد بنویسید. فهرست‌ها و پیام‌رسان‌ها عکس را پیرامون این نقطه می‌برند.
crop-card = در فهرست‌ها
crop-share = در پیام‌رسان‌ها
from-left = از چپ، ٪
from-top = از بالا، ٪
crop-anew = برش پیرامون این نقطه
said-photo-cropped = برش‌ها تازه شد و صفحه‌ها همین حالا آن‌ها را نشان می‌دهند.
said-photo-removed = عکس برداشته شد.
said-photo-replaced = عکس جایگزین شد.

## Settings
settings-wrong =
    { $count ->
        [one] چیزی ذخیره نشد: یک مقدار پذیرفتنی نیست.
       *[other] چیزی ذخیره نشد: { $count } مقدار پذیرفتنی نیست.
    }
settings-name = نام
settings-languages = زبان‌ها
settings-where = زمان و مکان
setting-name = نام
setting-tagline = سطر زیر نام
setting-languages = زبان‌هایی که به آن‌ها منتشر می‌کنید
setting-languages-hint = کد زبان‌ها با ویرگول، مانند: en, ru, fa. زبانی را که مطلب منتشرشده دارد نمی‌توان برداشت.
setting-language = زبان نخست
setting-language-hint = صفحه‌های آن در ریشهٔ سایت‌اند؛ دیگر زبان‌ها زیر ‎/ru/‎ و ‎/fa/‎ و مانند آن.
setting-unspoken = پیرامون مطلب‌های { $languages } خوانندگان انگلیسی می‌بینند: رابط کاربری هنوز به این زبان متنی ندارد.
setting-time_zone = منطقهٔ زمانی
setting-time_zone-hint = تاریخ صفحه‌ها و ساعت‌های میز تحریریه به وقت آن است.
setting-address = نشانی سایت
setting-address-hint = مانند ‎https://news.example‎. فیدها و نقشهٔ سایت آن را می‌نویسند؛ صفحه‌ها هرگز، تا همه‌جا کار کنند.
setting-contact = راه تماس خوانندگان با شما
setting-contact-hint = نشانی ایمیل یا صفحهٔ وب. چیزی برگزینید که کسی را به خطر نیندازد.
setting-wrong-key = چنین تنظیمی نیست.
setting-wrong-name = تحریریه نامی دارد؛ هر صفحه آن را نشان می‌دهد.
setting-wrong-long = بیشترین اندازه { $value } نویسه است.
setting-wrong-language = «{ $value }» کد زبان نیست. مانند en، pt-BR یا zh-Hant بنویسید.
setting-wrong-first = { $value } زبان نخست است و باید در میان آن‌ها باشد. برای آغاز با زبانی دیگر، زبان نخست را در پایین تغییر دهید.
setting-wrong-many = بیشترین شمار زبان‌ها { $value } است.
setting-wrong-in-use = به زبان { $value } مطلب منتشرشده هست. نخست آن‌ها را پس بگیرید یا زبان را نگه دارید.
setting-wrong-zone = منطقهٔ زمانی «{ $value }» نیست. نامی مانند Europe/Riga یا UTC بنویسید.
setting-wrong-address = «{ $value }» نشانی سایت نیست. مانند ‎https://news.example‎ و بی مسیر بنویسید.
setting-wrong-contact = خوانندگان نمی‌توانند به «{ $value }» بنویسند. نشانی ایمیل یا صفحهٔ وب بدهید.

## The log
tab-deeds = آنچه انجام شد
tab-journal = آنچه خوانندگان می‌بینند
tab-jobs = کارها
tab-chain = آیا دست‌نخورده است؟
log-person = چه کسی
log-act = چه کاری
log-everybody = همه
log-everything = همه‌چیز
log-this-one = فقط دربارهٔ همین
log-none = چیزی نیست.
actor-nobody = کسی
actor-command-line = خط فرمان
actor-import = یک ورود داده
actor-masthead = Masthead
actor-demo = نسخهٔ نمایشی
log-other = { $who }: { $action }
log-story-create = { $who } مطلبی آغاز کرد:
log-story-state = { $who } مطلبی را از «{ $from }» به «{ $to }» برد:
log-story-schedule = { $who } انتشار را برای { $at } زمان‌بندی کرد:
log-story-restore = { $who } متن پیشین را بازگرداند:
log-story-take_over = { $who } نوشتن را از { $from } گرفت:
log-story-preview_link = { $who } پیوند پیش‌نمایش ساخت:
log-story-assign = { $who } مطلبی را به { $to } سپرد:
log-story-unassign = { $who } مطلبی را از { $to } گرفت:
log-story-translate = { $who } ترجمه‌ای آغاز کرد:
log-story-caught_up = { $who } یادداشت کرد که ترجمه به اصل رسیده است:
log-story_published = { $who } منتشر کرد:
log-story_changed = { $who } تغییرها را منتشر کرد:
log-story_corrected = { $who } تصحیحی منتشر کرد:
log-story_withdrawn = { $who } پس گرفت:
log-photo-upload = { $who } عکسی بارگذاری کرد:
log-photo-describe = { $who } نوشته‌ها یا برش عکسی را تغییر داد:
log-photo-replace = { $who } عکسی را جایگزین کرد:
log-photo-remove = { $who } عکسی را برداشت.
log-section-add = { $who } بخشی ساخت:
log-section-edit = { $who } بخشی را تغییر داد:
log-section-order = { $who } بخشی را در فهرست جابه‌جا کرد:
log-section-remove = { $who } بخشی را برداشت.
log-topic-add = { $who } موضوعی ساخت:
log-topic-edit = { $who } موضوعی را تغییر داد:
log-topic-merge = { $who } موضوعی را با دیگری یکی کرد.
log-topic-remove = { $who } موضوعی را برداشت.
log-byline-add = { $who } نام نویسنده‌ای افزود:
log-byline-edit = { $who } نام نویسنده‌ای را تغییر داد:
log-byline-remove = { $who } نام نویسنده‌ای را از همه‌جا برداشت.
log-front-pin = { $who } در صفحهٔ نخست گذاشت:
log-front-unpin = { $who } از صفحهٔ نخست برداشت:
log-front-up = { $who } در صفحهٔ نخست بالا برد:
log-front-down = { $who } در صفحهٔ نخست پایین آورد:
log-front-breaking = { $who } نوار خبر فوری را تغییر داد.
log-front-breaking_end = زمان نوار خبر فوری به پایان رسید.
log-page-create = { $who } صفحه‌ای آغاز کرد:
log-page-publish = { $who } صفحه‌ای منتشر کرد:
log-page-hide = { $who } صفحه‌ای را از خوانندگان پنهان کرد:
log-page-menu = { $who } صفحه‌ای را در فهرست جابه‌جا کرد:
log-page-restore = { $who } متن پیشین صفحه‌ای را برگرداند:
log-story-check_links = { $who } پیوندها را وارسی کرد، در
log-session-end = { $who } نشستی را پایان داد.
log-session-end_others = { $who } همهٔ نشست‌های دیگرش را پایان داد.
log-staff-invite = { $who } دعوت‌نامه‌ای ساخت: { $role }.
log-staff-take_back = { $who } پیوندی را پس گرفت.
log-staff-join = { $who } پیوست.
log-staff-reset = { $who } همهٔ کلیدهای حسابی را باطل کرد و پیوندی برای کلید تازه ساخت:
log-staff-role = { $who } نقش حسابی را { $role } کرد:
log-staff-withdraw = { $who } حسابی را بست:
log-staff-passkey = { $who } کلید عبور افزود.
log-staff-passkey_removed = { $who } کلیدی را برداشت.
log-staff-authenticator = { $who } برنامهٔ رمزساز راه انداخت.
log-staff-recovery_codes = { $who } کدهای بازیابی تازه ساخت.
log-sign_in-passkey = { $who } با کلید عبور وارد شد.
log-sign_in-code = { $who } با کد وارد شد.
log-sign_in-recovery = { $who } با کد بازیابی وارد شد.
log-settings_changed = { $who } تنظیمات را تغییر داد: { $keys }.
log-job-again = { $who } کاری را دوباره به راه انداخت.
log-import = { $who } ورود داده‌ها را به پایان برد.
log-restore = { $who } نسخهٔ پشتیبان را بازگرداند.
log-token-make = { $who } توکن دسترسی ساخت.
log-token-revoke = { $who } توکن دسترسی را باطل کرد.
log-webhook-make = { $who } وب‌هوک افزود.
log-webhook-off = { $who } وب‌هوکی را که کار نمی‌کرد خاموش کرد.
log-webhook-pause = { $who } وب‌هوکی را نگه داشت.
log-webhook-resume = { $who } وب‌هوکی را از سر گرفت.
log-webhook-remove = { $who } وب‌هوکی را برداشت.
journal-text = هر تغییری که خوانندگان می‌بینند، به همان ترتیبی که رخ داده است. حافظهٔ نهان، جست‌وجو و فیدها از آن پیروی می‌کنند.
journal-what = چه
journal-tags = اثر بر
journal-when = کی
journal-touches =
    { $count ->
        [one] { $count } نشان
       *[other] { $count } نشان
    }
journal-story_published = منتشر شد
journal-story_changed = تغییر کرد
journal-story_corrected = تصحیح شد
journal-story_withdrawn = پس گرفته شد
journal-page_changed = صفحه‌ای تغییر کرد
journal-section_changed = بخشی تغییر کرد
journal-topic_changed = موضوعی تغییر کرد
journal-byline_changed = نام نویسنده‌ای تغییر کرد
journal-photo_changed = عکسی تغییر کرد
journal-front_changed = صفحهٔ نخست تغییر کرد
journal-redirect_changed = هدایت نشانی تغییر کرد
journal-settings_changed = تنظیمات تغییر کرد
journal-theme_changed = پوسته تغییر کرد
jobs-text = کارهایی که در پی تغییرها می‌آیند. آنچه انجام نشود هشت بار با درنگ‌های بلندتر تکرار می‌شود و سپس می‌ماند تا کسی نگاه کند.
jobs-given-up = رهاشده
jobs-none-failed = هیچ کاری رها نشده است.
jobs-waiting = در انتظار
jobs-none-waiting = چیزی در انتظار نیست.
job-story-publish = انتشار مطلب زمان‌بندی‌شده
job-webhook-send = خبر دادن به وب‌هوک
job-breaking-end = پایان‌دادن به نوار خبر فوری
job-attempts =
    { $count ->
        [one] { $count } تلاش
       *[other] { $count } تلاش
    }
job-due = موعد:
job-under-way = در دست انجام
job-try-again = دوباره
said-job-again = دوباره انجام می‌شود.
chain-whole =
    { $count ->
        [0] دفتر خالی است.
        [one] دفتر دست‌نخورده است: { $count } کار، همان‌گونه که نوشته شد.
       *[other] دفتر دست‌نخورده است: هر { $count } کار همان‌گونه است که نوشته شد.
    }
chain-cut = کار { $number } از دفتر بریده شده است.
chain-changed = کار { $number } پس از نوشته‌شدن تغییر کرده است.
chain-unhashed = درهم‌سازِ کار { $number } برداشته شده است.
chain-broken-todo = کسی پایگاه داده را پنهان از میز تحریریه تغییر داده است. دفتر را با نسخهٔ پشتیبان پیش از آن بسنجید.
chain-text = هر کار درهم‌سازی دارد که خودش و کار پیش از آن را در بر می‌گیرد. هر که ردیفی را تغییر دهد یا ببرد، زنجیر را همان‌جا می‌گسلد.
fingerprint = اثر انگشت
fingerprint-text = گاه‌به‌گاه آن را جای دیگری بنویسید. هر که پایگاه داده را در دست دارد می‌تواند همهٔ دفتر را از نو بنویسد، ولی نه چنان‌که اثر انگشتی که نوشته‌اید هنوز در آن باشد.
fingerprint-old = اثر انگشتی را که نوشته‌اید بجویید
fingerprint-look = بجوی
fingerprint-found = این اثر انگشتِ کار { $number } است: تا آنجا دفتر همان است که می‌شناختید.
fingerprint-missing = در این دفتر نیست. اگر آن را درست نوشته‌اید، دفتر بریده یا از نو نوشته شده است.

## Saved filters
filters-saved = پالایه‌های ذخیره‌شده
filter-save = ذخیرهٔ این پالایه
filter-name = نام
filter-remove = برداشتن پالایهٔ «{ $name }»
said-filter-saved = پالایه ذخیره شد.
said-filter-removed = پالایه برداشته شد.
