//! What the newsroom lives from: appeals to readers.

pub mod appeals;
