//! Newsletters, their issues, links that show one, and reads that a suggestion is made of.

use model::{
    Extent, Issue, IssueContent, IssueId, IssueState, Language, Newsletter, NewsletterId, NewsletterSettings, Pick,
    Slug, StoryId, Timestamp,
};
use store::*;

use crate::{Maker, both_backends, noon};

const DAY: i64 = 24 * 3_600_000;

fn on(day: i64) -> Timestamp {
    noon().plus_millis(day * DAY)
}

fn newsletter(make: &Maker, slug: &str) -> Newsletter {
    Newsletter {
        id: NewsletterId::new(make.tick(), &make.chance),
        slug: Slug::new(slug).unwrap(),
        language: Language::english(),
        position: 0,
        active: true,
        made_at: noon(),
        settings: NewsletterSettings { name: "The week".to_owned(), ..NewsletterSettings::default() },
    }
}

fn issue(make: &Maker, of: &Newsletter, number: i64, due_at: Option<Timestamp>) -> Issue {
    Issue {
        id: IssueId::new(make.tick(), &make.chance),
        newsletter: of.id,
        number,
        state: IssueState::Draft,
        why: None,
        slot: due_at,
        due_at,
        version: 1,
        saved: (noon(), "masthead".to_owned()),
        approved: None,
        frozen_at: None,
        frozen: 0,
        ended_at: None,
        path: None,
        content: IssueContent { subject: "Nine days".to_owned(), ..IssueContent::default() },
    }
}

/// A newsletter with one issue.
async fn begun(tx: &mut Tx, make: &Maker) -> (Newsletter, Issue) {
    let weekly = newsletter(make, "weekly");
    newsletter_insert(tx, &weekly).await.unwrap();
    let first = issue(make, &weekly, 1, Some(on(7)));
    assert!(issue_insert(tx, &first).await.unwrap());
    (weekly, first)
}

#[tokio::test]
async fn newsletters_keep_their_order_and_no_two_have_one_address() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (mut weekly, daily) = (newsletter(&make, "weekly"), newsletter(&make, "daily"));
        newsletter_insert(&mut tx, &weekly).await.unwrap();
        newsletter_insert(&mut tx, &daily).await.unwrap();
        (weekly.position, weekly.active) = (5, false);
        weekly.settings.draft_hours = 12;
        assert!(newsletter_update(&mut tx, &weekly).await.unwrap());
        assert_eq!(newsletter_all(&mut tx).await.unwrap(), [daily.clone(), weekly.clone()]);
        assert_eq!(newsletter_by_id(&mut tx, daily.id).await.unwrap(), Some(daily.clone()));
        assert_eq!(newsletter_by_slug(&mut tx, "weekly").await.unwrap(), Some(weekly));
        assert_eq!(newsletter_sizes(&mut tx).await.unwrap().len(), 0);
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let double = newsletter_insert(&mut tx, &newsletter(&make, "daily")).await.unwrap_err();
        assert!(matches!(double, Error::Taken { .. }), "{double}");
    })
    .await;
}

#[tokio::test]
async fn one_time_has_one_draft_whoever_makes_it_first() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (weekly, first) = begun(&mut tx, &make).await;
        assert!(!issue_insert(&mut tx, &issue(&make, &weekly, 2, Some(on(7)))).await.unwrap(), "made twice");
        // What is sent by hand has no time, and there may be several.
        assert!(issue_insert(&mut tx, &issue(&make, &weekly, 2, None)).await.unwrap());
        assert!(issue_insert(&mut tx, &issue(&make, &weekly, 3, None)).await.unwrap());
        assert_eq!(issue_at(&mut tx, weekly.id, on(7)).await.unwrap(), Some(first.clone()));
        assert_eq!(issue_by_id(&mut tx, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(issue_next_number(&mut tx, weekly.id).await.unwrap(), 4);
        assert_eq!(issue_total(&mut tx, weekly.id).await.unwrap(), 3);
        let numbers = |issues: Vec<Issue>| issues.into_iter().map(|issue| issue.number).collect::<Vec<_>>();
        assert_eq!(numbers(issue_list(&mut tx, weekly.id, 2, 0).await.unwrap()), [3, 2]);
        assert_eq!(numbers(issue_under_way(&mut tx).await.unwrap()), [1, 2, 3], "what has a time is not first");
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let taken = issue_insert(&mut tx, &issue(&make, &weekly, 2, Some(on(14)))).await.unwrap_err();
        assert!(matches!(taken, Error::Taken { .. }), "{taken}");
    })
    .await;
}

