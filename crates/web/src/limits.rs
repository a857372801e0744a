//! Every limit of the server, as a number. What goes beyond one gets an answer that names it.

use std::time::Duration;

/// The longest address (path and query), in bytes; beyond it 414.
pub const ADDRESS_BYTES: usize = app::pages::MAX_TARGET;

/// The largest request head, in bytes; beyond it 431.
pub const HEAD_BYTES: usize = 16 << 10;

/// The most header fields of a request; beyond it 431.
pub const HEADERS: usize = 64;

/// The largest request body, in bytes; beyond it 413. Public pages read none but readers' forms.
pub const BODY_BYTES: u64 = 64 << 10;

/// Connections at one time; further ones wait to be accepted.
pub const CONNECTIONS: usize = 8192;

/// How long a request's head may take to arrive, and a kept-alive connection may rest between two requests.
pub const HEAD_TIME: Duration = Duration::from_secs(20);

/// How long a reader may take none of the bytes it asked for.
pub const STALL_TIME: Duration = Duration::from_secs(30);

/// How long an answer may take to make; beyond it 503.
pub const ANSWER_TIME: Duration = Duration::from_secs(30);

/// How long open requests have to finish when the server stops.
pub const STOP_TIME: Duration = Duration::from_secs(10);

/// Requests at one time on one HTTP/2 connection.
pub const STREAMS: u32 = 64;

/// The largest form of a reader, in bytes; beyond it 413.
pub const READER_FORM_BYTES: usize = 16 << 10;

/// The largest form of the desk, in bytes; beyond it 413.
pub const FORM_BYTES: usize = 256 << 10;

/// The largest form with an issue of a newsletter, in bytes; beyond it 413.
pub const ISSUE_BYTES: usize = 1 << 20;

/// The largest draft that the editor may send, in bytes; beyond it 413.
pub const DRAFT_BYTES: usize = 8 << 20;

/// The largest photo, in bytes; beyond it 413.
pub const PHOTO_BYTES: usize = 64 << 20;

/// How long an upload may take as a whole.
pub const UPLOAD_TIME: Duration = Duration::from_secs(600);
