## What publishers do about contributions
money-tab-transfers = حواله‌ها
money-tab-messages = پیام‌ها
money-tab-sandbox = درگاه آزمایشی
money-tab-stop = توقف اضطراری
job-pledge-end = پایان دادن به یک تعهد در درگاه
job-checkout-close = بستن صفحهٔ پرداخت در درگاه

## The emergency stop
support-stop = توقف همه‌چیز
support-stop-last = آخرین توقف
support-stop-by = متوقف شده به دست { $who }:
support-stop-count = { $ended } از { $pledges } تعهد پایان یافته است
support-stop-pages = { $closed } از { $pages } صفحهٔ پرداختی که باز بود بسته شد
support-stop-done = همهٔ تعهدها پایان یافته‌اند. دیگر از کسی پولی برداشت نمی‌شود.
support-stop-under-way = تعهدها یکی پس از دیگری پایان می‌یابند. می‌توانید این صفحه را ببندید.
support-stop-look = دوباره ببینید
support-stop-failing = درگاه‌ها هنوز نتوانسته‌اند به این‌ها پایان دهند. هر کدام تا انجام شدن دوباره امتحان می‌شود:
support-stop-in-force = کمک‌ها بسته می‌مانند تا خودتان در تنظیمات بازشان کنید. اگر کسی در صفحه‌ای که از پیش باز بوده تعهدی را تمام کند، همان دم پایان می‌یابد.
support-stop-late = پولی که با این همه رسید
support-stop-late-text = این پرداخت‌ها پس از توقف و در صفحه‌هایی انجام شد که به‌موقع بسته نشدند. پرداخت را باز کنید تا پول را برگردانید.
support-stop-now = همین حالا متوقف کنید
support-stop-text = برای وضعیت اضطراری؛ مثلاً قانونی که کمک به شما را خطرناک می‌کند. یک کار همهٔ این‌ها را انجام می‌دهد:
support-stop-open = فرم برداشته می‌شود و کمک‌ها بسته می‌شوند.
support-stop-closed = کمک‌ها از پیش بسته‌اند و بسته می‌مانند.
support-stop-pledges =
    { $count ->
        [0] هیچ تعهدی در جریان نیست.
        [one] { $count } تعهد در درگاهش برای همیشه پایان می‌یابد.
       *[other] { $count } تعهد در درگاه‌هایشان برای همیشه پایان می‌یابند.
    }
support-stop-appeals =
    { $count ->
        [0] هیچ درخواستی نشان داده نمی‌شود.
        [one] { $count } درخواست پس گرفته می‌شود.
       *[other] { $count } درخواست پس گرفته می‌شوند.
    }
support-stop-reminders =
    { $count ->
        [0] یادآوری‌ای نیست و دیگر پیشنهاد نمی‌شود.
        [one] { $count } یادآوری با نشانی‌اش پاک می‌شود.
       *[other] { $count } یادآوری با نشانی‌هایشان پاک می‌شوند.
    }
support-stop-after = به کمک‌کنندگانی که نشانی داده‌اند گفته می‌شود که کمک دوره‌ای‌شان پایان یافته است. صفحه‌هایی که کسی در آن‌ها در حال پرداخت است، اگر درگاه بتواند، بسته می‌شوند. آنچه با این همه پرداخت شود همین‌جا نشان داده می‌شود تا بتوانید آن را برگردانید.
support-stop-sure = بله، همه‌چیز متوقف شود
support-stop-not-sure = نخست «{ support-stop-sure }» را علامت بزنید: تعهدهایی که پایان یابند برنمی‌گردند.
support-stop-command = از خط فرمان:
said-support-stopped = کمک‌ها بسته شدند و درخواست‌ها و یادآوری‌ها پس گرفته شدند. تعهدها دارند پایان می‌یابند.
log-support-stop = { $who } همهٔ کمک‌ها را متوقف کرد؛ { $number } تعهد پایان می‌یابد.

