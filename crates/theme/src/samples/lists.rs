//! Sample pages that list stories.

use model::TopicKind;

use crate::{
    Page,
    context::{
        ArchiveMonthLink, ArchiveMonthPage, ArchivePage, ArchiveYear, BylinePage, Day, FrontPage, FrontSection,
        GonePage, LatestPage, LiteFrontPage, NotFoundPage, Pager, SectionPage, Shell, Slots, TimelineMonth,
        TimelineYear, TopicGroup, TopicPage, TopicsPage,
    },
};

use super::{Newsroom, Sample, reader, shell::shell};

pub(super) fn pages(newsroom: &Newsroom<'_>) -> Vec<Sample> {
    let sample = |name, page| Sample { name, page };
    vec![
        sample("front", Page::Front(front(newsroom))),
        sample("front-empty", Page::Front(FrontPage { shell: shell(newsroom, "/", ""), ..FrontPage::default() })),
        sample("section", Page::Section(section(newsroom))),
        sample("topic", Page::Topic(topic(newsroom))),
        sample("topics", Page::Topics(topics(newsroom))),
        sample("byline", Page::Byline(byline(newsroom))),
        sample("archive", Page::Archive(archive(newsroom))),
        sample("archive-month", Page::ArchiveMonth(archive_month(newsroom))),
        sample("latest", Page::Latest(latest(newsroom))),
        sample("lite-front", Page::LiteFront(lite_front(newsroom))),
        sample("not-found", Page::NotFound(not_found(newsroom))),
        sample("gone", Page::Gone(gone(newsroom))),
    ]
}

fn front(newsroom: &Newsroom<'_>) -> FrontPage {
    let section = |index: usize, first: usize| FrontSection {
        name: newsroom.section(index).name,
        path: newsroom.section(index).path,
        cards: newsroom.cards(first..first + if index.is_multiple_of(2) { 4 } else { 5 }),
    };
    FrontPage {
        shell: Shell {
            slots: Slots { newsletter: Some(reader::sign_up(newsroom)), ..Slots::default() },
            ..shell(newsroom, "/", "")
        },
        lead: Some(newsroom.card(0)),
        seconds: newsroom.cards(1..4),
        latest: newsroom.cards(2..11),
        sections: (0..6).map(|index| section(index, 7 + index)).collect(),
        topics: newsroom.topics(),
    }
}

fn section(newsroom: &Newsroom<'_>) -> SectionPage {
    let link = newsroom.section(1);
    SectionPage {
        shell: shell(newsroom, "/sections/s1/", &link.name),
        name: link.name,
        about: newsroom.words.about.to_owned(),
        parent: None,
        children: vec![newsroom.section(2), newsroom.section(4)],
        cards: newsroom.cards(0..14),
        pager: Pager::new(1, 23, |page| newsroom.at(&format!("/sections/s1/page/{page}/"))),
    }
}

fn topic(newsroom: &Newsroom<'_>) -> TopicPage {
    let name = newsroom.words.topics[0].1.to_owned();
    let month = |hours: i64, first: usize, count: usize| TimelineMonth {
        label: newsroom
            .strings
            .calendar_month(model::Timestamp::from_millis(super::NOW - hours * super::HOUR), &jiff::tz::TimeZone::UTC),
        cards: newsroom.cards(first..first + count).into_iter().rev().collect(),
    };
    let year = |hours: i64, months| TimelineYear {
        label: newsroom
            .strings
            .calendar_year(model::Timestamp::from_millis(super::NOW - hours * super::HOUR), &jiff::tz::TimeZone::UTC),
        months,
    };
    TopicPage {
        shell: shell(newsroom, "/topics/t0/", &name),
        kind: TopicKind::Place,
        name,
        about: newsroom.words.about.to_owned(),
        count: 11,
        years: vec![
            year(9_400, vec![month(9_400, 12, 2)]),
            year(0, vec![month(2_200, 9, 3), month(800, 4, 4), month(0, 0, 2)]),
        ],
        pager: Pager::new(1, 1, |_| String::new()),
    }
}

