channel-mail = ایمیل