## Transfers
transfers = حواله‌هایی که رسیده
transfers-text = آنچه رسیده را از صورت‌حساب بانک وارد کنید. کمک‌کننده مثل هر پرداخت دیگری رسید می‌گیرد.
transfer-reference = شناسهٔ واریز
transfer-without = شناسه ندارد یا شناسه‌اش در اینجا شناخته نیست
transfer-without-hint = آنچه رسیده در هر حال به حساب می‌آید. کسی برای آن رسید نمی‌گیرد، چون در اینجا معلوم نیست از کیست.
transfer-amount = مبلغ
transfer-currency = ارز
transfer-month = ماه
transfer-receive = ثبت
transfer-anyway = با این حال ثبت شود
transfer-unnamed = شناسهٔ واریز را وارد کنید یا «{ transfer-without }» را علامت بزنید.
transfer-misread = رقم‌های کنترلی شناسه نمی‌خوانند: حرفی یا رقمی اشتباه خوانده شده است. با صورت‌حساب مقایسه کنید.
transfer-unknown = شناسه درست است ولی از هیچ کمکی در اینجا نیست، یا اطلاعات کمک‌کننده پاک شده است. چیزی ثبت نشد. اگر رسیده است، «{ transfer-without }» را علامت بزنید.
transfer-impossible = مبلغ باید بیشتر از صفر باشد و ماه یکی از ۲۴ ماه گذشته، همین ماه هم در میانشان.
transfer-closed = این کمک‌کننده رسید می‌گیرد و کلید نشانی‌ها در دسترس نیست. چیزی ثبت نشد؛ وقتی کلیدها برگشتند دوباره امتحان کنید.
transfer-twice = همین مبلغ برای این شناسه و این ماه ثبت شده است. اگر دو بار رسیده، «{ transfer-anyway }» را علامت بزنید.
transfer-twice-without = همین مبلغ بدون شناسه برای این ماه ثبت شده است. اگر یکی دیگر هم رسیده، «{ transfer-anyway }» را علامت بزنید.
transfer-differs = قرار بود { $announced } برسد. اگر بانک همانی را می‌گوید که نوشته‌اید، «{ transfer-anyway }» را علامت بزنید: آنچه رسیده به حساب می‌آید.
transfer-no-currency = ارزی را که رسیده انتخاب کنید.
transfer-no-amount = مبلغی را که رسیده بنویسید.
transfer-amount-unclear = مبلغ خوانده نمی‌شود. آن را مانند ۱۲٫۵۰ یا 12.50 بنویسید.
transfer-no-month = ماه را مانند 2026-11 بنویسید.
said-transfer-received = ثبت شد.
log-payment-transfer = { $who } حواله‌ای را که رسیده بود ثبت کرد.
log-payment-transfer-without = { $who } حواله‌ای را ثبت کرد که به هیچ کمکی مربوط نبود.

