# درخواست‌ها: آنچه از خوانندگان حمایت می‌خواهد.
journal-appeal_changed = درخواستی تغییر کرد
job-appeal-turn = آغاز یا پایان نمایش یک درخواست

menu-appeals = درخواست‌ها
appeals-text = پیام‌هایی که حمایت می‌خواهند. در هر جا نخستین درخواستی نشان داده می‌شود که همهٔ قاعده‌هایش برقرار باشد. آنچه به خواننده بستگی دارد روی دستگاه خود او تعیین می‌شود، و دستگاه تا خواننده دکمه‌ای نزند چیزی ذخیره نمی‌کند.
appeals-why = چرا این نشان داده نشد؟
appeal-kind-banner = بنر
appeal-kind-banner-text = یک یا دو سطر بالای هر صفحه.
appeal-kind-end = پیام پایان مطلب
appeal-kind-end-text = چند بند، و اگر بخواهید فرم کوتاه کمک مالی.
appeal-variants =
    { $count ->
        [one] { $count } نسخه
       *[other] { $count } نسخه
    }
appeal-rules-count =
    { $count ->
        [one] { $count } قاعده
       *[other] { $count } قاعده
    }
appeal-from = از
appeal-until = تا
appeal-from-at = از ({ $zone })
appeal-until-at = تا ({ $zone })
appeal-standing-draft = پیش‌نویس
appeal-standing-waiting = بعداً آغاز می‌شود
appeal-standing-running = در حال نمایش
appeal-standing-ended = پایان‌یافته
appeal-standing-withdrawn = پس‌گرفته
no-appeals = هنوز درخواستی نیست.
new-appeal = درخواست تازه
appeal-name = نام، تنها برای میز تحریریه
appeal-place = کجا می‌آید
appeal-begin = آغاز کنید
appeal-start = شروع نمایش
appeal-show = تغییرها را به خوانندگان نشان دهید
appeal-withdraw = پس بگیرید
appeal-pending = خوانندگان هنوز آنچه را پس از شروع نوشته شده نمی‌بینند.
sure-appeal-withdraw = این درخواست پس گرفته شود؟ دیگر در هیچ صفحه‌ای نخواهد بود.
sure-appeal-delete = این پیش‌نویس حذف شود؟
said-appeal-started = نمایش آغاز شد.
said-appeal-shown = خوانندگان تغییرها را می‌بینند.
said-appeal-withdrawn = پس گرفته شد: دیگر در هیچ صفحه‌ای نیست.
said-appeal-deleted = حذف شد.
said-rule-removed = قاعده برداشته شد.
said-variant-added = نسخه‌ای افزوده شد. تا تغییرش ندهید همان متن نسخهٔ نخست را دارد، و هنگامی نشان داده می‌شود که تغییرها را به خوانندگان نشان دهید.

appeal-says = متن
appeal-says-text = متن را به هر زبان بنویسید؛ جایی که متنی نباشد نشان داده نمی‌شود. اگر چند نسخه باشد، هر دستگاه یکی را به قرعه برمی‌گزیند؛ خوانندگان بدون اسکریپت نسخهٔ نخست را می‌بینند. برای سنجش منصفانه، به جای تغییر نسخه‌ای که در حال نمایش است نسخهٔ تازه‌ای بسازید.
appeal-text-none = نوشته نشده
appeal-text-changed = هنوز نشان داده نشده
appeal-text-shown = نشان داده شده
appeal-variant = نسخه
variant-default = برای خوانندگان بدون اسکریپت
variant-off = دیگر نشان داده نمی‌شود
variant-settings = نام و سهم نمایش
variant-weight = چند سهم از نمایش‌ها
variant-active = نشان داده می‌شود
variant-add = افزودن نسخه
appeal-nothing = هنوز متنی ندارد.

