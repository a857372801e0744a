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
letter-contents = در این شماره
letter-continued = دنباله
letter-previous = شمارهٔ پیش
letter-next = شمارهٔ بعد
letter-over = این خبرنامه دیگر منتشر نمی‌شود.
letter-hidden = این شماره دیگر این‌جا خواندنی نیست
letter-hidden-text = تحریریه آن را از بایگانی برداشته است.

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

## عضویت
newsletters = خبرنامه‌ها
newsletters-text = رایگان، مستقیم در صندوق نامه‌های شما. وقتی سایت مسدود می‌شود، نامه باز هم می‌رسد.
newsletters-promise = فقط نشانی شما لازم است. نشانی رمزشده نگه داشته می‌شود و به هیچ‌کس داده نمی‌شود، و نامه‌ها به ما نمی‌گویند که بازشان کرده‌اید یا نه. در هر نامه پیوندی برای لغو عضویت هست.
newsletters-none = فعلاً خبرنامه‌ای برای عضویت نیست.
newsletters-past = دیگر منتشر نمی‌شوند
newsletters-all = همهٔ خبرنامه‌ها
newsletters-which = کدام خبرنامه‌ها
newsletter-preview = آخرین شماره را ببینید
newsletter-archive = شماره‌های پیشین
sign-up = عضو شوید
sign-up-address = نشانی ایمیل شما
sign-up-language = به این زبان برایم بنویسید
sign-up-agree = با عضویت، این را می‌پذیرید:
sign-up-by-mail = عضویت با فرستادن ایمیل
sign-up-leave-empty = این را خالی بگذارید
sign-up-wrong-empty = نشانی ایمیل خود را بنویسید.
sign-up-wrong-long = نشانی ایمیل حداکثر { $most } نویسه دارد.
sign-up-wrong-shape = این نشانی ایمیل نیست. نشانی چنین شکلی دارد: name@example.org
sign-up-wrong-letters = هنوز نمی‌توان به این نشانی نامه فرستاد: پیش از @ فقط حروف لاتین، رقم و نشانه‌ها می‌آید.
sign-up-wrong-domain = آنچه پس از @ آمده دامنه نیست. ببینید درست نوشته‌اید یا نه.
sign-up-wrong-newsletter = دست‌کم یک خبرنامه را انتخاب کنید.

## آنچه فرم یا پیوند به آن رسید
note-sent = صندوق نامه‌هایتان را ببینید
note-sent-text = اگر نشانی درست باشد، نامه‌ای به آن فرستاده شده است. دکمهٔ داخل نامه را بزنید: تنها پس از آن خبرنامه می‌آید و تنها پس از آن چیزی نگه می‌داریم.
note-sent-until = پیوند داخل نامه تا { $date } کار می‌کند.
note-sent-nothing =
    { $count ->
        [one] تا ده دقیقه چیزی نیامد؟ پوشهٔ هرزنامه را ببینید و نشانی را بررسی کنید. به هر نشانی در ساعت بیش از { $count } نامه فرستاده نمی‌شود، هر که بخواهد.
       *[other] تا ده دقیقه چیزی نیامد؟ پوشهٔ هرزنامه را ببینید و نشانی را بررسی کنید. به هر نشانی در ساعت بیش از { $count } نامه فرستاده نمی‌شود، هر که بخواهد.
    }
note-link-sent-text = اگر خبرنامه‌ای از ما به این نشانی می‌آید، نامه‌ای با پیوند تنظیمات به آن فرستاده شده است.
note-step = یک لحظه
note-step-text = اکنون افراد زیادی عضو می‌شوند. برای آنکه ماشین‌ها به نام آنان این کار را نکنند، مرورگر شما محاسبهٔ کوچکی انجام می‌دهد. چند ثانیه طول می‌کشد و بعد خودش ادامه می‌یابد.
note-step-without =
    { $seconds ->
        [one] بدون اسکریپت بیشتر طول می‌کشد: { $seconds } ثانیه صبر کنید، سپس دکمه را بزنید.
       *[other] بدون اسکریپت بیشتر طول می‌کشد: { $seconds } ثانیه صبر کنید، سپس دکمه را بزنید.
    }
note-step-soon =
    { $seconds ->
        [one] زود بود. { $seconds } ثانیهٔ دیگر صبر کنید، سپس دکمه را بزنید.
       *[other] زود بود. { $seconds } ثانیهٔ دیگر صبر کنید، سپس دکمه را بزنید.
    }
