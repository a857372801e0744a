//! HTTP: the public site.
