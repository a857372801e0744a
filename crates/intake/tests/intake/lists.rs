//! Lists of subscribers, as the other systems write them.

use std::path::{Path, PathBuf};

use intake::lists::{Error, Item, List, Rejected, State, System, sources};
use model::Week;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists").join(name)
}

/// What is read: `anna subscribed ru 2023-05-02`, by file and row.
fn read(system: System, path: &Path, said: Option<State>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for source in sources(system, path)?.0 {
        let mut list = List::open(system, &source, said)?;
        while let Some(item) = list.next_item().unwrap() {
            found.push(match item {
                Item::Row(row) => {
                    let name = row.address.strip_suffix("@canary.example").unwrap_or(&row.address);
                    let language = row.language.map(|language| format!(" {language}")).unwrap_or_default();
                    let since = row.since.map(|week| format!(" {}", day(week))).unwrap_or_default();
                    let policy = row.policy.map(|policy| format!(" {policy}")).unwrap_or_default();
                    format!("{name} {}{language}{since}{policy}", row.state.as_str())
                }
                Item::Rejected(line, why) => format!("{line} {}", why.as_str()),
            });
        }
        assert_eq!(list.progress().0, list.progress().1);
    }
    Ok(found)
}

/// The Monday with which a week begins.
fn day(week: Week) -> String {
    week.start().date_in(&jiff::tz::TimeZone::UTC).to_string()
}

/// A file with these lines.
fn file(name: &str, lines: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, lines.join("\n")).unwrap();
    (dir, path)
}

#[test]
fn listmonk_does_not_say_who_left_so_whoever_imports_has_to() {
    let path = fixture("listmonk.csv");
    let error = read(System::Listmonk, &path, None).unwrap_err().to_string();
    assert!(error.contains("subscription_status=confirmed") && error.contains("--state subscribed"), "{error}");
    let confirmed = [
        "anna subscribed ru 2023-05-01",
        "boris subscribed 2023-05-08",
        "clara unsubscribed 2023-05-15",
        "dora blocked 2023-05-22",
    ];
    assert_eq!(read(System::Listmonk, &path, Some(State::Subscribed)).unwrap(), confirmed);
    let left = read(System::Listmonk, &path, Some(State::Unsubscribed)).unwrap();
    assert!(left[0].starts_with("anna unsubscribed") && left[3].starts_with("dora blocked"), "{left:?}");
    let (_dir, own) = file(
        "subscribers.csv",
        &["email,status,subscription_status", "a@b.example,enabled,unconfirmed", "c@d.example,asleep,confirmed"],
    );
    assert_eq!(read(System::Listmonk, &own, None).unwrap(), ["a@b.example unconfirmed", "3 unknown-state"]);
}

#[test]
fn mailchimps_files_say_by_their_names_who_gets_mail_and_who_must_not_come_first() {
    let found = read(System::Mailchimp, &fixture("mailchimp"), None).unwrap();
    assert_eq!(
        found,
        [
            "egon bounced 2023-05-01",
            "fanny never-agreed",
            "clara unsubscribed 2023-05-01",
            "dora complained 2023-05-01",
            "anna subscribed pt-PT 2023-05-08",
            "boris subscribed 2023-05-01",
        ]
    );
    let (found, passed) = sources(System::Mailchimp, &fixture("mailchimp")).unwrap();
    assert_eq!((found.len(), passed), (4, vec!["sms_only_audience_export_3f2a.csv".to_owned()]));
}

#[test]
fn a_renamed_file_of_mailchimp_is_known_by_its_columns_or_not_at_all() {
    let copy = |name: &str| std::fs::read_to_string(fixture("mailchimp").join(name)).unwrap();
    let (_dir, left) = file("list.csv", &[&copy("unsubscribed_email_audience_export_3f2a.csv")]);
    assert_eq!(read(System::Mailchimp, &left, None).unwrap()[0], "clara unsubscribed 2023-05-01");
    let (_dir, cleaned) = file("list.csv", &[&copy("cleaned_email_audience_export_3f2a.csv")]);
    assert_eq!(read(System::Mailchimp, &cleaned, None).unwrap()[0], "egon bounced 2023-05-01");
    let (_dir, either) = file("list.csv", &[&copy("subscribed_email_audience_export_3f2a.csv")]);
    let error = read(System::Mailchimp, &either, None).unwrap_err().to_string();
    assert!(error.contains("keep the names") && error.contains("--state"), "{error}");
    assert!(read(System::Mailchimp, &either, Some(State::Unsubscribed)).unwrap()[0].starts_with("anna unsubscribed"));
    let status = [
        "Email Address,Status,UNSUB_REASON",
        "a@b.example,cleaned,",
        "c@d.example,pending,",
        "e@f.example,subscribed,",
        "g@h.example,unsubscribed,spam complaint",
        "i@j.example,transactional,",
        "k@l.example,gold,",
    ];
    let (_dir, status) = file("list.csv", &status);
    let wanted = [
        "a@b.example bounced",
        "c@d.example unconfirmed",
        "e@f.example subscribed",
        "g@h.example complained",
        "i@j.example never-agreed",
        "7 unknown-state",
    ];
    assert_eq!(read(System::Mailchimp, &status, None).unwrap(), wanted);
}

#[test]
fn what_forbids_mail_counts_more_than_the_name_of_a_file() {
    let lines = [
        "Email Address,UNSUB_TIME,CLEAN_TIME",
        "a@b.example,2024-01-01 00:00:00,",
        "c@d.example,,2024-01-01 00:00:00",
        "e@f.example,,",
    ];
    let (_dir, path) = file("subscribed_members_export_1.csv", &lines);
    let wanted = ["a@b.example unsubscribed", "c@d.example bounced", "e@f.example subscribed"];
    assert_eq!(read(System::Mailchimp, &path, None).unwrap(), wanted);
}

