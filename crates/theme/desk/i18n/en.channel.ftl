channel-mail = E-mail