appeal-rules = قاعده‌ها
appeal-rules-text = همه باید برقرار باشند. نخستین قاعده‌ای که برقرار نباشد دلیل نشان ندادن است.
no-rules = قاعده‌ای نیست: همه جا نشان داده می‌شود.
rule-add = افزودن قاعده:
rule-name = نام قاعده
rule-cancel = رها کنید
rule-on-device = روی دستگاه سنجیده می‌شود
rule-any = یکی از این‌ها
rule-except = برعکس: هیچ‌یک از این‌ها
rule-kind-section = بخش
rule-kind-section-text = صفحه در یکی از این بخش‌ها یا زیربخش‌های آن‌هاست.
rule-kind-topic = موضوع
rule-kind-topic-text = مطلب دربارهٔ یکی از این موضوع‌هاست.
rule-kind-language = زبان
rule-kind-language-text = صفحه به یکی از این زبان‌هاست.
rule-kind-dates = تاریخ
rule-kind-dates-text = صفحه‌ها در همان دقیقه خودبه‌خود عوض می‌شوند.
rule-kind-country = کشور
rule-kind-country-text = کشوری که خواننده روی دستگاهش، زیر درخواست، در «این دستگاه چه چیزی را به یاد دارد» برگزیده است. هرگز از نشانی اتصال حدس زده نمی‌شود. تا پیش از انتخاب، نامعلوم است.
rule-kind-read = مطالب خوانده‌شده
rule-kind-read-text = روی دستگاه خواننده، ماه به ماه، از هنگامی شمرده می‌شود که خواننده زیر درخواست بخواهد. پیش از آن چیزی شمرده نمی‌شود و عدد نامعلوم است.
rule-kind-share = سهمی از خوانندگان
rule-kind-share-text = در هر نمایش از نو قرعه کشیده می‌شود، چون دستگاه بی‌درخواست چیزی ذخیره نمی‌کند: همان خواننده شاید بار دیگر آن را ببیند. خوانندگان بدون اسکریپت هرگز نمی‌بینند.
rule-countries = کشورها، با دو حرف
rule-least = دست‌کم
rule-most = حداکثر (می‌تواند خالی بماند)
rule-percent = از هر صد نمایش
rule-unknown-country = تا وقتی کشور نامعلوم است برقرار به شمار آید، برای خوانندگان بدون اسکریپت نیز
rule-unknown-read = تا وقتی عدد نامعلوم است برقرار به شمار آید، برای خوانندگان بدون اسکریپت نیز
rule-section-in = در { $list }
rule-section-not = نه در { $list }
rule-topic-in = دربارهٔ { $list }
rule-topic-not = نه دربارهٔ { $list }
rule-language-in = به { $list }
rule-country-yes = در { $list }، یا نامعلوم
rule-country-no = در { $list }؛ نه تا وقتی نامعلوم است
rule-read-yes = { $least } تا { $most } مطلب در این ماه، یا نامعلوم
rule-read-no = { $least } تا { $most } مطلب در این ماه؛ نه تا وقتی نامعلوم است
rule-dates-in = { $from } – { $until }
rule-share-of = { $percent } از ۱۰۰ نمایش

appeal-numbers = عددها
appeal-numbers-text = دستگاه خوانندگان هر بار که صفحه دیده شود یک بار خبر می‌دهد، و چیزی دربارهٔ خواننده همراهش نیست. این عدد چیزی را ثابت نمی‌کند: درخواست‌های یک برنامه هم شمرده می‌شود، تا ۳٬۰۰۰ در دقیقه؛ خوانندگان بدون اسکریپت در آن نیستند؛ و هر که ده بار ببیند ده نمایش است. کمک‌ها آن‌هایی است که دست‌کم یک بار پرداخت شده.
appeal-not-seen = هنوز نمایشی شمرده نشده است.
appeal-seen = نمایش
appeal-gave = کمک
appeal-share = سهم از نمایش‌ها
appeal-interval = سهم در این بازه است (۹۵٪)
appeal-outcome-alone = یک نسخه هست: چیزی برای سنجیدن نیست.
appeal-outcome-too-few = کمک‌ها برای هر سخنی کم است: حتی برای برآورد شمار نمایش‌های لازم، ۱۰ کمک می‌خواهد.
appeal-outcome-needs = هنوز برنده‌ای نیست: هر نسخه { $needed } نمایش لازم دارد. این شمار، تفاوت { $difference } درصدی را در { $surely } مورد از ۱۰۰ مورد می‌یابد.
appeal-outcome-even = به اندازهٔ کافی دیده شده‌اند، و تفاوت هنوز می‌تواند تصادفی باشد.
appeal-outcome-better = نسخهٔ { $better } بهتر است: به اندازهٔ کافی دیده شده و در ۹۵ مورد از ۱۰۰ مورد چنین تفاوتی تصادفی نیست.
appeal-cut =
    { $count ->
        [one] { $count } نمایش در رگبار درخواست‌ها آمد و شمرده نشد.
       *[other] { $count } نمایش در رگبار درخواست‌ها آمد و شمرده نشد.
    }
