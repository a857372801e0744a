//! What tests need: a newsroom on either database, a browser, a server to crawl.
