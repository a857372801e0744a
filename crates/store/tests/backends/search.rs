//! Search by words finds what a look at every row finds, whichever way it is found.

use model::{Language, Photo, PhotoId, PhotoState, Section, Story, StoryState, Timestamp};
use store::*;

use crate::{Maker, both_backends, noon};

/// So many that some are behind what is walked at first, with a common word of their own.
const MANY: usize = WALKED_MOST as usize + BEHIND;
const BEHIND: usize = 2_200;

/// The words of the thing with this number, of which the lists put the highest first.
fn words(number: usize) -> Vec<String> {
    let mixed = (number * 2_654_435_761) >> 7;
    let rare = RARE_MOST as usize;
    let words = [
        ("river", mixed % 100 < 45),
        ("riverside", mixed % 7 < 3),
        ("harbour", (mixed >> 9) % 100 < 40),
        // Both common, and never together.
        ("even", number.is_multiple_of(2)),
        ("uneven", !number.is_multiple_of(2)),
        // Common, and most of it behind what is walked.
        ("forgotten", number < BEHIND + 400),
        // At the border between rare and common.
        ("seldom", number.is_multiple_of(3) && number / 3 < rare),
        ("seldomest", false),
        ("often", number % 3 == 1 && number / 3 < rare + 1),
        ("gallery", number % 40 == 7),
        ("once", number == 5_000),
    ];
    words.into_iter().filter(|(_, has)| *has).map(|(word, _)| word.to_owned()).collect()
}

/// What is searched for: every mix of rare and common, and beginnings of several words at once.
const SEARCHES: [&str; 22] = [
    "river",
    "riv",
    "r",
    "riverside",
    "even",
    "forgotten",
    "seldom",
    "often",
    "gallery",
    "once",
    "nowhere",
    "riv harb",
    "even uneven",
    "often seldom",
    "forgotten even",
    "gallery riv",
    "riv gallery harb",
    "gallery once",
    "seldom riv",
    "forgotten uneven harbour riv",
    "even nowhere",
    "riv harb even r h e",
];

fn wanted(search: &str) -> Vec<String> {
    search.split(' ').map(str::to_owned).collect()
}

fn has_all(words: &[String], wanted: &[String]) -> bool {
    wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}

/// What a page has to be, of all that was found by looking at every row.
fn page<T: Clone>(all: &[T], limit: i64, offset: i64) -> Found<T> {
    let (count, known) = (all.len() as i64, COUNTED_MOST.max(offset + limit));
    Found {
        rows: all.iter().skip(offset as usize).take(limit as usize).cloned().collect(),
        total: if count <= known { Total::Exactly(count) } else { Total::MoreThan(known) },
    }
}

/// Some of the pages at the beginning, around the border of counting, at the end and behind it; others each time.
fn pages(turn: usize, count: usize) -> impl Iterator<Item = (i64, i64)> {
    let count = count as i64;
    let mut pages = vec![(40, 0), (40, 960), (40, count), (41, 960), ((count - 20).max(1), 20)];
    pages.extend([(100, 1_000), (COUNTED_MOST, 0), (40, (count - 20).max(0)), (1, COUNTED_MOST)]);
    pages.extend([(40, 40), (40, (count - 40).max(0)), (40, count + 1_000)]);
    pages.into_iter().skip(turn % 3).step_by(3)
}

/// Turns the pages of a list until none follows; everything that was on them.
async fn turned<T>(limit: i64, page: impl AsyncFn(i64, i64) -> Found<T>) -> Vec<T> {
    let mut all = Vec::new();
    loop {
        let found = page(limit, all.len() as i64).await;
        all.extend(found.rows);
        if !found.total.goes_beyond(all.len() as i64) {
            return all;
        }
    }
}

async fn stories_made(tx: &mut Tx, make: &Maker, section: &Section) -> Vec<(Story, Vec<String>)> {
    let mut stories = Vec::with_capacity(MANY);
    for number in 0..MANY {
        let mixed = number * 7 + number / 11;
        // Several have the same time: then ids decide.
        let touched = Timestamp::from_millis(noon().as_millis() + number as i64 / 3 * 1_000);
        let story = Story {
            language: if mixed % 5 < 3 { Language::english() } else { Language::new("ru").unwrap() },
            section: mixed.is_multiple_of(4).then_some(section.id),
            state: if mixed.is_multiple_of(9) { StoryState::Ready } else { StoryState::Draft },
            updated_at: Some(touched),
            ..make.draft(&format!("s{number}"))
        };
        story_insert(tx, &story).await.unwrap();
        story_words_set(tx, story.id, &words(number)).await.unwrap();
        stories.push((story, words(number)));
    }
    stories.sort_by_key(|(story, _)| std::cmp::Reverse((story.updated_at, story.id.0)));
    stories
}