note-step-go = ادامه
note-busy = اکنون افراد بسیار زیادی عضو می‌شوند
note-busy-text = اینجا بیش از { $most } عضویت در دقیقه پذیرفته نمی‌شود. لطفاً چند دقیقهٔ دیگر دوباره امتحان کنید.
note-closed = فعلاً ممکن نیست
note-closed-text = تحریریه کلیدهایی را که نشانی‌ها با آن‌ها رمز شده‌اند کنار گذاشته است؛ پس فعلاً نه می‌توان عضو شد و نه چیزی را تغییر داد. چیزی از دست نرفته و پیوندهای داخل نامه‌ها معتبر می‌مانند. لطفاً بعداً دوباره امتحان کنید.
note-unready = هنوز نه
note-unready-text = تحریریه هنوز راه‌اندازی خبرنامه را تمام نکرده است: نگفته سایتش کجاست، پس پیوندی نمی‌توان فرستاد. لطفاً به آن خبر دهید.
note-broken = این پیوند کامل نیست
note-broken-text = شاید در شکستن خط بریده شده باشد. دوباره از داخل نامه بازش کنید یا همهٔ آن را کپی کنید.
note-expired = مهلت این پیوند گذشته است
note-expired-text = پیوند تا پایان هفتهٔ پس از درخواست شما معتبر بود. چیزی از آن نگه داشته نشده، پس لطفاً دوباره عضو شوید.
note-confirm = این خبرنامه را می‌خواهید؟
note-confirm-text = { $names } به این نشانی فرستاده خواهد شد:
note-confirm-button = بله، برایم بفرستید
note-confirm-not = اگر شما نخواسته‌اید، این صفحه را ببندید: نه چیزی می‌آید و نه چیزی نگه داشته می‌شود.
note-confirmed = عضو شدید
note-confirmed-text = { $names } به صندوق نامه‌های شما می‌آید. در هر نامه پیوندی برای تنظیمات و پیوندی برای لغو عضویت هست.
note-confirmed-contact = برای آنکه هرزنامه به شمار نیاید، { $address } را به مخاطبان خود بیفزایید.
note-never = دیگر هرگز به این نشانی ننویسید
note-never-text = هر که این نشانی را عضو کند، اینجا یا با فهرست، دیگر چیزی به آن فرستاده نمی‌شود. برای این کار اثری رمزشده از نشانی نگه داشته می‌شود، نه خود نشانی.
note-never-done = به این نشانی دیگر چیزی فرستاده نمی‌شود
note-never-done-text = اگر روزی نظرتان عوض شد، به تحریریه خبر دهید تا بتوانید دوباره عضو شوید.
note-leave = لغو عضویت
note-leave-text = دیگر شماره‌ای از { $name } برای شما فرستاده نخواهد شد.
note-leave-plain-text = دیگر شماره‌ای از این خبرنامه برای شما فرستاده نخواهد شد.
note-leave-button = لغو عضویت
note-left = عضویت شما لغو شد
note-left-text = { $name } دیگر نمی‌آید. نامه‌ای که در راه است شاید هنوز برسد.
note-left-plain-text = این خبرنامه دیگر نمی‌آید. نامه‌ای که در راه است شاید هنوز برسد.
note-left-last = آخرین خبرنامهٔ شما بود، پس همه چیز دربارهٔ شما پاک شد. اثری رمزشده از نشانی می‌ماند تا هیچ فهرستی شما را بازنگرداند.
note-left-others =
    { $count ->
        [one] هنوز { $count } خبرنامهٔ دیگر برای شما می‌آید.
       *[other] هنوز { $count } خبرنامهٔ دیگر برای شما می‌آید.
    }
note-left-all-button = لغو عضویت در آن‌ها هم
note-left-noted = خواست شما ثبت شد. تحریریه فعلاً کلیدهایش را کنار گذاشته است؛ به محض بازگشت کلیدها عضویت شما لغو می‌شود.
note-preferences-expired-text = برای آنکه نامه‌ای قدیمی چیزی را باز نکند، پیوند تنظیمات چند هفته معتبر است. در هر نامهٔ تازه پیوند تازه‌ای هست؛ یا بخواهید برایتان فرستاده شود:
note-link-button = پیوند را بفرستید
note-link = تنظیمات شما
note-link-text = نشانی‌ای را که خبرنامه به آن می‌آید بنویسید. پیوند تنظیمات به همان نشانی فرستاده می‌شود.
note-gone = اینجا چیزی نگه داشته نمی‌شود
note-gone-text = این پیوند از آنِ کسی بود که دیگر خبرنامه‌ای نمی‌گیرد. همه چیز دربارهٔ او پاک شده است.
note-erased = همه چیز پاک شد
note-erased-fingerprint = نشانی، خبرنامه‌ها و انتخاب‌های شما پاک شد. اثری رمزشده از نشانی می‌ماند تا هیچ فهرستی شما را بازنگرداند.
note-erased-nothing = نشانی، خبرنامه‌ها و انتخاب‌های شما پاک شد. هیچ چیزی نمانده است.
note-erased-never = نشانی، خبرنامه‌ها و انتخاب‌های شما پاک شد. اثری رمزشده از نشانی می‌ماند و دیگر چیزی به آن فرستاده نمی‌شود، هر که بخواهد.