appeal-chart = در کل { $total } نمایش؛ بیشترین در یک روزِ چهار هفتهٔ گذشته { $most }.
appeal-dates-hint = اگر خالی بماند، از شروع تا پس گرفتن نشان داده می‌شود.
appeal-form = فرم کوتاه زیر آن می‌آید: یک بار، ماهانه یا سالانه، و چه مبلغی
appeal-rest = «الان نه» درخواست‌ها را این چند روز دور نگه می‌دارد
appeal-rest-hint = فقط روی دستگاه خواننده. کسی که کمک می‌کند می‌تواند در فرم ۹۰ روز بخواهد؛ دستگاه دلیلش را ثبت نمی‌کند.
appeal-cap = حداکثر
appeal-cap-times = بار
appeal-cap-days = در چند روز
appeal-cap-hint = تنها روی دستگاه‌هایی شمرده می‌شود که خوانندگانشان خواسته‌اند چیزی به یاد بماند، و از همان هنگام. دیگران هر بار آن را می‌بینند.
appeal-goal = هدف
appeal-goal-amount = مبلغ
appeal-goal-currency = ارز
appeal-goal-from = شمارش از
appeal-goal-until = تا پایان
appeal-goal-hint = آنچه در این ماه‌ها به این ارز رسیده است. نوار هر ساعت تازه و رو به پایین تا یک‌صدم گرد می‌شود تا هیچ کمک تکی از آن خوانده نشود. تا چیزی نرسیده، نشان داده نمی‌شود.
appeal-preview-text = همان‌گونه که نوشته شده، در تازه‌ترین مطلب آن زبان، بی‌توجه به قاعده‌ها.
appeal-preview-look = به شکلی که دیده می‌شود روی

appeals-why-text = مطلبی را برگزینید و بگویید دستگاه خواننده چه می‌داند. درخواست‌ها به ترتیب سنجیده می‌شوند و هر قاعده بله یا نه می‌گوید.
why-story = مطلب
why-at = چه هنگام ({ $zone })
why-device = دستگاه چه می‌داند
why-device-text = اگر خالی بماند، دستگاه چیزی نمی‌داند: یعنی هر که دکمه‌ای نزده است.
why-country = کشور برگزیده
why-read = مطالب خوانده‌شده در این ماه
why-seen = چند بار در روزهای محدودیت نشان داده شده
why-drawn = عدد قرعه برای سهم، ۰ تا ۹۹
why-resting = «الان نه» زده شده، یا کسی در ۹۰ روز گذشته کمک کرده و این را خواسته است
why-ask = چرا؟
why-no-story = هنوز مطلبی منتشر نشده است.
why-shown = نشان داده می‌شود.
why-behind = همهٔ قاعده‌هایش برقرار است؛ دیگری پیش از آن می‌آید.
why-not-shown = نشان داده نمی‌شود.
why-yes = بله
why-no = نه
why-unknown = نامعلوم است، پس پاسخ خود قاعده
why-standing = در حال نمایش است
why-text = به این زبان متنی دارد
why-text-yes = خوانندگان متنی دارند.
why-text-no = خوانندگان متنی ندارند.
why-rest = می‌توان از خواننده خواست
why-rest-yes = چیزی خلاف آن نمی‌گوید.
why-rest-no = دستگاه آرامش می‌خواهد.
why-cap = نه بیش از اندازه
why-cap-text = حداکثر { $times } بار در { $days } روز

log-appeal-create = { $who } درخواست «{ $name }» را آغاز کرد.
log-appeal-settings = { $who } تنظیمات درخواست «{ $name }» را تغییر داد.
log-appeal-order = { $who } جای درخواست «{ $name }» را در ترتیب عوض کرد.
log-appeal-rules = { $who } قاعدهٔ «{ $rule }» از درخواست «{ $name }» را تغییر داد.
log-appeal-variant = { $who } نسخهٔ { $variant } از درخواست «{ $name }» را تغییر داد.
log-appeal-start = { $who } نمایش درخواست «{ $name }» را آغاز کرد.
log-appeal-show = { $who } تغییرهای درخواست «{ $name }» را به خوانندگان نشان داد.
log-appeal-withdraw = { $who } درخواست «{ $name }» را پس گرفت.
log-appeal-delete = { $who } پیش‌نویس درخواست «{ $name }» را حذف کرد.
