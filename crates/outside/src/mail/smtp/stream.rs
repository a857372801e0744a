//! Bytes to and from a relay, encrypted or not, and how far the writing of a mail came.

use std::io::{self, IoSlice};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// What ends a mail, after the line end of its last line.
const DOT: &[u8] = b".\r\n";

/// A connection's bytes.
pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Appends what comes next; 0 when there is nothing more.
    pub(super) async fn read(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read_buf(into).await,
            Self::Tls(stream) => stream.read_buf(into).await,
        }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes).await,
            Self::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    /// Writes a mail and the dot that ends it. `ended` becomes true before any byte of the dot can have left.
    ///
    /// On a bare socket both go in one call, and what the kernel took is counted. Under TLS it is not known what left when a
    /// write fails, so that the dot is a write of its own.
    pub(super) async fn write_mail(&mut self, mail: &[u8], ended: &mut bool) -> io::Result<()> {
        match self {
            Self::Plain(stream) => {
                let mut done = 0;
                while done < mail.len() {
                    let slices = [IoSlice::new(&mail[done..]), IoSlice::new(DOT)];
                    let taken = stream.write_vectored(&slices).await?;
                    if taken == 0 {
                        return Err(io::ErrorKind::WriteZero.into());
                    }
                    done += taken;
                    *ended = done > mail.len();
                }
                let rest = &DOT[done - mail.len()..];
                if rest.len() == DOT.len() {
                    // Nothing of the dot has left, and a write that fails takes nothing.
                    let taken = stream.write(rest).await?;
                    *ended = taken > 0;
                    return stream.write_all(&rest[taken..]).await;
                }
                stream.write_all(rest).await
            }
            Self::Tls(stream) => {
                stream.write_all(mail).await?;
                stream.flush().await?;
                *ended = true;
                stream.write_all(DOT).await?;
                stream.flush().await
            }
        }
    }
}
