## Support: what readers give
money = { $code ->
    [USD] { $number } دلار
    [EUR] { $number } یورو
    [GBP] { $number } پوند
   *[other] { $number } { $code }
}
menu-support = حمایت
money-tab-overview = نمای کلی
money-tab-contributions = کمک‌ها
money-tab-payments = پرداخت‌ها
money-tab-disputes = اعتراض‌ها
money-tab-settings = تنظیمات
money-once = یک بار
money-monthly = ماهانه
money-annual = سالانه
money-gateway-stripe = Stripe
money-gateway-paypal = PayPal
money-gateway-btcpay = BTCPay Server
money-gateway-bank = حوالهٔ بانکی
money-gateway-sandbox = درگاه آزمایشی
money-state-started = هنوز پرداخت نشده
money-state-pending = در راه
money-state-paid = پرداخت شده
money-state-active = برقرار
money-state-past_due = پرداخت نشد، دوباره تلاش می‌شود
money-state-paused = متوقف به‌طور موقت
money-state-cancelled = پایان‌یافته
money-state-failed = هرگز پرداخت نشد
money-payment-pending = در راه
money-payment-paid = پرداخت شده
money-payment-failed = ناموفق
money-dispute-open = باز
money-dispute-won = به سود شما: پول می‌ماند
money-dispute-lost = به زیان شما: پول برگشت