## آنچه خواننده می‌تواند تغییر دهد
preferences = خبرنامه‌های شما
preferences-none = اگر هیچ‌کدام انتخاب نشده باشد، همه چیز دربارهٔ شما پاک می‌شود.
preferences-form = چه مقدار از هر مطلب در نامه باشد
preferences-form-full = تمام متن، تا آنجا که سایت مسدود است هم خوانده شود
preferences-form-headlines = عنوان‌ها و پیوندها
preferences-neutral = موضوع و فرستنده چیزی از تحریریه نگویند
preferences-pause = توقف موقت
preferences-pause-none = بدون توقف
preferences-pause-weeks =
    { $weeks ->
        [one] { $weeks } هفته
       *[other] { $weeks } هفته
    }
preferences-pause-until = تا { $date }
preferences-pause-open = تا وقتی برگردم
preferences-save = ذخیره
preferences-saved = ذخیره شد.
preferences-data = آنچه دربارهٔ شما نگه داشته می‌شود
preferences-data-text = نشانی رمزشده است و زمان‌ها با دقت هفته نگه داشته می‌شوند. برای دیدن همه چیز، بارگیری کنید.
preferences-export = بارگیری
preferences-consent = در هفتهٔ { $date } نسخهٔ { $version } سیاست حریم خصوصی را پذیرفتید.
preferences-consent-plain = در هفتهٔ { $date } عضو شدید.
preferences-consent-import = در هفتهٔ { $date } از یک فهرست منتقل شدید.
erase = پاک کردن همه چیز
erase-text = دیگر خبرنامه‌ای نمی‌آید.
erase-after = چه چیزی بماند
erase-fingerprint = اثری رمزشده از نشانی، تا هیچ فهرستی مرا بازنگرداند
erase-nothing = هیچ چیز
erase-never = اثری رمزشده از نشانی، تا هرگز کسی نتواند باز کاری کند که برایم بنویسید
erase-sure = بله، همه چیز را دربارهٔ من پاک کنید
erase-wrong-sure = نخست «{ erase-sure }» را انتخاب کنید: بازگشت‌پذیر نیست.

## نامه به یک خواننده
mail-confirm-subject = لطفاً تأیید کنید: { $newsroom }
mail-confirm = این خبرنامه را می‌خواهید؟
mail-confirm-text = کسی، احتمالاً خود شما، خواسته است که { $names } به این نشانی فرستاده شود. دکمه را بزنید تا بیاید.
mail-confirm-button = بله، برایم بفرستید
mail-confirm-until = پیوند تا { $date } کار می‌کند.
mail-confirm-not = اگر شما نبوده‌اید، کاری نکنید: نه چیزی می‌آید و نه چیزی نگه داشته می‌شود. برای آنکه دیگر کسی نتواند از سوی ما نامه‌ای به شما بفرستد:
mail-never = دیگر هرگز به این نشانی ننویسید
mail-already-subject = پیش‌تر عضو شده‌اید: { $newsroom }
mail-already = پیش‌تر عضو شده‌اید
mail-already-text = کسی، احتمالاً خود شما، خواسته است که { $names } به این نشانی فرستاده شود. همین حالا هم به اینجا می‌آید. اگر نمی‌رسد، پوشهٔ هرزنامه را ببینید و بررسی کنید که متوقف نشده باشد.
mail-preferences-subject = پیوند شما: { $newsroom }
mail-preferences = پیوند شما
mail-preferences-text = با این پیوند می‌توانید خبرنامه‌ها را تغییر دهید، موقتاً متوقف کنید، آنچه دربارهٔ شما نگه داشته می‌شود بارگیری کنید و پاک کنید. تا { $date } کار می‌کند؛ آن را به کسی ندهید.
mail-preferences-button = به تنظیمات
mail-preferences-not = اگر شما نخواسته‌اید، کاری نکنید.
mail-goodbye-subject = دیگر نامه‌ای نمی‌آید: { $newsroom }
mail-goodbye = دیگر نامه‌ای نمی‌آید
mail-goodbye-text = همه چیزی که دربارهٔ این نشانی نگه داشته شده بود پاک شد، چنان‌که با پیوند داخل نامه خواسته شد. این آخرین نامه است.
mail-goodbye-again = اگر شما نبوده‌اید، می‌توانید دوباره عضو شوید:
mail-neutral-subject = درخواست شما
mail-by = فرستندهٔ این نامه { $newsroom } است.

