//! The document in every channel: web, lite, text and feed.
