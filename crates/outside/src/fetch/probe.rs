//! Whether something is at an address, without reading it.

use reqwest::header::ACCEPT;
use reqwest::{Client, Method, StatusCode};
use url::Url;

use super::{Fetch, FetchError, MAX_REDIRECTS, next_hop};

impl Fetch {
    /// The HTTP status at the end of an address's redirects. Asks with `HEAD`, and once more with `GET` where a server
    /// refuses that; a body is not read. The rules of [`Fetch::get`] hold: no private address, no cookie, no referrer.
    ///
    /// # Errors
    /// When there is no answer, or none is asked for.
    pub async fn probe(&self, address: &str) -> Result<u16, FetchError> {
        let client = self.client.get_or_try_init(|| async { self.make_client() }).await?;
        let mut url = Url::parse(address).map_err(|_| FetchError::Address { address: address.to_owned() })?;
        for _hop in 0..=MAX_REDIRECTS {
            self.check(&mut url)?;
            let mut response = ask(client, Method::HEAD, &url).await?;
            // Many servers answer HEAD with any error they have; only what they say to a reader counts.
            if response.status().is_client_error() || response.status() == StatusCode::NOT_IMPLEMENTED {
                response = ask(client, Method::GET, &url).await?;
            }
            match next_hop(&url, &response)? {
                Some(next) => url = next,
                None => return Ok(response.status().as_u16()),
            }
        }
        Err(FetchError::TooManyRedirects { address: address.to_owned(), limit: MAX_REDIRECTS })
    }
}

async fn ask(client: &Client, method: Method, url: &Url) -> Result<reqwest::Response, FetchError> {
    let request = client.request(method, url.clone()).header(ACCEPT, "text/html, */*");
    request.send().await.map_err(|error| FetchError::from_reqwest(url, error))
}
