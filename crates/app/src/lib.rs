//! Use cases over one Newsroom.