#[tokio::test]
async fn a_save_names_the_version_that_it_changes_and_changes_nothing_approved() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (_, first) = begun(&mut tx, &make).await;
        let pick = Pick {
            story: StoryId::new(noon(), &make.chance),
            note: "«یادداشت»".to_owned(),
            extent: Extent::Whole,
            reasons: vec![model::Reason::Front { place: 1 }],
            at: noon(),
        };
        let content = IssueContent { picks: vec![pick], ..first.content.clone() };
        assert!(issue_save(&mut tx, first.id, 1, &content, on(1), "anna").await.unwrap());
        assert!(!issue_save(&mut tx, first.id, 1, &first.content, on(1), "bert").await.unwrap(), "written over");
        let saved = issue_by_id(&mut tx, first.id).await.unwrap().unwrap();
        assert_eq!((saved.version, saved.saved, saved.content), (2, (on(1), "anna".to_owned()), content.clone()));
        assert!(!issue_approve(&mut tx, first.id, 1, on(2), "bert").await.unwrap(), "approved what nobody saw");
        assert!(issue_approve(&mut tx, first.id, 2, on(2), "bert").await.unwrap());
        assert!(!issue_approve(&mut tx, first.id, 2, on(2), "bert").await.unwrap());
        assert!(!issue_save(&mut tx, first.id, 2, &content, on(3), "anna").await.unwrap(), "changed what is approved");
        let approved = issue_by_id(&mut tx, first.id).await.unwrap().unwrap();
        assert_eq!((approved.state, approved.approved), (IssueState::Approved, Some((on(2), "bert".to_owned()))));
    })
    .await;
}

