# خبرنامه‌ها و شماره‌های آن‌ها.
setting-reserve = نشانی‌های دیگر سایت
setting-reserve-hint = در هر سطر یکی، مانند https://mirror.example. خبرنامه‌ها آن‌ها را نام می‌برند، برای خوانندگانی که نشانی نخست در شبکهٔ آن‌ها بسته است.
setting-wrong-reserve = بیش از { $value } نشانی دیگر نمی‌توان داد.
journal-newsletter_changed = خبرنامه‌ای تغییر کرد
job-issue-due = فرستادن یا نگه داشتن شماره
job-issue-send = آغاز فرستادن شماره
job-issue-draft = ساختن پیش‌نویس شماره‌ها

menu-newsletters = خبرنامه‌ها
no-newsletters = هنوز خبرنامه‌ای نیست.
new-newsletter = خبرنامهٔ تازه
newsletter-name = نام
newsletter-name-example = هفته
newsletter-slug-hint = بخش پایانی نشانی بایگانی آن. اگر خالی بماند، از نام ساخته می‌شود.
newsletter-make = بساز
newsletter-over = دیگر فرستاده نمی‌شود
newsletter-no-schedule = دستی فرستاده می‌شود
newsletter-next = شمارهٔ بعدی:
newsletter-settings = تنظیمات این خبرنامه
newsletter-not-saved = چیزی ذخیره نشد:
newsletter-what = چیست
newsletter-about = یک جمله دربارهٔ آن
newsletter-about-hint = چه در آن است و کی می‌آید. جایی دیده می‌شود که خوانندگان مشترک می‌شوند.
newsletter-when = کی فرستاده می‌شود
newsletter-day = روز
newsletter-no-day = هر گاه کسی آن را بفرستد
newsletter-time = ساعت
newsletter-when-hint = ساعت روی دیوار، تابستان و زمستان. اگر ساعت از رویش بپرد، به همان اندازه دیرتر فرستاده می‌شود؛ اگر دو بار بیاید، بار نخست.
newsletter-draft-hours = پیش‌نویس چند ساعت پیش از آن آماده باشد
newsletter-second = کسی جز آخرین تغییردهنده باید شماره را تأیید کند
newsletter-sender = از طرف چه کسی می‌آید
newsletter-sender-name = نام
newsletter-sender-name-hint = اگر خالی بماند، نام تحریریه است.
newsletter-sender-address = نشانی
newsletter-reply-to = پاسخ‌ها به کجا بروند، اگر جای دیگری است
newsletter-look = چگونه دیده می‌شود
template-stories = گزارش‌ها
template-stories-text = یکی زیر دیگری، با عکس؛ هر کدام کامل یا فقط با لید، هر طور که بخواهید.
template-digest = گزیده
template-digest-text = تیترها و لیدها به تفکیک بخش، فشرده و بی‌عکس.
template-letter = نامه
template-letter-text = سخن یک نفر، و زیر آن پیوند گزارش‌ها.
newsletter-suggestion = پیش‌نویس با چه پر شود
newsletter-suggestion-text = گزارش‌هایی که پس از شمارهٔ پیش آمده‌اند: نخست صفحهٔ نخست، سپس یکی از هر بخش، سپس پرخواننده‌ترین‌ها.
suggestion-stories = گزارش‌ها، حداکثر
suggestion-per-section = از یک بخش (۰: هر تعداد)
suggestion-whole = کامل، از بالا
newsletter-neutral = برای خوانندگانی که نباید جلب توجه کنند
newsletter-neutral-text = خوانندگان می‌توانند نامه‌هایی بخواهند که موضوع و فرستنده‌شان چیزی از شما نگوید. اگر خالی بماند، «نامه‌ای برای شما» از «نامه‌ها» است.
newsletter-neutral-subject = موضوع
newsletter-neutral-sender = نام فرستنده
newsletter-more = و همچنین
newsletter-hold-uncertain = پیش از فرستادن دوبارهٔ نامه‌ای که رسیدنش معلوم نیست از من بپرس
newsletter-active = فرستاده می‌شود
newsletter-active-hint = بدون این، کسی نمی‌تواند مشترک شود و شماره‌ای ساخته نمی‌شود. بایگانی می‌ماند.
weekday-1 = دوشنبه
weekday-2 = سه‌شنبه
weekday-3 = چهارشنبه
weekday-4 = پنجشنبه
weekday-5 = جمعه
weekday-6 = شنبه
weekday-7 = یکشنبه
weekly-1 = دوشنبه‌ها { $time }
weekly-2 = سه‌شنبه‌ها { $time }
weekly-3 = چهارشنبه‌ها { $time }
weekly-4 = پنجشنبه‌ها { $time }
weekly-5 = جمعه‌ها { $time }
weekly-6 = شنبه‌ها { $time }
weekly-7 = یکشنبه‌ها { $time }
subscribers-count =
    { $count ->
        [0] هنوز مشترکی ندارد
        [one] { $count } مشترک
       *[other] { $count } مشترک
    }
