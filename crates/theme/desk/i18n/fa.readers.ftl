## خوانندگان
menu-readers = خوانندگان
readers-text = چه کسانی خبرنامه می‌گیرند، به صورت عدد. نشانی‌ها رمزشده‌اند و اینجا هیچ‌کس آن‌ها را نمی‌بیند.
readers-closed = کلیدها کنار گذاشته شده‌اند: اکنون نه کسی می‌تواند عضو شود و نه چیزی را تغییر دهد.
readers-waiting =
    { $count ->
        [one] { $count } خواننده که عضویتش را لغو کرده در انتظار کلیدهاست.
       *[other] { $count } خواننده که عضویتشان را لغو کرده‌اند در انتظار کلیدها هستند.
    }
readers-stuck =
    { $count ->
        [one] { $count } نامه به خوانندگان هنوز فرستاده نشده است:
       *[other] { $count } نامه به خوانندگان هنوز فرستاده نشده است. نخستین:
    }
readers-no-address = تحریریه نگفته سایتش کجاست؛ پس پیوندی نمی‌توان فرستاد و کسی نمی‌تواند عضو شود. نشانی را تنظیم کنید:
readers-no-policy = صفحهٔ منتشرشدهٔ «privacy» که خوانندگان بپذیرند وجود ندارد، به این زبان‌ها:
readers-by-week = عضویت‌ها هفته به هفته
readers-states = خواننده: { $active } نامه می‌گیرند، { $paused } متوقف کرده‌اند، { $bounced } در دسترس نیستند
readers-of = خبرنامه
readers-of-all = همه
readers-show = نمایش
readers-chart = اکنون { $now } عضویت. در ۲۶ هفتهٔ گذشته { $came } آمدند و { $gone } رفتند.
readers-week = هفته از
readers-came = آمدند
readers-gone = رفتند
readers-total = در پایان
readers-by-newsletter = به تفکیک خبرنامه
readers-newsletter = خبرنامه
readers-active = می‌گیرند
readers-paused = متوقف
readers-bounced = در دسترس نیستند
readers-languages = زبان‌ها
readers-no-newsletter = هنوز خبرنامه‌ای نیست.
readers-suppressed = نشانی‌هایی که چیزی به آن‌ها فرستاده نمی‌شود
readers-none-suppressed = هیچ.
suppressed-unsubscribed = عضویتشان را لغو کرده‌اند و هیچ فهرستی بازشان نمی‌گرداند
suppressed-asked = خواسته‌اند هرگز برایشان نوشته نشود
suppressed-complaint = نامه‌ای را هرزنامه خوانده‌اند
suppressed-bounce = چنین صندوقی وجود ندارد
suppressed-import = فهرستی که وارد شده چنین گفته است
readers-asked = کسی با نامه درخواست کرد
readers-asked-text = خوانندگان و کمک‌کنندگان همه چیز را با پیوند داخل هر نامه تغییر می‌دهند. برای کسانی که پیوند ندارند: نشانی را بنویسید و بگویید چه خواسته‌اند. کسی که پاک شود دیگر نه خبرنامه‌ای می‌گیرد و نه یادآوری، و کمک دوره‌ای‌اش پایان می‌یابد. نشانی نگه داشته نمی‌شود و گزارش نامی از آن نمی‌برد. اینکه شناخته شده بود یا نه گفته نمی‌شود.
readers-address = نشانی آنان
readers-wish = چه خواسته‌اند
readers-wish-fingerprint = پاک کردن همه چیز، جز اثری رمزشده تا هیچ فهرستی بازشان نگرداند
readers-wish-nothing = پاک کردن همه چیز و نگه نداشتن هیچ چیز
readers-wish-never = پاک کردن همه چیز و دیگر هرگز ننوشتن به این نشانی، هر که بخواهد
readers-wish-let-in = این نشانی بتواند دوباره عضو شود
readers-do = انجام بده
said-reader-done = اگر کاری بود، انجام شد.
reader-pledge-runs = همه چیز پاک شد جز کمکی که از این نشانی داده می‌شود: درگاه آن کمک دوره‌ای را پایان نداد و ادامه دارد. بعداً دوباره بخواهید یا نخست در خود درگاه پایانش دهید.
log-subscriber-erase = { $who } خواننده‌ای را که درخواست کرده بود پاک کرد.
log-subscriber-let_in = { $who } اجازه داد نشانی‌ای دوباره عضو شود.
