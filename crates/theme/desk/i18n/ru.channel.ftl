channel-mail = Письмо
