//! Connections: other programs that work with the newsroom.

pub mod webhooks;
