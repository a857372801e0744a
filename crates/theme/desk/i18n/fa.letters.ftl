# خبرنامه‌ها و شماره‌های آن‌ها.
setting-reserve = نشانی‌های دیگر سایت
setting-reserve-hint = در هر سطر یکی، مانند https://mirror.example. خبرنامه‌ها آن‌ها را نام می‌برند، برای خوانندگانی که نشانی نخست در شبکهٔ آن‌ها بسته است.
setting-wrong-reserve = بیش از { $value } نشانی دیگر نمی‌توان داد.
journal-newsletter_changed = خبرنامه‌ای تغییر کرد
job-issue-due = فرستادن یا نگه داشتن شماره
job-issue-send = آغاز فرستادن شماره
job-issue-draft = ساختن پیش‌نویس شماره‌ها
