//! Where the desk is. Passkeys and cookies are bound to a host, so it is in one place only.

use http::{HeaderMap, header};
use url::Url;

/// The place of a desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// `http://localhost` at whatever port is asked: nobody but this machine, and who tunnels to it, gets there.
    #[default]
    Localhost,
    /// At an address of its own or the site's: `https://desk.example`.
    At(Url),
    /// Not here: another listener has it.
    Elsewhere,
}

/// Whether a request came to the right place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Here.
    Here,
    /// This machine, by a number that passkeys can't be bound to; `localhost` is meant.
    ByNumber,
    /// Anywhere else.
    Nowhere,
}

impl Place {
    /// Reads an address from the configuration.
    ///
    /// # Errors
    /// In words, when browsers would not use passkeys there.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wanted = "write it like https://desk.example, without a path";
        let url = Url::parse(text).map_err(|error| format!("`{text}` is not an address ({error}); {wanted}"))?;
        let host = url.domain().ok_or_else(|| format!("`{text}` has no host name, and passkeys need one; {wanted}"))?;
        if url.path() != "/" || url.query().is_some() {
            return Err(format!("`{text}` has a path; {wanted}"));
        }
        match url.scheme() {
            "https" => Ok(Self::At(url)),
            "http" if host == "localhost" => Ok(Self::At(url)),
            other => Err(format!("`{text}` begins with {other}: browsers use passkeys over https only; {wanted}")),
        }
    }

    /// Judges a request by its `Host`.
    pub(crate) fn judge(&self, host: &str) -> Asked {
        let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        let name = name.map_or(host, |(name, _)| name);
        match self {
            Self::Localhost if name == "localhost" => Asked::Here,
            Self::Localhost if matches!(name, "127.0.0.1" | "[::1]") => Asked::ByNumber,
            Self::At(url) if authority(url).eq_ignore_ascii_case(host) => Asked::Here,
            Self::Localhost | Self::At(_) | Self::Elsewhere => Asked::Nowhere,
        }
    }

    /// The origin as browsers name it, for a request that was judged [`Asked::Here`].
    pub(crate) fn origin(&self, host: &str) -> Url {
        match self {
            Self::At(url) => url.clone(),
            Self::Localhost | Self::Elsewhere => Url::parse(&format!("http://{host}/")).unwrap_or_else(|_| fallback()),
        }
    }

    /// Whether pages come over TLS.
    pub(crate) fn secure(&self) -> bool {
        matches!(self, Self::At(url) if url.scheme() == "https")
    }
}

/// `http://localhost/`, which always parses.
fn fallback() -> Url {
    #[expect(clippy::expect_used, reason = "a constant")]
    Url::parse("http://localhost/").expect("a constant address")
}

/// Host, and port when it is not the scheme's own: as browsers send it.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The host that a request names.
pub(crate) fn host<B>(request: &http::Request<B>) -> String {
    let authority = request.uri().authority().map(http::uri::Authority::as_str);
    authority.or_else(|| of(request.headers())).unwrap_or_default().to_owned()
}

fn of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_address_the_desk_is_on_this_machine_only() {
        let place = Place::default();
        assert_eq!(place.judge("localhost:8080"), Asked::Here);
        assert_eq!(place.judge("127.0.0.1:8080"), Asked::ByNumber);
        assert_eq!(place.judge("[::1]:8080"), Asked::ByNumber);
        for other in ["news.example", "localhost.evil.example", "", "localhost:8080:9"] {
            assert_eq!(place.judge(other), Asked::Nowhere, "{other}");
        }
    }

    #[test]
    fn with_an_address_the_desk_is_there_only() {
        let place = Place::parse("https://desk.example").unwrap();
        assert_eq!(place.judge("desk.example"), Asked::Here);
        assert_eq!(place.judge("localhost:8080"), Asked::Nowhere);
        assert_eq!(place.judge("desk.example:8443"), Asked::Nowhere);
        assert!(place.secure());
    }

    #[test]
    fn an_address_where_passkeys_could_not_work_is_refused_in_words() {
        for bad in ["desk.example", "http://desk.example", "https://10.0.0.1", "https://desk.example/desk", "ftp://x.y"]
        {
            assert!(Place::parse(bad).unwrap_err().contains("https://desk.example"), "{bad}");
        }
    }
}