#[tokio::test]
async fn an_issue_goes_only_where_its_way_leads_and_once() {
    both_backends(async |store| {
        use IssueState::{Approved, Cancelled, Draft, Held, Sending, Sent};
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (weekly, first) = begun(&mut tx, &make).await;
        let id = first.id;
        assert!(!issue_move(&mut tx, id, Draft, Sending, None, on(1)).await.unwrap(), "sent without an approval");
        assert!(issue_move(&mut tx, id, Draft, Held, Some("unapproved"), on(1)).await.unwrap());
        assert!(
            !issue_move(&mut tx, id, Draft, Held, Some("late"), on(1)).await.unwrap(),
            "moved from where it was not"
        );
        let held = issue_held(&mut tx).await.unwrap();
        assert_eq!((held.len(), held[0].why.as_deref()), (1, Some("unapproved")));
        assert!(issue_approve(&mut tx, id, 1, on(2), "anna").await.unwrap());
        assert_eq!(issue_by_id(&mut tx, id).await.unwrap().unwrap().why, None);
        assert!(issue_move(&mut tx, id, Approved, Draft, None, on(2)).await.unwrap());
        assert_eq!(issue_by_id(&mut tx, id).await.unwrap().unwrap().approved, None, "an old approval stands");
        assert!(issue_approve(&mut tx, id, 1, on(2), "anna").await.unwrap());
        assert!(issue_move(&mut tx, id, Approved, Sending, None, on(3)).await.unwrap());
        assert!(!issue_time(&mut tx, id, Some(on(9))).await.unwrap(), "what is sent got another time");
        assert!(issue_move(&mut tx, id, Sending, Sent, None, on(4)).await.unwrap());
        let sent = issue_by_id(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((sent.ended_at, sent.approved), (Some(on(4)), Some((on(2), "anna".to_owned()))));
        // But what is uncertain of it may be sent on.
        for to in IssueState::ALL.into_iter().filter(|to| *to != Sending) {
            assert!(!issue_move(&mut tx, id, Sent, to, None, on(5)).await.unwrap(), "what was sent became {to:?}");
        }
        let second = issue(&make, &weekly, 2, Some(on(14)));
        issue_insert(&mut tx, &second).await.unwrap();
        assert!(issue_move(&mut tx, second.id, Draft, Cancelled, None, on(5)).await.unwrap());
        assert_eq!(issue_under_way(&mut tx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_was_given_up_leaves_no_gap_in_the_numbers() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (weekly, first) = begun(&mut tx, &make).await;
        issue_unnumber(&mut tx, first.id).await.unwrap();
        issue_unnumber(&mut tx, first.id).await.unwrap();
        assert_eq!(issue_next_number(&mut tx, weekly.id).await.unwrap(), 1);
        let second = issue(&make, &weekly, 1, Some(on(14)));
        issue_insert(&mut tx, &second).await.unwrap();
        issue_unnumber(&mut tx, second.id).await.unwrap();
        let numbers: Vec<i64> =
            issue_list(&mut tx, weekly.id, 9, 0).await.unwrap().iter().map(|issue| issue.number).collect();
        assert_eq!(numbers, [-2, -1]);
        assert_eq!(issue_next_number(&mut tx, weekly.id).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_issue_goes_out_at_another_time_and_still_stands_for_its_date() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (weekly, first) = begun(&mut tx, &make).await;
        assert!(issue_time(&mut tx, first.id, Some(on(8))).await.unwrap());
        assert!(!issue_insert(&mut tx, &issue(&make, &weekly, 2, Some(on(7)))).await.unwrap(), "postponed, made again");
        assert!(issue_time(&mut tx, first.id, None).await.unwrap());
        assert_eq!(issue_by_id(&mut tx, first.id).await.unwrap().unwrap().due_at, None);
        let second = issue(&make, &weekly, 2, Some(on(14)));
        issue_insert(&mut tx, &second).await.unwrap();
        assert!(issue_slot(&mut tx, second.id, on(12)).await.unwrap());
        let moved = issue_by_id(&mut tx, second.id).await.unwrap().unwrap();
        assert_eq!((moved.slot, moved.due_at), (Some(on(12)), Some(on(12))));
        let taken = issue_slot(&mut tx, second.id, on(7)).await.unwrap_err();
        assert!(matches!(taken, Error::Taken { .. }), "{taken}");
    })
    .await;
}

#[tokio::test]
async fn the_archive_has_what_was_placed_in_it_and_the_latest_first() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (weekly, first) = begun(&mut tx, &make).await;
        let mut ids = vec![first.id];
        for number in 2..=3 {
            let more = issue(&make, &weekly, number, Some(on(7 * number)));
            issue_insert(&mut tx, &more).await.unwrap();
            ids.push(more.id);
        }
        for (number, id) in (1..).zip(&ids[..2]) {
            issue_place(&mut tx, *id, Some(&format!("/newsletter/weekly/{number}/"))).await.unwrap();
        }
        let public = issue_public(&mut tx, weekly.id, 10, 0).await.unwrap();
        assert_eq!(public.iter().map(|issue| issue.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(issue_public_count(&mut tx, weekly.id).await.unwrap(), 2);
        assert_eq!(issue_public_of_all(&mut tx).await.unwrap()[&weekly.id], 2);
        assert_eq!(issue_by_path(&mut tx, "/newsletter/weekly/1/").await.unwrap().unwrap().id, first.id);
        assert_eq!(issue_by_number(&mut tx, weekly.id, 3).await.unwrap().unwrap().id, ids[2]);
        for (number, before, after) in [(1, None, Some(2)), (2, Some(1), None), (3, Some(2), None)] {
            let (older, newer) = issue_neighbours(&mut tx, weekly.id, number).await.unwrap();
            assert_eq!((older.map(|issue| issue.number), newer.map(|issue| issue.number)), (before, after), "{number}");
        }
        issue_place(&mut tx, first.id, None).await.unwrap();
        assert_eq!(issue_by_path(&mut tx, "/newsletter/weekly/1/").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_mail_of_each_form_is_kept_as_it_is() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (_, first) = begun(&mut tx, &make).await;
        issue_mail_set(&mut tx, first.id, "full", b"old").await.unwrap();
        issue_mail_set(&mut tx, first.id, "full", b"\0{{unsubscribe}}\xff").await.unwrap();
        issue_mail_set(&mut tx, first.id, "headlines", b"h").await.unwrap();
        assert_eq!(
            issue_mail(&mut tx, first.id, "full").await.unwrap().as_deref(),
            Some(&b"\0{{unsubscribe}}\xff"[..])
        );
        assert_eq!(issue_mail(&mut tx, first.id, "plain").await.unwrap(), None);
        assert_eq!(issue_mail_forms(&mut tx, first.id).await.unwrap(), ["full", "headlines"]);
    })
    .await;
}

#[tokio::test]
async fn a_link_shows_an_issue_until_it_ends_or_is_taken_back() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (_, first) = begun(&mut tx, &make).await;
        let link = |hash: &str, days| IssueLink {
            hash: hash.to_owned(),
            issue: first.id,
            made_by: "anna".to_owned(),
            made_at: noon(),
            ends_at: on(days),
        };
        issue_link_insert(&mut tx, &link("a", 1)).await.unwrap();
        issue_link_insert(&mut tx, &link("b", 3)).await.unwrap();
        assert_eq!(issue_link_by_hash(&mut tx, "a", noon()).await.unwrap(), Some(link("a", 1)));
        assert_eq!(issue_link_by_hash(&mut tx, "a", on(1)).await.unwrap(), None);
        assert_eq!(issue_link_list(&mut tx, first.id, noon()).await.unwrap(), [link("b", 3), link("a", 1)]);
        assert!(issue_link_remove(&mut tx, first.id, "b").await.unwrap());
        assert!(!issue_link_remove(&mut tx, first.id, "b").await.unwrap());
        assert!(!dump::TABLES.contains(&"issue_link"), "what opens a door lies in backups");
    })
    .await;
}

#[tokio::test]
async fn after_a_restore_nothing_goes_out_by_itself() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (_, first) = begun(&mut tx, &make).await;
        issue_approve(&mut tx, first.id, 1, noon(), "anna").await.unwrap();
        assert_eq!(issue_hold_restored(&mut tx).await.unwrap(), 1);
        let held = issue_by_id(&mut tx, first.id).await.unwrap().unwrap();
        assert_eq!((held.state, held.why.as_deref(), held.approved), (IssueState::Held, Some("restored"), None));
    })
    .await;
}

#[tokio::test]
async fn reads_are_added_up_over_days() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (one, two, three) = (make.story("one"), make.story("two"), make.story("three"));
        for story in [&one, &two, &three] {
            story_insert(&mut tx, story).await.unwrap();
        }
        for (day, reads) in [(10, 1), (11, 20), (12, 300), (13, 4000)] {
            read_day_add(&mut tx, day, &[(one.id, reads), (two.id, 1)]).await.unwrap();
        }
        let sums = read_day_sums(&mut tx, 11, 12, &[one.id, two.id, three.id]).await.unwrap();
        assert_eq!((sums.get(&one.id), sums.get(&two.id), sums.get(&three.id)), (Some(&320), Some(&2), None));
        assert_eq!(read_day_sums(&mut tx, 11, 12, &[]).await.unwrap().len(), 0);
    })
    .await;
}