#[tokio::test]
async fn stories_are_found_as_by_a_look_at_every_row() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let section = make.section("world");
        section_insert(&mut tx, &section).await.unwrap();
        let all = stories_made(&mut tx, &make, &section).await;
        tx.commit().await.unwrap();
        let filters = [
            DeskFilter::default(),
            DeskFilter { language: Some(Language::english()), ..DeskFilter::default() },
            DeskFilter { state: Some(StoryState::Ready), section: Some(section.id), ..DeskFilter::default() },
        ];
        let asked = filters.iter().flat_map(|filter| SEARCHES.map(|search| (filter, search)));
        for (turn, (filter, search)) in asked.enumerate() {
            let filter = DeskFilter { words: wanted(search), ..filter.clone() };
            let fits = |(story, words): &&(Story, Vec<String>)| {
                filter.state.is_none_or(|state| story.state == state)
                    && filter.language.as_ref().is_none_or(|language| story.language == *language)
                    && (filter.section.is_none() || story.section == filter.section)
                    && has_all(words, &filter.words)
            };
            let fitting: Vec<_> = all.iter().filter(fits).map(|(story, _)| (story.id, story.updated_at)).collect();
            let ask = async |limit, offset| {
                let mut tx = store.read().await.unwrap();
                let found = desk_list(&mut tx, &filter, limit, offset).await.unwrap();
                let rows = found.rows.iter().map(|row| (row.head.id, Some(row.touched_at))).collect();
                Found { rows, total: found.total }
            };
            for (limit, offset) in pages(turn, fitting.len()) {
                assert_eq!(ask(limit, offset).await, page(&fitting, limit, offset), "{filter:?} {limit} {offset}");
            }
            if turn % 8 == 0 {
                assert_eq!(turned(700, ask).await, fitting, "{filter:?}");
            }
        }
    })
    .await;
}

/// Photos of which every one with a number that is divided by so many is shown by no story.
async fn photos_made(tx: &mut Tx, make: &Maker) -> Vec<(Photo, Vec<String>, bool)> {
    let mut photos = Vec::with_capacity(MANY);
    for number in 0..MANY {
        let mut photo = make.photo(&format!("https://a.example/{number}.jpg"));
        if number % 6 == 1 {
            photo.credit = String::new();
        }
        if number % 2 == 1 {
            photo.state = PhotoState::Ready;
        }
        photo_insert(tx, &photo).await.unwrap();
        photo_words_set(tx, photo.id, &words(number)).await.unwrap();
        photos.push((photo, words(number), number % 5 == 2));
    }
    let shown: Vec<PhotoId> = photos.iter().filter(|(.., unused)| !unused).map(|(photo, ..)| photo.id).collect();
    for half in [&shown[..], &shown[..shown.len() / 2]] {
        let story = make.draft(&format!("shows-{}", half.len()));
        story_insert(tx, &story).await.unwrap();
        story_set_photos(tx, story.id, half).await.unwrap();
    }
    photos.reverse();
    photos
}

#[tokio::test]
async fn photos_are_found_as_by_a_look_at_every_row() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let all = photos_made(&mut tx, &make).await;
        tx.commit().await.unwrap();
        let of = |unused, incomplete, missing| PhotoSearch { words: vec![], unused, incomplete, missing };
        let mut asked: Vec<PhotoSearch> = (0..8).map(|bits| of(bits & 1 > 0, bits & 2 > 0, bits & 4 > 0)).collect();
        for (turn, search) in SEARCHES.into_iter().enumerate() {
            let words = wanted(search);
            asked.push(PhotoSearch { words: words.clone(), ..PhotoSearch::default() });
            asked.push(PhotoSearch { words, ..of(turn % 4 != 3, turn % 4 == 1, turn % 4 > 1) });
        }
        for (turn, search) in asked.into_iter().enumerate() {
            let fits = |(photo, words, unused): &&(Photo, Vec<String>, bool)| {
                (!search.unused || *unused)
                    && (!search.incomplete || photo.credit.is_empty())
                    && (!search.missing || photo.state == PhotoState::Missing)
                    && has_all(words, &search.words)
            };
            let fitting: Vec<Photo> = all.iter().filter(fits).map(|(photo, ..)| photo.clone()).collect();
            let ask = async |limit, offset| {
                let mut tx = store.read().await.unwrap();
                photo_search(&mut tx, &search, limit, offset).await.unwrap()
            };
            for (limit, offset) in pages(turn, fitting.len()) {
                let mut wanted = page(&fitting, limit, offset);
                if search == PhotoSearch::default() {
                    wanted.total = Total::Exactly(all.len() as i64);
                }
                assert!(ask(limit, offset).await == wanted, "{search:?} {limit} {offset}");
            }
            if turn % 8 == 0 {
                assert!(turned(700, ask).await == fitting, "{search:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_without_words_is_counted_to_its_end() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        for number in 0..5 {
            story_insert(&mut tx, &make.draft(&format!("s{number}"))).await.unwrap();
            photo_insert(&mut tx, &make.photo(&format!("https://a.example/{number}.jpg"))).await.unwrap();
        }
        for (limit, offset, shown) in [(2, 0, 2), (2, 2, 2), (2, 4, 1), (5, 0, 5), (9, 0, 5), (2, 6, 0)] {
            let stories = desk_list(&mut tx, &DeskFilter::default(), limit, offset).await.unwrap();
            assert_eq!((stories.rows.len(), stories.total), (shown, Total::Exactly(5)), "{limit} {offset}");
            let photos = photo_search(&mut tx, &PhotoSearch::default(), limit, offset).await.unwrap();
            assert_eq!((photos.rows.len(), photos.total), (shown, Total::Exactly(5)), "{limit} {offset}");
        }
        assert_eq!(photo_missing_count(&mut tx).await.unwrap(), 5);
    })
    .await;
}

#[test]
fn a_total_says_whether_a_page_follows() {
    assert!(Total::Exactly(41).goes_beyond(40));
    assert!(!Total::Exactly(40).goes_beyond(40));
    assert!(Total::MoreThan(1_000).goes_beyond(1_000));
    assert_eq!((Total::MoreThan(1_000).counted(), Total::MoreThan(1_000).more()), (1_000, true));
    assert_eq!((Total::Exactly(7).counted(), Total::Exactly(7).more()), (7, false));
}