issues-public =
    { $count ->
        [one] { $count } شماره در بایگانی
       *[other] { $count } شماره در بایگانی
    }

## شماره‌ها
issue = شماره
issues = شماره‌ها
issue-number = شمارهٔ { $number }
issue-no-subject = هنوز موضوعی ندارد
issue-begin = شمارهٔ تازه
no-issues = هنوز شماره‌ای نیست.
issue-goes-out = زمان فرستادن
issue-readers = خوانندگان
issue-by-hand = هر گاه کسی آن را بفرستد
issue-state-draft = پیش‌نویس
issue-state-held = نگه‌داشته
issue-state-approved = تأییدشده
issue-state-sending = در حال فرستادن
issue-state-paused = متوقف
issue-state-sent = فرستاده‌شده
issue-state-cancelled = کنارگذاشته
issue-held = { $name }، شمارهٔ { $number }، فرستاده نشده است.
issue-held-look = نگاه کنید
issue-held-unapproved = زمانش رسید و کسی آن را تأیید نکرده بود.
issue-held-late = هنگامی که باید می‌رفت سروری در کار نبود و بیش از یک روز از آن گذشته است.
issue-held-stopped = زمانش رسید و بررسی‌ها چیزی یافتند که نباید فرستاده شود.
issue-held-restored = نسخهٔ پشتیبانی بازگردانده شد. شاید پیش‌تر فرستاده شده باشد: پیش از فرستادن نگاه کنید.
issue-suggested = پیشنهاد Masthead
issue-sent-since = فرستاده‌شده از
issue-load-again = دوباره بارگذاری شود
issue-autosaving = در حال ذخیره…
issue-autosaved = ذخیره شد.
issue-not-saved = هنوز ذخیره نشده؛ دوباره کوشش می‌شود.
issue-subject = موضوع
issue-preview-line = سطر پس از موضوع
issue-preview-line-hint = صندوق‌های پستی آن را کنار موضوع نشان می‌دهند.
issue-other-subject = آزمودن موضوع دوم
issue-other-subject-line = موضوع دوم
issue-percent = سهم خوانندگان، ٪
issue-other-subject-hint = این‌که کدام بهتر است از کسانی پیداست که می‌روند و کسانی که پاسخ می‌دهند. هیچ چیز در نامه نمی‌گوید چه کسی آن را باز کرده است.
issue-intro = پیش از گزارش‌ها
issue-letter = نامه
issue-outro = پس از گزارش‌ها
issue-markdown = **پررنگ**، *کج*، [پیوند](https://…)، فهرست با -. سطر خالی بند تازه‌ای آغاز می‌کند.
issue-no-stories = گزارشی در آن نیست. از پایین اضافه کنید.
issue-move = جابه‌جا کردن «{ $name }»
issue-move-hint = گزارش را با دستگیره‌اش بکشید، یا وقتی دستگیره برگزیده است با کلیدهای جهت جابه‌جا کنید.
issue-moved = جای { $place } از { $count }
issue-remove-name = برداشتن «{ $name }»
issue-extent = چه اندازه از آن
extent-whole = کامل
extent-standfirst = با لید
extent-headline = تیتر
issue-note = یادداشت شما بالای آن
issue-story-gone = دیگر نیست
issue-add = افزودن گزارش
issue-add-one = افزودن
issue-add-name = افزودن «{ $name }»
issue-offers-week = از این هفته، که هنوز در آن نیستند:
issue-offers-none = همهٔ گزارش‌های این هفته در آن هست.
because-front = صفحهٔ نخست، جای { $count }
because-section = تنها گزارش بخش «{ $name }»
because-read =
    { $count ->
        [one] { $count } بار خوانده شده
       *[other] { $count } بار خوانده شده
    }
because-new = تازه
issue-approve = تأیید
issue-approve-hint = خودش فرستاده می‌شود:
issue-approve-now = تأیید و فرستادن همین حالا
sure-issue-now = این شماره همین حالا برای همه فرستاده شود؟ نمی‌توان آن را برگرداند.
issue-approved-by = تأیید { $handle }
issue-reopen = پس گرفتن تأیید
issue-send-now = همین حالا بفرست
issue-time = زمان فرستادن ({ $zone })
issue-time-set = تعیین زمان
issue-cancel = کنار گذاشتن این شماره
sure-issue-cancel = این شماره کنار گذاشته شود؟ فرستاده نمی‌شود؛ گزارش‌هایش می‌توانند در شمارهٔ بعد باشند.
issue-is-over = دیگر اتفاقی برایش نمی‌افتد.
issue-hide = برداشتن از بایگانی
issue-show = گذاشتن در بایگانی
issue-size = حجم نامه { $kilobytes } کیلوبایت است.
issue-link-made = هر که این پیوند را داشته باشد، شماره را همان‌طور می‌بیند که خواهد رسید. دوباره نشان داده نمی‌شود.
look-desktop = رایانه
look-phone = تلفن
look-dark = تیره
look-headlines = فقط تیترها
look-turned = جهت دیگر
look-text = متن ساده
look-text-headlines = متن ساده، تیترها
said-issue-approved = تأیید شد. در زمان خود فرستاده می‌شود.
said-issue-on-its-way = تأیید شد و در راه است.
said-issue-reopened = دوباره پیش‌نویس است.
said-issue-time-set = زمان تعیین شد.
said-issue-cancelled = شماره کنار گذاشته شد.
said-issue-hidden = از بایگانی برداشته شد.
said-issue-shown = در بایگانی است.
check-letter-no-subject = موضوعی ندارد.
check-letter-empty = چیزی در آن نیست.
check-letter-no-sender = خبرنامه نشانی فرستنده ندارد؛ بدون آن چیزی نمی‌توان فرستاد.
check-letter-no-address = نشانی سایت تعیین نشده است؛ پیوندهای نامه به آن نیاز دارند.
check-letter-gone =
    { $count ->
        [one] { $count } گزارش آن دیگر نیست؛ آن را بردارید.
       *[other] { $count } گزارش آن دیگر نیست؛ آن‌ها را بردارید.
    }
check-letter-withdrawn =
    { $count ->
        [one] گزارشی در آن از سایت برداشته شده است:
       *[other] { $count } گزارش آن از سایت برداشته شده است:
    }
check-letter-not-public =
    { $count ->
        [one] گزارشی در آن منتشر نشده است:
       *[other] { $count } گزارش آن منتشر نشده است:
    }
check-letter-not-yet =
    { $count ->
        [one] گزارشی تازه پیش از فرستادن شماره منتشر می‌شود:
       *[other] { $count } گزارش تازه پیش از فرستادن شماره منتشر می‌شود:
    }
check-letter-corrected =
    { $count ->
        [one] گزارشی پس از برگزیده شدن اصلاح شده است؛ آیا یادداشت شما هنوز درست است؟
       *[other] { $count } گزارش پس از برگزیده شدن اصلاح شده است؛ آیا یادداشت‌های شما هنوز درست است؟
    }
check-letter-other-language =
    { $count ->
        [one] گزارشی به زبان دیگری است:
       *[other] { $count } گزارش به زبان دیگری است:
    }
check-letter-sent-before =
    { $count ->
        [one] گزارشی در شماره‌ای پیشین بوده است:
       *[other] { $count } گزارش در شماره‌های پیشین بوده است:
    }
check-letter-no-preview = سطر پس از موضوع خالی است؛ صندوق‌های پستی هر چه را نخست بیاید نشان می‌دهند.
check-letter-long-subject = موضوع از ۶۰ نویسه بلندتر است؛ تلفن‌ها آن را می‌برند.
check-letter-no-alt =
    { $count ->
        [one] { $count } عکس متن جایگزین ندارد؛ آن که عکس نمی‌بیند چیزی از آن نمی‌فهمد.
       *[other] { $count } عکس متن جایگزین ندارد؛ آن که عکس نمی‌بیند چیزی از آن‌ها نمی‌فهمد.
    }
check-letter-photo-missing =
    { $count ->
        [one] { $count } عکس این‌جا نیست؛ خوانندگان آن را نمی‌بینند.
       *[other] { $count } عکس این‌جا نیست؛ خوانندگان آن‌ها را نمی‌بینند.
    }
check-letter-large = حجم نامه { $count } کیلوبایت است. از ۱۰۲ کیلوبایت به بعد جیمیل آن را می‌برد و باقی را پنهان می‌کند.
check-letter-cut = حجم نامه { $count } کیلوبایت است. جیمیل آن را در ۱۰۲ کیلوبایت می‌برد: گزارش‌های کمتری را کامل بگذارید.
check-letter-no-text = تقریباً متنی ندارد؛ به صورت متن ساده ارزش خواندن ندارد.
letter-stop-name = به خبرنامه نامی بدهید؛ خوانندگان آن را می‌بینند.
letter-stop-long = حداکثر { $value } نویسه.
letter-stop-slug = نشانی را با حروف a تا z، رقم و خط تیره بنویسید.
letter-stop-slug-taken = خبرنامهٔ دیگری این نشانی را دارد؛ نشانی دیگری برگزینید.
letter-stop-slug-sent = شماره‌هایی فرستاده شده و این نشانی در پیوندهایشان هست: دیگر نمی‌توان آن را تغییر داد.
letter-stop-language = تحریریه به زبان «{ $value }» منتشر نمی‌کند؛ آن را در تنظیمات بیفزایید.
letter-stop-address = «{ $value }» نشانی ایمیل نیست. مانند letter@news.example بنویسید.
letter-stop-zone = منطقهٔ زمانی «{ $value }» وجود ندارد. نامی مانند Europe/Riga یا UTC بنویسید.
letter-stop-time = این روز و ساعت نیست. روزی برگزینید و ساعت را مانند 09:00 بنویسید.
letter-stop-number = «{ $value }» عددی از { $least } تا { $most } نیست.
letter-stop-same-subject = دو موضوع یکی است. موضوع دیگری بنویسید یا دومی را بردارید.
letter-stop-many = هر شماره حداکثر { $value } گزارش دارد؛ نخست یکی را بردارید.
letter-stop-not-public = فقط گزارش‌هایی می‌توانند در شماره باشند که منتشر شده‌اند یا خواهند شد.
letter-stop-changed = از وقتی نگاه کردید کسی شماره را تغییر داده است. دوباره بارگذاری کنید؛ آنچه نوشته‌اید هنوز این‌جاست تا رونوشت بردارید.
letter-stop-state = شماره دیگر آن‌جا نیست که هنگام نگاه کردن شما بود؛ اکنون نمی‌توان این کار را با آن کرد.
letter-stop-second = آخرین تغییر از شما بود، پس کس دیگری باید آن را تأیید کند.
letter-stop-blocked = بررسی‌ها چیزی یافتند که نباید فرستاده شود. نخست آن را درست کنید.
letter-stop-no-time = زمانش گذشته یا زمانی ندارد. زمانی تعیین کنید یا همین حالا بفرستید.
letter-stop-passed = این زمان گذشته است. زمان دیرتری برگزینید.
letter-stop-over = این خبرنامه دیگر فرستاده نمی‌شود. نخست در تنظیمات آن را از سر بگیرید.
letter-stop-no-address = در تنظیمات بگویید سایت کجاست؛ پیوندهای نامه به آن نیاز دارند.
letter-stop-test = برای آزمایش یک تا { $value } نشانی بدهید.
log-newsletter-make = { $who } خبرنامهٔ «{ $name }» را ساخت.
log-newsletter-change = { $who } خبرنامهٔ «{ $name }» را تغییر داد.
log-newsletter-order = { $who } خبرنامهٔ «{ $name }» را در فهرست جابه‌جا کرد.
log-issue-draft = { $who } پیش‌نویسی ساخت: «{ $name }»، شمارهٔ { $number }.
log-issue-create = { $who } شمارهٔ { $number } «{ $name }» را آغاز کرد.
log-issue-change = { $who } شمارهٔ { $number } «{ $name }» را تغییر داد.
log-issue-approve = { $who } شمارهٔ { $number } «{ $name }» را تأیید کرد.
log-issue-send_now = { $who } شمارهٔ { $number } «{ $name }» را بی‌درنگ فرستاد.
log-issue-reopen = { $who } شمارهٔ { $number } «{ $name }» را دوباره پیش‌نویس کرد.
log-issue-time = { $who } زمان شمارهٔ { $number } «{ $name }» را تعیین کرد.
log-issue-cancel = { $who } شمارهٔ { $number } «{ $name }» را کنار گذاشت.
log-issue-hold = { $who } شمارهٔ { $number } «{ $name }» را نگه داشت.
log-issue-hide = { $who } شمارهٔ { $number } «{ $name }» را از بایگانی برداشت.
log-issue-show = { $who } شمارهٔ { $number } «{ $name }» را در بایگانی گذاشت.
log-issue-preview_link = { $who } برای شمارهٔ { $number } «{ $name }» پیوند پیش‌نمایش ساخت.
log-issue-check_links = { $who } پیوندهای شمارهٔ { $number } «{ $name }» را بررسی کرد.