## Giving back, and who gave
contribution-acts = کار با یک کمک
contribution-of = کمک
contribution-once = یک بار
contribution-monthly = ماهانه
contribution-annual = سالانه
contribution-who = چه کسی کمک کرده
contribution-open = نشان بده چه کسی کمک کرده
contribution-open-text = آنچه کمک‌کننده گذاشته مهر و موم است. یک بار نشان داده می‌شود و در گزارش می‌ماند که شما بازش کرده‌اید.
contribution-once-shown = این یک بار نشان داده شده است و با ترک این صفحه می‌رود.
contribution-nothing-kept = از کسی که کمک کرده چیزی نگه داشته نمی‌شود.
contribution-sealed = الان باز نمی‌شود.
contribution-address = نشانی
contribution-name = نام
contribution-message = پیام
contribution-payments = پرداخت‌ها
contribution-no-payments = هنوز پرداختی نرسیده است.
log-contribution-reveal = { $who } باز کرد که چه کسی کمک کرده است.
payment-one = پرداخت { $reference }
payment-open = باز کردن پرداخت
payment-whose = باز کردن کمک
payment-nobodys = معلوم نیست: اطلاعات کمک‌کننده پاک شده یا حواله شناسه نداشته است.
refund-none = از اینجا چیزی از این پرداخت برگردانده نمی‌شود: یا نرسیده، یا پیش‌تر برگشته، یا باید در خود درگاه برگردانده شود.
log-contribution-messages = { $who } پیام‌های کمک‌کنندگان را خواند: { $number }.
refund = برگرداندن
refund-text = درگاه پول را از همان راهی که آمده برمی‌گرداند. کارمزد بیشتر وقت‌ها برنمی‌گردد.
refund-amount = مبلغ به { $currency }
refund-gone = { $amount } برگشته است
refund-too-much = این اندازه برنمی‌گردد. آنچه از آن مانده: { $left }.
refund-meanwhile = از این پرداخت { $amount } پیش‌تر برگشته بود و کار دیگری انجام نشد. اگر باید بیشتر برگردد، دوباره بفرستید.
refund-disputed = بانک کمک‌کننده این پرداخت را پس می‌خواهد: آنجا تصمیم گرفته می‌شود و نباید دو بار برگردد.
refund-cannot = از اینجا برنمی‌گردد. در بانک یا خود درگاه انجامش دهید.
refund-refused = درگاه نمی‌پذیرد. می‌گوید:
refund-away = درگاه پاسخ نداد. همین را دوباره امتحان کنید: پول یک بار برمی‌گردد.
refund-amount-unclear = مبلغ خوانده نمی‌شود. آن را مانند ۱۲٫۵۰ یا 12.50 بنویسید.
sure-refund = این پول برگردد؟
said-refunded = درگاه پول را برمی‌گرداند.
log-payment-refund = { $who } پرداختی را برگرداند.
refund-hand = ثبت به‌عنوان برگشته
refund-hand-text = آنچه از این راه رسیده از اینجا برنمی‌گردد. آن را از بانک یا کیف پول خود برگردانید و اینجا ثبت کنید تا در حساب‌ها بیاید.
sure-refund-hand = این پول برگردانده شده است؟ ثبت آن را نمی‌توان برگرداند.
said-paid-back = ثبت شد.
log-payment-paid-back = { $who } ثبت کرد که پرداختی برگردانده شده است.

## What givers say
giver-messages = کمک‌کنندگان چه می‌گویند
giver-messages-text = پیام‌هایی که با کمک‌ها آمده‌اند، بدون نام. بدون اجازه منتشرشان نکنید.
giver-message-of = کمک
giver-messages-more = قدیمی‌ترها نشان داده نمی‌شوند.
giver-messages-none = هنوز کسی چیزی نگفته است.

## The sandbox
sandbox = درگاه آزمایشی
sandbox-text = درگاهی که در آن پولی جابه‌جا نمی‌شود، برای امتحان همه‌چیز. آنچه جای دیگر زمان می‌برد اینجا به دست شما رخ می‌دهد.
sandbox-clock = ساعت آن
sandbox-day = یک روز بعد
sandbox-month = یک ماه بعد
sandbox-year = یک سال بعد
sandbox-reminds = یادآوری‌هایی که تا آن روز موعدشان می‌رسد نیز فرستاده می‌شوند، چون جز درگاه آزمایشی درگاهی برپا نیست.
sandbox-pledges = تعهدها
sandbox-monthly = ماهانه
sandbox-annual = سالانه
sandbox-once = یک بار
sandbox-due = برداشت بعدی:
sandbox-refuse = پرداخت بعدی ناموفق شود
sandbox-refuses = پرداخت بعدی ناموفق می‌شود
sandbox-no-pledges = در درگاه آزمایشی تعهدی در جریان نیست.
sandbox-payments = پرداخت‌ها
sandbox-no-payments = در درگاه آزمایشی چیزی پرداخت نشده است.
sandbox-is-pending = در راه
sandbox-is-failed = ناموفق
sandbox-is-paid = پرداخت‌شده
sandbox-is-refunded = برگشته
sandbox-is-disputed = بانک کمک‌کننده پس می‌خواهد
sandbox-is-won = پس خواسته شد و ماند
sandbox-is-lost = پس خواسته شد و رفت
sandbox-act-paid = پول برسد
sandbox-act-failed = پول نرسد
sandbox-act-open = پس خواسته شود
sandbox-act-won = به سود شما تصمیم گرفته شود
sandbox-act-lost = به سود کمک‌کننده تصمیم گرفته شود
said-sandbox-done = در درگاه آزمایشی رخ داد.
log-sandbox-act = { $who } در درگاه آزمایشی کاری کرد.
