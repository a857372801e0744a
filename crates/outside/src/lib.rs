//! The world outside: object storage and fetching over HTTP, small traits beside their adapters.