## Its settings
money-open = دریافت کمک
money-open-label = خوانندگان می‌توانند کمک کنند
money-open-hint = فرم در نشانی /support/ است. تا وقتی این خاموش است، صفحه می‌گوید که چیزی پذیرفته نمی‌شود؛ آنچه برقرار است در درگاه ادامه دارد.
money-currencies = مبلغ‌ها
money-currencies-hint = مبلغ را هر طور عادت دارید بنویسید، 2.50 یا ۲٫۵۰، با فاصله یا نقطه‌ویرگول میان آن‌ها و بدون فاصله میان هزارها. آنچه خالی بماند با مقدار معمول پر می‌شود. برای برداشتن یک ارز، کد آن را پاک کنید.
money-currency = ارز (کد)
money-another = ارزی دیگر
money-least = کمترین مبلغ
money-chosen = انتخاب آغازین
money-shown-first = نخست نشان داده شود
money-first = انتخاب هنگام باز شدن فرم
money-cover = برای پوشش کارمزد، درصد از کل
money-cover-hint = هر که این گزینه را علامت بزند آن‌قدر بیشتر می‌پردازد که تقریباً همهٔ کمک برای شما بماند. خالی یا صفر: از کسی پرسیده نمی‌شود.
money-gateways = راه‌های پرداخت
money-gateways-hint = اولی هنگام باز شدن فرم انتخاب شده است. درگاهی که راه‌اندازی نشده نشان داده نمی‌شود؛ کلیدهای آن در masthead.toml است، نه اینجا.
money-set-up = راه‌اندازی شده
money-not-set-up = راه‌اندازی نشده
money-not-offered = پیشنهاد نشود
money-untaken = { $codes } نمی‌پذیرد
money-place = جایگاه { $number }
money-label = بابت چه، آن‌طور که پرداخت‌کننده می‌خواند
money-label-hint = در صفحهٔ درگاه می‌آید و ممکن است در صورت‌حساب بانکی باشد که دیگران می‌بینند: هر قدر می‌خواهید خنثی بنویسید. خالی: نام رسانه.
money-bank = حواله به کجا
money-bank-hint = گیرنده، حساب و بانک، سطر به سطر، همان‌طور که باید رونویسی شود. وقتی حوالهٔ بانکی پیشنهاد می‌شود لازم است.
money-sender = نشانی‌ای که رسیدها از آن می‌آید
money-sender-hint = خالی: نشانی خبرنامه.
money-words = متن‌ها، به هر زبان
money-about = بالای فرم
money-failed = در ایمیل وقتی پرداختی ناموفق بود؛ خالی برای متن آماده
money-countries = کشورهایی که از آن‌ها کسی نباید کمک کند، هر سطر یکی
money-countries-hint = جایی که کمک به شما ممکن است پیگرد داشته باشد. از خوانندگان پرسیده می‌شود که آیا آنجا زندگی می‌کنند، کارت آنجا را دارند یا به آنجا سفر می‌کنند؛ چیزی ردیابی نمی‌شود. همان سطر در هر زبان همان کشور است.
money-look = دیدن صفحه
money-wrong-gateways = هیچ‌یک از درگاه‌های پیشنهادی راه‌اندازی نشده و کسی نمی‌تواند بپردازد. یکی را در masthead.toml راه‌اندازی کنید یا دریافت کمک را خاموش بگذارید.
money-wrong-no-currency = دست‌کم یک ارز لازم است.
money-wrong-currency = «{ $value }» کد ارز نیست. سه حرف بنویسید، مانند USD یا EUR.
money-wrong-untaken = هیچ‌یک از درگاه‌های پیشنهادی { $value } را نمی‌پذیرد و کسی نمی‌تواند با آن کمک کند. این ارز را بردارید یا درگاهی پیشنهاد کنید که آن را بپذیرد.
money-wrong-twice = { $value } از پیش هست.
money-wrong-currencies = حداکثر { $value } ارز.
money-wrong-unclear = «{ $value }» را نمی‌شود مبلغ خواند. مانند { $example } بنویسید.
money-wrong-negative = «{ $value }» کمتر از صفر است.
money-wrong-fine = «{ $value }» بیش از این ارز رقم اعشار دارد. مانند { $example } بنویسید.
money-wrong-much = «{ $value }» بیش از چیزی است که درگاه‌ها می‌پذیرند.
money-wrong-nothing = کمترین مبلغ باید بیش از صفر باشد.
money-wrong-below = { $value } کمتر از کمترین مبلغ است.
money-wrong-same = { $value } دو بار آمده است.
money-wrong-amounts = حداکثر { $value } مبلغ.
money-wrong-chosen = چنین مبلغی در همهٔ سطرها نیست. عدد کوچک‌تری انتخاب کنید.
money-wrong-frequency = انتخاب کنید هر چند وقت.
money-wrong-cover = درصدی از ۰ تا { $value } بنویسید، مانند ۴ یا ۲٫۵.
money-wrong-long = حداکثر { $value } نویسه.
money-wrong-lines = شمار کشورها در اینجا با زبان پیش از آن یکی نیست. همان سطر باید همان کشور باشد.
money-wrong-countries = حداکثر { $value } کشور، هر یک ۱۰۰ نویسه.
money-wrong-account = حوالهٔ بانکی پیشنهاد شده است: بگویید حواله به کجا.
money-wrong-address = از چنین نشانی‌ای ایمیل نمی‌آید. مانند support@news.example بنویسید.

## Overview
money-text = آنچه خوانندگان می‌دهند، به عدد و ماه به ماه. نام‌ها و نشانی‌ها مهر و موم‌اند و اینجا کسی آن‌ها را نمی‌بیند. مبلغ‌های ارزهای گوناگون هرگز جمع یا تبدیل نمی‌شوند.
money-closed = اکنون کمکی پذیرفته نمی‌شود.
money-trouble = { $gateway } چنان‌که باید پاسخ نمی‌دهد، از
money-waiting =
    { $count ->
        [one] { $count } خبر از درگاه‌ها منتظر رسیدگی است.
       *[other] { $count } خبر از درگاه‌ها منتظر رسیدگی‌اند.
    }
