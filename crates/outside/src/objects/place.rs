//! From the setting `objects` to an open place.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, RetryConfig};
use url::Url;

use super::{Objects, ObjectsError, key};

/// A request to a bucket that takes longer has failed.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// A service that does not take the connection for so long cannot be reached.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A failed request is tried again so many times.
const RETRIES: usize = 3;
/// All tries of one request together.
const RETRY_TIMEOUT: Duration = Duration::from_secs(60);

/// The keys of a bucket. They come from the environment and never from a file that is backed up.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The public part.
    pub access_key: Option<String>,
    /// The secret part.
    pub secret_key: Option<String>,
    /// The third part that temporary keys have.
    pub token: Option<String>,
}

impl Credentials {
    /// `MASTHEAD_S3_ACCESS_KEY`, `MASTHEAD_S3_SECRET_KEY`, `MASTHEAD_S3_TOKEN`, or else the names that AWS's tools use.
    #[must_use]
    pub fn from_env() -> Self {
        let read = |ours: &str, theirs: &str| {
            let value = std::env::var(ours).or_else(|_| std::env::var(theirs)).ok();
            value.filter(|value| !value.is_empty())
        };
        Self {
            access_key: read("MASTHEAD_S3_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
            secret_key: read("MASTHEAD_S3_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"),
            token: read("MASTHEAD_S3_TOKEN", "AWS_SESSION_TOKEN"),
        }
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}

pub(super) fn open(spec: &str, data: &FilePath, credentials: &Credentials) -> Result<Objects, ObjectsError> {
    match spec.split_once(':') {
        None if spec.trim().is_empty() => folder(data.join("objects")),
        Some(("file", dir)) if !dir.is_empty() => folder(data.join(dir.strip_prefix("//").unwrap_or(dir))),
        Some(("s3", _)) => bucket(spec, credentials),
        _ => Err(refuse(spec, "write `file:FOLDER` or `s3://bucket/prefix?endpoint=https://…&region=…`")),
    }
}

fn folder(dir: PathBuf) -> Result<Objects, ObjectsError> {
    let place = format!("the folder {}", dir.display());
    std::fs::create_dir_all(&dir).map_err(|source| ObjectsError::Folder { place: place.clone(), source })?;
    let store = LocalFileSystem::new_with_prefix(&dir)
        .map_err(|source| ObjectsError::from_store(&place, "open", "the folder", source))?
        .with_fsync(true);
    Ok(Objects::new(Arc::new(store), place, false))
}

/// What the query of an `s3://` setting may hold.
#[derive(Default)]
struct BucketOptions {
    endpoint: Option<String>,
    region: Option<String>,
    host_style: bool,
}

fn bucket(spec: &str, credentials: &Credentials) -> Result<Objects, ObjectsError> {
    let url = Url::parse(spec).map_err(|error| refuse(spec, &format!("it is not a URL ({error})")))?;
    let name = url.host_str().filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| refuse(spec, "the bucket's name is missing: `s3://bucket/prefix`"))?;
    let options = bucket_options(spec, &url)?;
    let at = options.endpoint.as_deref().unwrap_or("Amazon S3");
    let place = format!("the bucket {name} at {at}");
    let (Some(access_key), Some(secret_key)) = (&credentials.access_key, &credentials.secret_key) else {
        return Err(ObjectsError::NoCredentials { place });
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(options.region.as_deref().unwrap_or("us-east-1"))
        .with_access_key_id(access_key)
        .with_secret_access_key(secret_key)
        .with_virtual_hosted_style_request(options.host_style)
        .with_retry(RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_TIMEOUT, ..RetryConfig::default() })
        .with_client_options(client_options(options.endpoint.as_deref()));
    if let Some(endpoint) = &options.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    if let Some(token) = &credentials.token {
        builder = builder.with_token(token);
    }
    let store = builder.build().map_err(|source| ObjectsError::from_store(&place, "open", "the bucket", source))?;
    let prefix = url.path().trim_matches('/');
    if prefix.is_empty() {
        return Ok(Objects::new(Arc::new(store), place, true));
    }
    Ok(Objects::new(Arc::new(PrefixStore::new(store, key::path(prefix)?)), place, true))
}

fn bucket_options(spec: &str, url: &Url) -> Result<BucketOptions, ObjectsError> {
    let mut options = BucketOptions::default();
    for (name, value) in url.query_pairs() {
        match (&*name, &*value) {
            ("endpoint", value) if value.starts_with("http://") || value.starts_with("https://") => {
                options.endpoint = Some(value.trim_end_matches('/').to_owned());
            }
            ("endpoint", _) => return Err(refuse(spec, "the endpoint has to begin with https:// or http://")),
            ("region", value) => options.region = Some(value.to_owned()),
            ("style", "path") => options.host_style = false,
            ("style", "host") => options.host_style = true,
            ("style", _) => return Err(refuse(spec, "`style` is `path` or `host`")),
            (name, _) => {
                let why = format!("it has no option `{name}`; there are `endpoint`, `region` and `style`");
                return Err(refuse(spec, &why));
            }
        }
    }
    Ok(options)
}

fn client_options(endpoint: Option<&str>) -> ClientOptions {
    ClientOptions::new()
        .with_timeout(REQUEST_TIMEOUT)
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_allow_http(endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")))
}

fn refuse(spec: &str, why: &str) -> ObjectsError {
    ObjectsError::Spec { spec: spec.to_owned(), why: why.to_owned() }
}