fn topics(newsroom: &Newsroom<'_>) -> TopicsPage {
    let kinds = [TopicKind::Person, TopicKind::Place, TopicKind::Organisation, TopicKind::Theme];
    let group = |kind| TopicGroup { kind, topics: newsroom.topics().into_iter().filter(|t| t.kind == kind).collect() };
    TopicsPage {
        shell: shell(newsroom, "/topics/", &newsroom.strings.text("topics", &[])),
        groups: kinds.into_iter().map(group).collect(),
        pager: Pager::default(),
    }
}

fn byline(newsroom: &Newsroom<'_>) -> BylinePage {
    let link = newsroom.byline(0);
    BylinePage {
        shell: shell(newsroom, "/bylines/b0/", &link.name),
        name: link.name,
        about: newsroom.words.about.to_owned(),
        count: 121,
        cards: newsroom.cards(3..12),
        pager: Pager::new(7, 12, |page| newsroom.at(&format!("/bylines/b0/page/{page}/"))),
    }
}

fn archive(newsroom: &Newsroom<'_>) -> ArchivePage {
    let month = |year: i16, month: i8| ArchiveMonthLink {
        label: newsroom.strings.month_name(year, month),
        path: newsroom.at(&format!("/archive/{year}/{month:02}/")),
        count: 40 + 13 * i64::from(month),
    };
    let year = |year: i16, last: i8| ArchiveYear {
        label: newsroom.strings.year(year),
        months: (1..=last).map(|number| month(year, number)).collect(),
    };
    ArchivePage {
        shell: shell(newsroom, "/archive/", &newsroom.strings.text("archive", &[])),
        count: 2_311,
        years: vec![year(2025, 7), year(2024, 12), year(2023, 12)],
    }
}

fn days(newsroom: &Newsroom<'_>) -> Vec<Day> {
    let day = |back: i64| Day {
        label: newsroom.strings.weekday_date(
            model::Timestamp::from_millis(super::NOW - back * 24 * super::HOUR),
            &jiff::tz::TimeZone::UTC,
        ),
        iso: format!("2025-07-{:02}", 11 - back),
        cards: newsroom.cards(usize::try_from(back).unwrap_or(0) * 5..usize::try_from(back).unwrap_or(0) * 5 + 5),
    };
    (0..4).map(day).collect()
}

fn archive_month(newsroom: &Newsroom<'_>) -> ArchiveMonthPage {
    let label = newsroom.strings.month(2025, 7);
    let month = |number: i8| crate::context::NamedLink {
        name: newsroom.strings.month(2025, number),
        path: newsroom.at(&format!("/archive/2025/{number:02}/")),
    };
    ArchiveMonthPage {
        shell: shell(newsroom, "/archive/2025/07/", &label),
        label,
        days: days(newsroom),
        previous: Some(month(6)),
        next: Some(month(8)),
        pager: Pager::new(1, 2, |page| newsroom.at(&format!("/archive/2025/07/page/{page}/"))),
    }
}

fn latest(newsroom: &Newsroom<'_>) -> LatestPage {
    LatestPage {
        shell: shell(newsroom, "/latest/", &newsroom.strings.text("latest", &[])),
        days: days(newsroom),
        pager: Pager::new(2, 40, |page| newsroom.at(&format!("/latest/page/{page}/"))),
    }
}

fn lite_front(newsroom: &Newsroom<'_>) -> LiteFrontPage {
    let mut shell = shell(newsroom, "/lite/", "");
    shell.full_path = Some(newsroom.at("/"));
    LiteFrontPage { shell, top: newsroom.cards(0..4), latest: newsroom.cards(4..16) }
}

fn not_found(newsroom: &Newsroom<'_>) -> NotFoundPage {
    let mut shell = shell(newsroom, "/no/such/page/", &newsroom.strings.text("not-found", &[]));
    shell.no_index = true;
    NotFoundPage { shell, latest: newsroom.cards(0..6) }
}

fn gone(newsroom: &Newsroom<'_>) -> GonePage {
    let shell = shell(newsroom, "/2025/07/01/gone/", &newsroom.strings.text("gone", &[]));
    GonePage { shell, issue: false, withdrawn: Some(newsroom.moment(30)), latest: newsroom.cards(0..6) }
}