## کمک‌ها
money = { $code ->
    [USD] { $number } دلار
    [EUR] { $number } یورو
    [GBP] { $number } پوند
   *[other] { $number } { $code }
}
mail-receipt-subject = رسید شما: { $newsroom }
mail-receipt = سپاسگزاریم
mail-receipt-text = کمک شما رسید. هزینهٔ کاری را می‌پردازد که کس دیگری نمی‌پردازد.
mail-receipt-line = { $frequency ->
    [monthly] { $amount }، ماهانه، { $month }. شمارهٔ پیگیری { $reference }.
    [annual] { $amount }، سالانه، { $month }. شمارهٔ پیگیری { $reference }.
   *[once] { $amount }، یک بار، { $month }. شمارهٔ پیگیری { $reference }.
}
mail-receipt-button = تغییر، توقف یا پایان
mail-receipt-data-button = دیدن یا پاک کردن آنچه نگه داشته می‌شود
mail-receipt-after = اگر رسید لازم دارید این نامه را نگه دارید. هر کس نامه‌های شما را بخواند این را هم می‌خواند: اگر ممکن است برایتان خطری داشته باشد، پاکش کنید.
mail-pledge-failed-subject = پرداخت انجام نشد: { $newsroom }
mail-pledge-failed = پرداخت انجام نشد
mail-pledge-failed-text = کمک شما به مبلغ { $amount } برداشت نشد. بیشتر وقت‌ها اعتبار کارت تمام شده یا بانک تأیید می‌خواهد.
mail-pledge-failed-again = معمولاً در روزهای آینده دوباره امتحان می‌شود.
mail-pledge-failed-there = شاید { $gateway } در روزهای آینده دوباره امتحان کند. این را که از کدام کارت یا حساب برداشت شود، در حساب خودتان در همان‌جا تغییر می‌دهید.
mail-pledge-failed-button = تغییر شیوهٔ پرداخت
mail-pledge-failed-after = اگر می‌خواهید دیگر کمک نکنید، همان صفحه با یک دکمه آن را پایان می‌دهد و دیگر چیزی برداشت نمی‌شود.
mail-pledge-ended-subject = کمک شما پایان یافت: { $newsroom }
mail-pledge-ended = کمک شما پایان یافت
mail-pledge-ended-text = دیگر چیزی برداشت نمی‌شود. از همراهی‌تان با { $amount } سپاسگزاریم.
mail-pledge-ended-after = نشانی شما از اینجا پاک شده است. این آخرین نامه دربارهٔ آن است.
mail-giver-link-subject = پیوند شما: { $newsroom }
mail-giver-link = پیوند شما
mail-giver-link-text = با این پیوند می‌توانید کمک خود را تغییر دهید، متوقف کنید یا پایان دهید و هر آنچه را که دربارهٔ شما نگه داشته شده پاک کنید. آن را به کسی ندهید.
mail-giver-link-button = به کمک من
mail-giver-link-after = اگر شما درخواست نکرده‌اید، کاری نکنید.
## Reminders
remind = بعداً یادآوری کنید
remind-text = امروز نمی‌توانید از { $newsroom } حمایت کنید؟ ماه و شیوهٔ یادآوری را انتخاب کنید. هیچ تعهدی برایتان ندارد.
remind-month = در کدام ماه
remind-part = چه وقت ماه
remind-part-1 = آغاز آن
remind-part-15 = میانهٔ آن
remind-part-31 = پایان آن
remind-every = هر چند وقت
remind-once = یک بار
remind-months =
    { $months ->
        [1] هر ماه
        [12] هر سال
       *[other] هر { $months } ماه
    }
remind-neutral = نامی از رسانه در آن نباشد
remind-mail = با ایمیل
remind-mail-button = برایم ایمیل تأیید بفرستید
remind-mail-promise = نشانی مهر و موم نگه داشته می‌شود و برای هیچ کار دیگری به کار نمی‌رود. اگر یک بار یادآوری بخواهید، حداکثر دو ایمیل می‌آید: یکی برای تأیید و دیگری خود یادآوری. با آن، نشانی شما پاک می‌شود.
remind-agree = با این درخواست می‌پذیرید:
remind-calendar = در تقویم خودتان
remind-calendar-text = پرونده‌ای که تقویم شما باز می‌کند. اینجا چیزی نگه داشته نمی‌شود و ایمیلی فرستاده نمی‌شود.
remind-hour = چه ساعتی
remind-all-day = تمام روز
remind-calendar-button = دریافت پروندهٔ تقویم
remind-calendar-title = حمایت از { $newsroom }
remind-calendar-about = خواسته بودید حمایت از { $newsroom } را به یادتان بیاوریم.
remind-calendar-neutral = یادآوری
remind-device = فقط روی این دستگاه
remind-device-text = این مرورگر ماه را نگه می‌دارد و از آن پس در این سایت یک سطر نشان می‌دهد. هیچ‌کس دیگری باخبر نمی‌شود. هر کسی از این دستگاه استفاده کند آن را می‌بیند.
remind-device-button = روی این دستگاه یادآوری کن
remind-device-forget = فراموشش کن
remind-device-kept = این دستگاه به یادتان می‌آورد:
remind-device-forgotten = این دستگاه آن را فراموش کرد.
remind-note-label = یادآوری
remind-note-text = خواسته بودید حمایت از { $newsroom } را به یادتان بیاوریم.
remind-note-support = حمایت
remind-note-later = بعداً
remind-note-forget = فراموش کن
remind-plan-once = در { $date }
remind-plan-every =
    { $months ->
        [1] در { $date } و پس از آن هر ماه
        [12] در { $date } و پس از آن هر سال
       *[other] در { $date } و پس از آن هر { $months } ماه
    }
