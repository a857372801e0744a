//! Which mailbox provider a domain belongs to, by its name: what sending is throttled and counted by.

/// A mailbox provider with rules of its own, or one of all the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are names")]
pub enum Provider {
    Gmail,
    Microsoft,
    Yahoo,
    Apple,
    MailRu,
    Yandex,
    Proton,
    Gmx,
    Other,
}

impl Provider {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Gmail,
        Self::Microsoft,
        Self::Yahoo,
        Self::Apple,
        Self::MailRu,
        Self::Yandex,
        Self::Proton,
        Self::Gmx,
        Self::Other,
    ];

    /// The name in counts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gmail => "gmail",
            Self::Microsoft => "microsoft",
            Self::Yahoo => "yahoo",
            Self::Apple => "apple",
            Self::MailRu => "mailru",
            Self::Yandex => "yandex",
            Self::Proton => "proton",
            Self::Gmx => "gmx",
            Self::Other => "other",
        }
    }

    /// From the name in counts.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.as_str() == text)
    }

    /// Of a domain in lower case.
    #[must_use]
    pub fn of_domain(domain: &str) -> Self {
        match domain {
            "gmail.com" | "googlemail.com" => return Self::Gmail,
            "msn.com" | "passport.com" | "windowslive.com" => return Self::Microsoft,
            "ymail.com" | "rocketmail.com" | "myyahoo.com" | "aol.com" | "aol.de" | "aol.fr" | "aol.co.uk"
            | "aim.com" => {
                return Self::Yahoo;
            }
            "icloud.com" | "me.com" | "mac.com" => return Self::Apple,
            "mail.ru" | "bk.ru" | "list.ru" | "inbox.ru" | "internet.ru" | "xmail.ru" => return Self::MailRu,
            "ya.ru" | "narod.ru" => return Self::Yandex,
            "proton.me" | "protonmail.com" | "protonmail.ch" | "pm.me" => return Self::Proton,
            "web.de" => return Self::Gmx,
            _ => {}
        }
        // One name in many countries: `outlook.de`, `yahoo.co.jp`.
        let (name, country) = domain.split_once('.').unwrap_or((domain, ""));
        let national = matches!(country, "com" | "net")
            || country.len() == 2
            || country.strip_prefix("co.").or_else(|| country.strip_prefix("com.")).is_some_and(|end| end.len() == 2);
        match name {
            "outlook" | "hotmail" | "live" if national => Self::Microsoft,
            "yahoo" if national => Self::Yahoo,
            "yandex" if national => Self::Yandex,
            "gmx" if national => Self::Gmx,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_are_known_by_their_domains_in_every_country() {
        for (domain, provider) in [
            ("gmail.com", Provider::Gmail),
            ("outlook.com", Provider::Microsoft),
            ("hotmail.co.uk", Provider::Microsoft),
            ("live.nl", Provider::Microsoft),
            ("yahoo.co.jp", Provider::Yahoo),
            ("yahoo.com.br", Provider::Yahoo),
            ("aol.com", Provider::Yahoo),
            ("icloud.com", Provider::Apple),
            ("list.ru", Provider::MailRu),
            ("yandex.com.tr", Provider::Yandex),
            ("ya.ru", Provider::Yandex),
            ("pm.me", Provider::Proton),
            ("gmx.net", Provider::Gmx),
            ("web.de", Provider::Gmx),
            ("yahoo.evil.example", Provider::Other),
            ("live.example", Provider::Other),
            ("mygmail.com", Provider::Other),
        ] {
            assert_eq!(Provider::of_domain(domain), provider, "{domain}");
            assert_eq!(Provider::parse(provider.as_str()), Some(provider));
        }
    }
}