money-by-currency = به تفکیک ارز
money-this-month = این ماه
money-year = دوازده ماه
money-recurring = مستمر، در ماه
money-recurring-hint = پیش از کارمزد و بدون آنچه برگشته است. مستمر آن است که تعهدهای برقرار می‌آورند: ماهانه‌ها و یک‌دوازدهم سالانه‌ها. متوقف‌ها و آن‌ها که رو به پایان‌اند در آن نیستند.
money-pledges-running = تعهدها
money-by-month = درآمد ماه به ماه: { $currency }
money-month = ماه
money-sum = روی هم
money-chart = هر ستون یک ماه است، روی هم { $total } و در بهترین ماه { $most }. از پایین به بالا و از پررنگ به کم‌رنگ: ماهانه، سالانه، یک بار.
money-by-appeal = به تفکیک فراخوان، دوازده ماه: { $currency }
money-appeal = فراخوان
money-no-appeal = بدون فراخوان
money-gone-appeal = فراخوانی که دیگر نیست
money-payments-count = پرداخت‌ها
money-pledges = تعهدها
money-churn = پایان‌یافته
money-churn-text =
    { $ran ->
        [0] در آغاز ماه تعهدی برقرار نبود.
        [one] از { $ran } تعهدی که در آغاز ماه برقرار بود { $ended } پایان یافت: { $share }٪.
       *[other] از { $ran } تعهدی که در آغاز ماه برقرار بود { $ended } پایان یافت: { $share }٪.
    }
money-churn-ran = برقرار در آغاز
money-churn-ended = پایان‌یافته
money-churn-share = سهم
money-nothing = هنوز چیزی نرسیده است.

## Lists
money-contributions-text = کمک‌ها و تعهدها، تازه‌ترین ماه نخست. نامی اینجا نیست؛ زمان‌ها تا ماه نگه داشته می‌شوند.
money-frequency = هر چند وقت
money-gateway = درگاه
money-amount = مبلغ
money-every-frequency = یک‌باره و تعهدها
money-every-gateway = همهٔ درگاه‌ها
money-every-currency = همهٔ ارزها
money-every-payment = همهٔ وضعیت‌ها
money-reference = شماره
money-find = شماره، آن‌طور که در رسید است
money-since = از
money-until = پرداخت‌شده تا
money-none-found = چنین چیزی اینجا نیست.
money-contribution = کمک { $reference }
money-of-cover = برای پوشش کارمزد
money-ending = با پایان مدت پرداخت‌شده پایان می‌یابد
money-language = زبان
money-address = نشانی
money-address-kept = نگه داشته شده، مهر و موم
money-address-none = ندارد
money-erased = به خواست کمک‌کننده پاک شده
money-message = پیام
money-message-kept = دارد، مهر و موم
money-token = نام آن نزد درگاه
money-no-payments = هنوز پولی جابه‌جا نشده است.
money-payments-text = پولی که جابه‌جا شد یا قرار بود بشود، تازه‌ترین ماه نخست.
money-disputes-text = پرداخت‌هایی که بانک کمک‌کنندگان پس خواسته است، بازها نخست. هر چه بشود کرد در درگاه انجام می‌شود.
money-no-disputes = هیچ پرداختی پس خواسته نشده است.
money-refunded = برگشته
money-fee = کارمزد
money-dispute = پس‌خواسته
money-late = پس از توقف رسید
money-came = { $amount } رسید و به حساب نیامد
money-bounced = رسیده بود و برگشت
money-kept = می‌ماند
money-export = برای حسابداری
money-export-text = پرونده‌ای با یک سطر برای هر پرداخت: ماه، شماره، درگاه، نام پرداخت نزد آن، مبلغ، برگشته، کارمزد و آنچه می‌ماند. نامی در آن نیست.
money-from = از ماه
money-to = تا ماه
money-export-do = دریافت پرونده
money-export-wrong = ماه‌ها را مانند 2026-01 بنویسید، نخست ماه پیش‌تر.
log-contribution-open = { $who } دریافت کمک را آغاز کرد.
log-contribution-close = { $who } دیگر کمک نمی‌پذیرد.
log-contribution-settings = { $who } تنظیمات حمایت را تغییر داد: { $keys }.
log-contribution-export = { $who } پرداخت‌های { $from } تا { $to } را در پرونده‌ای نوشت.
log-contribution-import = { $who } واردکردن تعهدهای برقرار را آغاز کرد: { $source }.
log-contribution-imported = { $who } { $number } تعهد برقرار را وارد کرد: { $source }.