remind-wrong-month = یک ماه انتخاب کنید.
remind-wrong-past = این ماه دیگر خیلی نزدیک یا خیلی دور است. یکی از این‌ها را انتخاب کنید.
remind-wrong-every = انتخاب کنید هر چند وقت.
note-remind-sent-text = اگر نشانی درست باشد، ایمیلی به آن در راه است. دکمهٔ داخل آن را بزنید: تنها آن وقت به شما یادآوری می‌کنیم و تنها آن وقت چیزی نگه می‌داریم.
note-remind-elsewhere = با ایمیل نمی‌شود
note-remind-elsewhere-text = این رسانه کلید نشانی‌ها را روی دستگاه دیگری نگه می‌دارد و ایمیلی خودبه‌خود فرستاده نمی‌شود. به جای آن پروندهٔ تقویم را بردارید.
note-remind-unready = هنوز نه
note-remind-unready-text = رسانه نگفته است سایتش کجاست و نمی‌شود پیوندی فرستاد. لطفاً به آن خبر بدهید، یا پروندهٔ تقویم را بردارید.
note-remind-closed = الان نمی‌شود
note-remind-closed-text = رسانه کلیدهایی را که نشانی‌ها با آن‌ها مهر و موم شده‌اند کنار گذاشته است و الان نمی‌شود چیزی خواست یا عوض کرد. چیزی از دست نرفته و پیوند شما معتبر می‌ماند. بعداً دوباره امتحان کنید، یا پروندهٔ تقویم را بردارید.
note-remind-withdrawn = دیگر یادآوری در کار نیست
note-remind-withdrawn-text = رسانه در حال حاضر یادآوری نمی‌فرستد. از آنچه خواسته بودید چیزی نگه داشته نشده است.
note-remind-confirm = می‌خواهید به یادتان بیاوریم؟
note-remind-confirm-text = { $plan } ایمیلی می‌آید. به این نشانی فرستاده می‌شود:
note-remind-confirm-button = بله، یادآوری کنید
note-remind-confirm-not = اگر شما نخواسته بودید، این صفحه را ببندید: چیزی نمی‌آید و چیزی نگه داشته نمی‌شود.
note-remind-done = به یادتان می‌آوریم
note-remind-done-text = { $plan } ایمیلی می‌آید. هر ایمیل پیوندی دارد برای عقب انداختن، متوقف کردن و پاک کردن همه چیز.
note-remind-done-once = { $plan } ایمیلی می‌آید. با آن، نشانی شما پاک می‌شود.
note-remind-many = یادآوری‌ها کافی است
note-remind-many-text = برای هر نشانی حداکثر { $most } یادآوری نگه داشته می‌شود. نخست با پیوند یکی از آن‌ها چند تا را پاک کنید.
note-remind-expired = مهلت این پیوند گذشته است
note-remind-expired-text = زمان زیادی گذشته، یا روزی که انتخاب کرده بودید رسیده است. چیزی از آن نگه داشته نشده؛ می‌توانید دوباره بخواهید.
note-remind-own = یادآوری شما
note-remind-own-next = { $plan } ایمیلی می‌آید.
note-remind-own-over = این آخرین ایمیل بود و نشانی شما با آن پاک شد. حالا تنها با همین پیوند می‌شود به شما رسید: آنچه اینجا بزنید از این پس نگه داشته می‌شود.
note-remind-again-button = { $months } ماه دیگر یادآوری کنید
note-remind-again = دوباره به یادتان می‌آوریم
note-remind-again-text = در { $date } ایمیلی می‌آید.
note-remind-stop = توقف یادآوری
note-remind-stop-text = دیگر نمی‌آید و نشانی شما برای آن پاک می‌شود. اگر یادآوری‌های دیگری خواسته باشید، آن‌ها می‌مانند.
note-remind-stop-button = متوقف کنید
note-remind-stopped = متوقف شد
note-remind-stopped-text = این یادآوری دیگر نمی‌آید و آنچه برای آن نگه داشته شده بود پاک شد.
note-remind-stopped-noted = خواستهٔ شما یادداشت شد. رسانه الان کلیدهایش را کنار گذاشته است؛ همین که برگردند یادآوری متوقف می‌شود.
note-remind-erase-button = همهٔ یادآوری‌های مرا پاک کنید
note-remind-erased = همه چیز پاک شد
note-remind-erased-text = دیگر هیچ یادآوری برای این نشانی نگه داشته نمی‌شود.
note-remind-own-expired = مهلت این پیوند گذشته است
note-remind-own-expired-text = برای این‌که ایمیلی قدیمی چیزی باز نکند، پیوندهای یادآوری چند ماه معتبرند. ایمیل بعدی پیوندهای تازه دارد.
mail-remind-confirm-subject = لطفاً تأیید کنید: { $newsroom }
mail-remind-confirm = می‌خواهید به یادتان بیاوریم؟
mail-remind-confirm-text = کسی، احتمالاً خود شما، خواسته است حمایت از ما را به این نشانی یادآوری کنیم: { $plan }. دکمه را بزنید تا ایمیل بیاید.
mail-remind-confirm-button = بله، یادآوری کنید
mail-remind-two = حداکثر دو ایمیل می‌آید: این یکی، و خود یادآوری. با آن، نشانی شما پاک می‌شود.
mail-remind-subject = خواسته بودید یادآوری کنیم: { $newsroom }
mail-remind = خواسته بودید به یادتان بیاوریم
mail-remind-text = چندی پیش خواسته بودید حمایت از { $newsroom } را به یادتان بیاوریم. اگر می‌توانید، حالا وقت خوبی است. اگر نه، اشکالی ندارد.
mail-remind-button = حمایت از { $newsroom }
mail-remind-next = یادآوری بعدی در { $date } می‌آید.
mail-remind-last = این آخرین ایمیل است. با آن، نشانی شما پاک می‌شود.
mail-remind-again = وقت دیگری یادآوری کنید
mail-remind-stop = توقف این یادآوری
mail-remind-erase = همهٔ یادآوری‌های مرا پاک کنید
## Appeals
give = از ما حمایت کنید
give-once = یک بار
give-monthly = ماهانه
give-annual = سالانه
give-continue = ادامه
give-not-today = امروز آماده نیستید؟
give-remind = بعداً یادآوری کنید
give-not-now = الان نه
give-rested =
    { $days ->
        [one] این دستگاه تا { $days } روز درخواستی نشان نمی‌دهد.
       *[other] این دستگاه تا { $days } روز درخواستی نشان نمی‌دهد.
    }