#[test]
fn ghost_tells_who_gets_mail_and_who_was_deleted() {
    let wanted = ["anna subscribed 2023-05-01", "clara unsubscribed 2023-05-08", "hans deleted 2023-05-15"];
    assert_eq!(read(System::Ghost, &fixture("ghost.csv"), None).unwrap(), wanted);
    let (_dir, older) = file("members.csv", &["email,name,labels", "a@b.example,A,"]);
    assert!(matches!(read(System::Ghost, &older, None), Err(Error::NoState(..))));
    assert_eq!(read(System::Ghost, &older, Some(State::Subscribed)).unwrap(), ["a@b.example subscribed"]);
    let (_dir, odd) = file("members.csv", &["email,subscribed_to_emails", "a@b.example,perhaps", "c@d.example,"]);
    assert_eq!(read(System::Ghost, &odd, None).unwrap(), ["2 unknown-state", "3 unknown-state"]);
}

#[test]
fn substack_tells_it_in_one_of_its_two_files() {
    let wanted = [
        "anna subscribed 2023-05-01",
        "boris subscribed 2023-05-08",
        "clara unsubscribed 2023-05-15",
        "4f9a@deletion-request.substack.com deleted 2023-05-22",
    ];
    assert_eq!(read(System::Substack, &fixture("substack"), None).unwrap(), wanted);
    let error = read(System::Substack, &fixture("substack-page.csv"), None).unwrap_err().to_string();
    assert!(error.contains("email_list.NAME.csv"), "{error}");
    let said = read(System::Substack, &fixture("substack-page.csv"), Some(State::Subscribed)).unwrap();
    assert_eq!(said, ["anna subscribed 2023-05-01", "boris subscribed 2023-05-08"]);
}

#[test]
fn mastheads_own_lists_come_back() {
    let wanted = [
        "anna subscribed ru 2023-05-08 privacy/en/3",
        "boris subscribed en 2023-05-01 privacy/en/2",
        "egon bounced en 2023-05-01",
    ];
    assert_eq!(read(System::Masthead, &fixture("own.csv"), None).unwrap(), wanted);
}

#[test]
fn a_file_of_another_kind_is_named_and_what_is_in_it_is_not_quoted() {
    for (system, name, part) in [
        (System::Ghost, "mailchimp/subscribed_email_audience_export_3f2a.csv", "looks like one of mailchimp"),
        (System::Mailchimp, "own.csv", ""),
        (System::Substack, "ghost.csv", "looks like one of ghost"),
        (System::Mailchimp, "ghost.csv", "looks like one of ghost"),
        (System::Masthead, "listmonk.csv", "looks like one of listmonk"),
        (System::Listmonk, "substack-page.csv", "looks like one of substack"),
        (System::Ghost, "substack/posts.csv", "its columns are post_id"),
    ] {
        let error = read(system, &fixture(name), None).unwrap_err().to_string();
        assert!(error.contains(part), "{name}: {error}");
    }
    let (_dir, headless) = file("members.csv", &["anna@canary.example,Anna", "boris@canary.example,Boris"]);
    let error = read(System::Ghost, &headless, None).unwrap_err().to_string();
    assert!(error.contains("no list of columns") && !error.contains("canary"), "{error}");
    let (_dir, zip) = file("export.zip", &["PK"]);
    assert!(read(System::Mailchimp, &zip, None).unwrap_err().to_string().contains("unpack"));
    let (_dir, empty) = file("members.csv", &[""]);
    assert!(read(System::Ghost, &empty, None).unwrap_err().to_string().contains("empty"));
    let wide: Vec<u8> = "\u{feff}email,subscribed_to_emails\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_dir, path) = file("members.csv", &[]);
    std::fs::write(&path, wide).unwrap();
    assert!(read(System::Ghost, &path, None).unwrap_err().to_string().contains("UTF-8"));
    assert!(matches!(read(System::Ghost, Path::new("/no/such/file"), None), Err(Error::Io(..))));
    let dir = tempfile::tempdir().unwrap();
    assert!(read(System::Mailchimp, dir.path(), None).unwrap_err().to_string().contains("no file in it"));
}

#[test]
fn rows_that_can_not_be_used_are_named_by_line_and_reading_goes_on() {
    let lines = [
        "email,subscribed_to_emails",
        "a@b.example,true",
        "",
        ",true",
        "\"c@d.example,true",
        "e@f.example",
        "g@h.example,true,more,and,more",
    ];
    let (_dir, path) = file("members.csv", &lines);
    let wanted =
        ["a@b.example subscribed", "4 no-address", "5 quote-not-closed", "6 unknown-state", "g@h.example subscribed"];
    assert_eq!(read(System::Ghost, &path, None).unwrap(), wanted);
    assert_eq!(Rejected::Short.as_str(), "row-too-short");
}

#[test]
fn names_places_and_ips_are_in_nothing_that_is_handed_out_and_addresses_are_not_printed() {
    let mut list =
        List::open(System::Mailchimp, &sources(System::Mailchimp, &fixture("mailchimp")).unwrap().0[3], None).unwrap();
    while let Some(item) = list.next_item().unwrap() {
        let text = format!("{item:?}");
        assert!(
            !["Canary", "canary", "192.0.2", "Riga", "VIP", "second line"].iter().any(|word| text.contains(word)),
            "{text}"
        );
    }
}
