use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{AppealId, Currency, Money, Month, SectionId};

const NOON: Timestamp = Timestamp::from_millis_const(1_750_000_000_000);
const HOUR: i64 = 3_600_000;

fn appeal(rules: Vec<Test>) -> Appeal {
    let rules = rules.into_iter().map(|test| Rule { name: test.kind().to_owned(), test }).collect();
    let settings = AppealSettings { rules, ..AppealSettings::default() };
    let (id, kind, state) = (AppealId(Uuid::nil()), AppealKind::End, AppealState::Started);
    Appeal { id, kind, position: 0, state, made_at: NOON, settings }
}

fn section(number: u128) -> SectionId {
    SectionId(Uuid::from_u128(number))
}

fn shown(appeal: &Appeal, place: &Place<'_>, memory: &Memory) -> bool {
    judge(appeal, true, place, NOON, memory).iter().all(|verdict| verdict.answer.holds)
}

fn why_not(appeal: &Appeal, place: &Place<'_>, memory: &Memory) -> Option<Step> {
    judge(appeal, true, place, NOON, memory).into_iter().find(|verdict| !verdict.answer.holds).map(|one| one.step)
}

#[test]
fn an_appeal_stands_where_its_rules_hold_and_the_first_that_does_not_is_why() {
    let (world, english) = (section(1), Language::english());
    let appeal = appeal(vec![
        Test::Section { any: vec![world], except: false },
        Test::Country { any: vec!["DE".to_owned()], unknown: true },
        Test::Read { least: 3, most: Some(10), unknown: false },
    ]);
    let here = Place { sections: &[section(2), world], topics: &[], language: &english };
    let elsewhere = Place { sections: &[section(2)], ..here };
    let reader = Memory { read: Some(3), country: Some("DE".to_owned()), ..Memory::default() };
    assert!(shown(&appeal, &here, &reader));
    assert_eq!(why_not(&appeal, &elsewhere, &reader), Some(Step::Rule(0)));
    assert_eq!(
        why_not(&appeal, &here, &Memory { country: Some("FR".to_owned()), ..reader.clone() }),
        Some(Step::Rule(1))
    );
    assert_eq!(why_not(&appeal, &here, &Memory { read: Some(11), ..reader.clone() }), Some(Step::Rule(2)));
    assert_eq!(why_not(&appeal, &here, &Memory { read: None, ..reader.clone() }), Some(Step::Rule(2)));
    assert_eq!(why_not(&appeal, &here, &Memory { resting: true, ..reader }), Some(Step::Rest));
    assert!(appeal.fits(&here, NOON) && !appeal.fits(&elsewhere, NOON) && !appeal.for_anybody());
}

#[test]
fn dates_begin_with_their_moment_and_end_before_it() {
    let mut own = appeal(vec![]);
    own.settings.from = Some(NOON);
    own.settings.until = Some(NOON.plus_millis(HOUR));
    let at = |millis| own.standing(NOON.plus_millis(millis));
    assert_eq!(at(-1), AppealStanding::Waiting);
    assert_eq!((at(0), at(HOUR - 1)), (AppealStanding::Running, AppealStanding::Running));
    assert_eq!(at(HOUR), AppealStanding::Ended);
    own.settings
        .rules
        .push(Rule { name: String::new(), test: Test::Dates { from: Some(NOON.plus_millis(5)), until: None } });
    let turns: Vec<i64> = own.turns(NOON).iter().map(|at| at.as_millis() - NOON.as_millis()).collect();
    assert_eq!(turns, [5, HOUR]);
    own.state = AppealState::Withdrawn;
    assert_eq!(at_state(&own), AppealStanding::Withdrawn);
}

fn at_state(appeal: &Appeal) -> AppealStanding {
    appeal.standing(NOON)
}

#[test]
fn a_share_is_drawn_and_without_script_nobody_is_drawn() {
    let english = Language::english();
    let place = Place { sections: &[], topics: &[], language: &english };
    let tenth = appeal(vec![Test::Share { percent: 10 }]);
    let drawn = |drawn| Memory { drawn: Some(drawn), ..Memory::default() };
    assert!(shown(&tenth, &place, &drawn(9)) && !shown(&tenth, &place, &drawn(10)));
    assert!(!shown(&tenth, &place, &Memory::default()) && !tenth.for_anybody());
}

