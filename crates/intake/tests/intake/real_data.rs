//! Real exports of others, which are not in this repository.

use std::path::PathBuf;

use intake::{Error, Sink};

use crate::common::Written;

type Reader = fn(&std::path::Path, &mut dyn Sink) -> Result<(), Error>;

#[test]
fn real_exports_are_read_to_their_end_and_every_item_is_accounted_for() {
    let Some(folder) = std::env::var_os("MASTHEAD_REAL_DATA").map(PathBuf::from) else {
        eprintln!("SKIPPED: MASTHEAD_REAL_DATA is not set, so no real export was read");
        return;
    };
    let exports: [(&str, Reader, usize); 4] = [
        ("wordpress/themeunittestdata.wordpress.xml", intake::wordpress::read, 180),
        ("wordpress/co-authors-plus.xml", intake::wordpress::read, 4),
        ("ghost/ghost.json", intake::ghost::read, 3),
        ("substack", intake::substack::read, 5),
    ];
    for (name, read, items) in exports {
        let mut written = Written::default();
        read(&folder.join(name), &mut written).unwrap();
        let found = |start: &str| written.0.lines().filter(|line| line.starts_with(start)).count();
        let skipped = |kind: &str| -> usize {
            let lines = written.0.lines().filter_map(|line| line.strip_prefix("SKIPPED "));
            lines
                .filter_map(|line| line.split_once("× "))
                .filter(|(_, rest)| rest.starts_with(kind))
                .filter_map(|(n, _)| n.parse::<usize>().ok())
                .sum()
        };
        let accounted = found("STORY ")
            + found("PAGE ")
            + found("PHOTO ")
            + skipped("post ")
            + skipped("attachment ")
            + skipped("nav_menu_item ");
        assert_eq!(accounted, items, "{name}");
        assert!(
            !written.0.contains("@gmail.com") && !written.0.contains("alice@example.com"),
            "{name} gives an address away"
        );
    }
}
