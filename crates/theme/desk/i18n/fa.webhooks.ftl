## وب‌هوک‌ها
webhooks = وب‌هوک‌ها
webhooks-text = برنامه‌های دیگر بی‌درنگ باخبر می‌شوند که مطلبی منتشر شده یا تغییر کرده است. هر پیام امضا دارد تا گیرنده بداند از شماست.
webhook-made = امضاها با این رمز بررسی می‌شوند. آن را به برنامهٔ گیرنده بدهید؛ دوباره نشان داده نمی‌شود. نشانی:
webhook-secret = رمز
webhook-is-on = کار می‌کند
webhook-is-failing = نمی‌رسد
webhook-is-off = خاموش
webhook-fails-since = از این زمان چیزی به آن نرسیده است:
webhook-off-since = خاموش شد، چون از این زمان چیزی به آن نرسیده بود:
webhook-ping = فرستادن پیام آزمایشی
webhook-pause = خاموش کردن
webhook-resume = روشن کردن
sure-webhook-remove = این وب‌هوک با سابقهٔ پیام‌هایش حذف شود؟
webhook-messages = پیام‌های اخیر
webhook-when = زمان
webhook-what = دربارهٔ
webhook-attempts = تلاش‌ها
webhook-answer = پاسخ
webhook-again = فرستادن دوباره
webhook-new = وب‌هوک تازه
webhook-url = نشانی
webhook-tells = خبر بده وقتی مطلبی
webhook-make = ساختن وب‌هوک
webhook-rules =
    { $days ->
        [one] آنچه نرسد تا سه روز دوباره فرستاده می‌شود. وب‌هوکی که { $days } روز چیزی به آن نرسد خاموش می‌شود.
       *[other] آنچه نرسد تا سه روز دوباره فرستاده می‌شود. وب‌هوکی که { $days } روز چیزی به آن نرسد خاموش می‌شود.
    }
event-story-published = منتشر شد
event-story-updated = به‌روز شد
event-story-corrected = تصحیح شد
event-story-withdrawn = پس گرفته شد
event-ping = آزمایش
message-waiting = در انتظار
message-delivered = رسید
message-given_up = رها شد
said-ping-sent = پیام آزمایشی در راه است. کمی بعد صفحه را دوباره باز کنید تا ببینید رسیده است یا نه.
said-webhook-on = روشن شد.
said-webhook-off = خاموش شد.
said-webhook-removed = حذف شد.
said-message-again = دوباره فرستاده می‌شود. کمی بعد صفحه را دوباره باز کنید.