#[test]
fn a_cap_counts_only_on_a_device_that_remembers() {
    let english = Language::english();
    let place = Place { sections: &[], topics: &[], language: &english };
    let mut own = appeal(vec![]);
    own.settings.cap = Some(Cap { times: 2, days: 7 });
    let seen = |seen| Memory { seen, ..Memory::default() };
    assert!(shown(&own, &place, &seen(None)) && shown(&own, &place, &seen(Some(1))));
    assert_eq!(why_not(&own, &place, &seen(Some(2))), Some(Step::Cap));
    assert!(own.for_anybody() && own.asks_device());
}

#[test]
fn what_is_stored_is_read_back_and_old_settings_too() {
    let mut own = appeal(vec![
        Test::Topic { any: vec![], except: true },
        Test::Language { any: vec![Language::english()] },
        Test::Share { percent: 50 },
    ]);
    own.settings.goal = Some(Goal { amount: Money::whole(5_000, Currency::EUR), from: Month(670), until: Month(671) });
    let json = serde_json::to_string(&own.settings).unwrap();
    assert_eq!(serde_json::from_str::<AppealSettings>(&json).unwrap(), own.settings);
    assert_eq!(serde_json::from_str::<AppealSettings>("{}").unwrap(), AppealSettings::default());
}

fn tests() -> impl Strategy<Value = Test> {
    let flag = any::<bool>();
    prop_oneof![
        (prop::collection::vec(0..4_u128, 0..3), flag)
            .prop_map(|(ids, except)| Test::Section { any: ids.into_iter().map(section).collect(), except }),
        any::<bool>()
            .prop_map(|english| Test::Language { any: if english { vec![Language::english()] } else { vec![] } }),
        (-3..3_i64, 0..3_i64).prop_map(|(from, more)| Test::Dates {
            from: Some(NOON.plus_millis(from)),
            until: Some(NOON.plus_millis(from + more))
        }),
        any::<bool>().prop_map(|unknown| Test::Country { any: vec!["DE".to_owned()], unknown }),
        (0..4_u32, any::<bool>()).prop_map(|(least, unknown)| Test::Read { least, most: None, unknown }),
        (1..=100_u8).prop_map(|percent| Test::Share { percent }),
    ]
}

fn memories() -> impl Strategy<Value = Memory> {
    (
        any::<bool>(),
        prop::option::of(0..4_u32),
        prop::option::of(0..4_u32),
        prop::option::of("DE|FR"),
        prop::option::of(0..100_u8),
    )
        .prop_map(|(resting, seen, read, country, drawn)| Memory { resting, seen, read, country, drawn })
}

proptest! {
    #[test]
    fn what_a_page_holds_is_what_a_reader_without_script_would_be_judged_to_get(
        rules in prop::collection::vec(tests(), 0..5), sections in prop::collection::vec(0..4_u128, 0..3),
    ) {
        let (appeal, english) = (appeal(rules), Language::english());
        let sections: Vec<SectionId> = sections.into_iter().map(section).collect();
        let place = Place { sections: &sections, topics: &[], language: &english };
        let held = appeal.fits(&place, NOON) && appeal.for_anybody();
        prop_assert_eq!(held, shown(&appeal, &place, &Memory::default()));
    }

    #[test]
    fn nobody_gets_what_does_not_fit_the_page_and_nobody_at_rest_gets_anything(
        rules in prop::collection::vec(tests(), 0..5), memory in memories(),
    ) {
        let (appeal, english) = (appeal(rules), Language::english());
        let place = Place { sections: &[section(1)], topics: &[], language: &english };
        let got = shown(&appeal, &place, &memory);
        prop_assert!(!got || appeal.fits(&place, NOON));
        prop_assert!(!got || !memory.resting);
        prop_assert!(appeal.asks_device() || memory.resting || got == appeal.fits(&place, NOON));
    }

    #[test]
    fn between_two_turns_nothing_changes_by_itself(
        rules in prop::collection::vec(tests(), 0..5), later in 0..6_i64,
    ) {
        let (appeal, english) = (appeal(rules), Language::english());
        let place = Place { sections: &[section(1)], topics: &[], language: &english };
        let then = NOON.plus_millis(later);
        let turned = appeal.turns(NOON).iter().any(|at| *at <= then);
        prop_assert!(turned || appeal.fits(&place, NOON) == appeal.fits(&place, then));
    }
}
