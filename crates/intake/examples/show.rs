//! Shows what a reader makes of an export: `cargo run -p intake --example show -- wordpress FILE`.

#[path = "../tests/intake/common.rs"]
mod common;

use std::path::Path;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (system, path) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let (path, mut written) = (Path::new(&path), common::Written::default());
    let told = match system.as_str() {
        "wordpress" => intake::wordpress::read(path, &mut written),
        "ghost" => intake::ghost::read(path, &mut written),
        "substack" => intake::substack::read(path, &mut written),
        "markdown" => intake::markdown::read(path, &mut written),
        _ => {
            eprintln!("usage: show wordpress|ghost|substack|markdown PATH");
            return;
        }
    };
    print!("{}", written.0);
    if let Err(error) = told {
        eprintln!("{error}");
    }
}