give-undo = برگرداندن
give-quiet = روی این دستگاه تا ۹۰ روز از من درخواست حمایت نکنید
gave = این دستگاه تا ۹۰ روز درخواست حمایت نشان نمی‌دهد. این‌که شما کمک کرده‌اید، اینجا ثبت نشده است.
goal = { $raised } از { $amount }
goal-label = چه مقدار گرد آمده است
device = این دستگاه چه چیزی را به یاد دارد
device-text = هیچ چیز، مگر این‌که دکمه‌ای را بزنید. همه چیز روی همین دستگاه می‌ماند و هرگز فرستاده نمی‌شود.
device-count = شمردن مطالبی که در ماه می‌خوانم
device-country = من در این کشور هستم
device-elsewhere = کشوری دیگر
device-forget = فراموش کردن همه چیز

## حمایت
support = از ما حمایت کنید
give-step = همین حالا کسان زیادی کمک می‌کنند. برای این‌که ماشین‌ها کارت‌های دزدی را اینجا امتحان نکنند، مرورگر شما حساب کوچکی می‌کند. چند ثانیه طول می‌کشد و بعد خودش ادامه می‌دهد.
support-shut = در حال حاضر کمک پذیرفته نمی‌شود. سپاس که می‌خواستید کمک کنید.
support-gate = در یکی از این کشورها زندگی می‌کنید، کارتی از آنجا دارید یا به آنجا سفر می‌کنید؟
support-gate-why = در آنجا کمک به این رسانه می‌تواند پیگرد داشته باشد و بانک‌ها خبر می‌دهند چه کسی کمک کرده است. امنیت شما برای ما از پولتان مهم‌تر است.
support-gate-no = هیچ‌کدام دربارهٔ من درست نیست
support-gate-yes = اگر یکی درست است، لطفاً کمک نکنید. خواندن و رساندن نوشته‌های ما همان‌قدر کمک است.
support-often = هر چند وقت
support-currency = ارز:
support-much-once = چه مبلغی
support-much-monthly = ماهی چه مبلغی
support-much-annual = سالی چه مبلغی
support-other = مبلغ دیگر، از { $least }
support-instead = تا وقتی اینجا مبلغی نوشته شده، همان حساب می‌شود. برای انتخاب یکی از مبلغ‌های بالا، این خانه را خالی کنید.
support-cover = حدود { $percent }٪ برای کارمزد افزوده شود
support-method = شیوهٔ پرداخت
support-only-once = فقط یک بار
method-stripe = کارت یا کیف پول
method-stripe-about = در صفحهٔ Stripe. بانک شما، شرکت کارت و Stripe نام شما، مبلغ و گیرنده را می‌فهمند و سال‌ها نگه می‌دارند.
method-paypal = پی‌پل
method-paypal-about = در صفحهٔ پی‌پل. پی‌پل و بانک شما نام شما، مبلغ و گیرنده را می‌فهمند و سال‌ها نگه می‌دارند.
method-btcpay = بیت‌کوین
method-btcpay-about = به سرور BTCPay خودمان. پرداخت برای همیشه در زنجیره دیده می‌شود؛ فروشندهٔ سکه‌ها ممکن است بداند مال شما بوده‌اند.
method-bank = انتقال بانکی
method-bank-about = بانک شما و بانک ما نام شما، مبلغ و گیرنده را می‌فهمند و سال‌ها نگه می‌دارند.
method-sandbox = آزمایشی
method-sandbox-about = برای امتحان: پولی جابه‌جا نمی‌شود و کسی چیزی نمی‌فهمد.
support-address = ایمیل برای رسید، اگر می‌خواهید
support-address-why = تا وقتی کمک می‌کنید مهر و موم نگه داشته می‌شود تا بتوانید بدون حساب کاربری، با یک پیوند، آن را تغییر یا پایان دهید. پس از کمک یک‌باره، همراه رسید پاک می‌شود.
support-message = چیزی به رسانه بگویید
support-then = مشخصات کارت در صفحهٔ بعد وارد می‌شود، نه اینجا. پیش از آن چیزی برداشت نمی‌شود.
support-agree = با ادامه می‌پذیرید:
support-manage = تغییر یا پایان کمک
give-wrong-form = این فرم کنونی رسانه نیست. لطفاً صفحه را دوباره باز کنید.
give-wrong-empty = مبلغی انتخاب کنید یا بنویسید.
give-wrong-unclear = این مبلغ خوانده نشد. این‌طور بنویسید: { $example }.
give-wrong-negative = مبلغ باید بیشتر از صفر باشد.
give-wrong-fine = { $currency } چنین مبلغ خردی ندارد. این‌طور بنویسید: { $example }.
give-wrong-much = این بیش از آن است که یک‌جا پذیرفته شود. لطفاً به ما بنویسید.
give-wrong-little = کمترین مبلغ { $least } است: از کمتر از آن پس از کارمزد چیزی نمی‌ماند.
give-wrong-once = { $method } فقط یک بار ممکن است. «یک بار» یا شیوهٔ دیگری را انتخاب کنید.
give-wrong-currency = با { $method } نمی‌شود { $currency } پرداخت. شیوه یا واحد پول دیگری را انتخاب کنید.
give-wrong-message = پیام خیلی بلند است: حداکثر { $most } نویسه.
give-away = صفحهٔ پرداخت ساخته نشد
give-away-text = شرکت پرداخت درست پاسخ نداد. چیزی برداشت نشده است. دوباره امتحان کنید یا شیوهٔ دیگری را انتخاب کنید.
give-closed-text = رسانه کلیدهایی را که نشانی‌ها با آن‌ها مهر و موم می‌شوند کنار گذاشته است. می‌توانید بدون نشانی و پیام کمک کنید، یا بعداً امتحان کنید.
give-unready-text = رسانه نگفته است سایتش کجاست و راهی برای بازگشت از صفحهٔ پرداخت نیست. چیزی برداشت نشده است. لطفاً به آن خبر بدهید.
give-going = به صفحهٔ پرداخت می‌روید
give-going-text = اگر اتفاقی نیفتاد، دکمه را بزنید.
thanks-wait = یک لحظه
thanks-wait-text = منتظر خبر رسیدن پرداخت شما هستیم. این صفحه خودش دوباره نگاه می‌کند؛ می‌توانید آن را ببندید. اگر نشانی داده باشید، رسید با ایمیل می‌آید.
thanks-paid = سپاسگزاریم
thanks-paid-text = کمک شما ({ $amount }) رسید. هزینهٔ کاری را می‌پردازد که کس دیگری نمی‌پردازد.
thanks-pledge-text = کمک شما آغاز شد: { $amount } { $frequency ->
    [annual] در سال
   *[monthly] در ماه
}. سپاس که با ما می‌مانید.
thanks-pending = سپاسگزاریم
thanks-pending-text = پرداخت شما در راه است. بعضی چند روز طول می‌کشند؛ وقتی برسد حسابش می‌کنیم.
thanks-failed = پرداخت انجام نشد
thanks-failed-text = چیزی برداشت نشده است.
thanks-paused-text = متوقف است: تا وقتی دوباره راهش نیندازید چیزی برداشت نمی‌شود.
thanks-late = یک پرداخت انجام نشد
thanks-late-text = کمک شما به مبلغ { $amount } آغاز شد، اما آخرین پرداخت آن برداشت نشد.
thanks-first-late-text = نخستین پرداخت به مبلغ { $amount } برداشت نشد و تاکنون چیزی برداشت نشده است. شاید در روزهای آینده دوباره امتحان شود.
thanks-ended = کمک شما پایان یافت
thanks-ended-text = دیگر چیزی برداشت نمی‌شود. آنچه پیش‌تر داده‌اید رسیده است: سپاسگزاریم.
thanks-manage-mail = پیوندی که با آن می‌توانید کمک را متوقف کنید یا پایان دهید، همراه رسید با ایمیل می‌آید.
thanks-manage-ask = برای تغییر یا پایان دادن به آن، با همان نشانی‌ای که شرکت پرداخت به آن ایمیل می‌فرستد پیوند بخواهید.
thanks-manage-write = برای تغییر یا پایان دادن به آن، برای ما بنویسید.
thanks-again = دوباره امتحان کنید
thanks-transfer = انتقال شما
thanks-transfer-text = لطفاً { $amount } را از بانکتان با همین شناسه بفرستید. بدون آن نمی‌دانیم برای چیست.
transfer-to = گیرنده
transfer-amount = مبلغ
transfer-reference = شناسه
giving = کمک شما
giving-once = { $amount }، یک بار
giving-monthly = { $amount } در ماه
giving-annual = { $amount } در سال
giving-state-started = هنوز پرداخت نشده
giving-state-pending = در راه
giving-state-paid = پرداخت شده
giving-state-active = برقرار
giving-state-past_due = آخرین پرداخت انجام نشد و شاید دوباره امتحان شود
giving-state-paused = متوقف
giving-state-cancelled = پایان‌یافته
giving-state-failed = پرداخت نشده
giving-change = تغییر آن
giving-amount = مبلغ
giving-change-do = تغییر دهید
giving-change-when = از پرداخت بعدی حساب می‌شود.
giving-stop = توقف یا پایان
giving-method = تغییر شیوهٔ پرداخت
giving-pause = توقف
giving-resume = ادامه
giving-cancel = پایان
giving-stop-text = پس از پایان دیگر چیزی برداشت نمی‌شود. کسی از شما نمی‌پرسد چرا.
giving-paid = آنچه پرداخت شد
giving-payment-pending = در راه
giving-payment-failed = انجام نشد
giving-payment-back = برگردانده شد
giving-payment-disputed = بانک آن را پس خواسته است
giving-data-text = نشانی شما مهر و موم است و زمان‌ها با دقت ماه نگه داشته می‌شوند. شرکت پرداخت سوابق خودش را دارد.
giving-data-nameless = نشانی شما اینجا نگه داشته نمی‌شود و زمان‌ها با دقت ماه نگه داشته می‌شوند. شرکت پرداخت سوابق خودش را دارد.
giving-erase-sure = بله، پایان دهید و همه چیز را دربارهٔ من پاک کنید
giving-done-change = تغییر کرد.
giving-done-pause = متوقف شد. تا ادامه ندهید چیزی برداشت نمی‌شود.
giving-done-resume = ادامه دارد.
giving-done-cancel = پایان یافت. دیگر چیزی برداشت نمی‌شود.
giving-cannot = این کار برای این کمک ممکن نیست.
giving-away = شرکت پرداخت پاسخ نداد و چیزی تغییر نکرد. چند دقیقهٔ دیگر دوباره امتحان کنید.
giving-gone = این پیوند چیزی باز نمی‌کند
giving-gone-text = شاید خیلی قدیمی یا ناقص باشد، یا همه چیز پاک شده باشد. با نشانی‌ای که رسیدها به آن می‌آید پیوند تازه بخواهید.
giving-link = کمک شما
giving-link-text = نشانی‌ای را که رسیدها به آن می‌آید بنویسید تا پیوندی با ایمیل بیاید. پاسخ یکسان است، چه کمکی باشد چه نباشد.
giving-back = از صفحهٔ پرداخت برگشتید
giving-back-text = اگر شیوهٔ پرداخت را تغییر داده باشید، از پرداخت بعدی به کار می‌رود. این صفحه را ببندید یا با پیوندی که در ایمیل دارید به کمک خود برگردید. پیوند تازه به نشانی‌ای می‌آید که رسیدها به آن می‌رسند.
giving-erased = همه چیز پاک شد
giving-erased-text = کمک پایان یافت و دیگر اینجا چیزی نام شما را ندارد. پرداخت‌ها بدون شما در حساب‌ها می‌مانند. شرکتی که آن‌ها را گرفته سوابق خودش را دارد.
sandbox = آزمایشی
sandbox-text = اینجا پولی جابه‌جا نمی‌شود. نشان می‌دهد رسانه و خوانندگانش با یک شرکت واقعی چه می‌بینند.
sandbox-pay = پرداخت
sandbox-refuse = کارت پذیرفته نشد
sandbox-later = پول دیرتر می‌رسد
sandbox-over = این صفحه پرداخت شده، خیلی قدیمی است یا کارت‌های زیادی روی آن رد شده‌اند.
sandbox-refused = کارت پذیرفته نشد. می‌توانید دوباره امتحان کنید.
sandbox-back = بازگشت بدون پرداخت
