//! The house around the stories over HTTP: today, photos, settings, logs, jobs, saved filters.

use app::{
    media::library,
    stories::desk::{self, Changes},
};
use bytes::Bytes;
use model::{Language, Photo, PhotoState, Role, Story, StoryId, StoryState};
use serde_json::json;
use testkit::{Person, TestNewsroom, both_backends, newsroom::answer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A picture of so many grey rows, as PNG: small, valid, and different for each `seed`.
fn picture(seed: u8) -> Vec<u8> {
    let (width, height) = (60_u32, 40_u32);
    let rows =
        (0..height).flat_map(|y| std::iter::once(0).chain((0..width).map(move |x| seed.wrapping_add((x + y) as u8))));
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &rows.collect::<Vec<u8>>()).unwrap();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        png.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        png.extend_from_slice(kind);
        png.extend_from_slice(data);
        png.extend_from_slice(&crc.sum().to_be_bytes());
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes()[..], &[8, 0, 0, 0, 0]].concat();
    chunk(b"IHDR", &head);
    chunk(b"IDAT", &packed.finish().unwrap());
    chunk(b"IEND", b"");
    png
}

async fn sent(person: &Person, method: &str, path: &str, body: Vec<u8>) -> testkit::Answer {
    let request = person.signed(method, path).header("x-csrf-token", person.token.csrf());
    answer(request.header("content-type", "image/png").body(body), path).await
}

async fn uploaded(newsroom: &TestNewsroom, person: &Person, seed: u8) -> model::PhotoId {
    library::upload(&newsroom.newsroom, &person.staff, Bytes::from(picture(seed))).await.unwrap().id
}

async fn written(newsroom: &TestNewsroom, by: &Person, headline: &str) -> StoryId {
    let id = desk::create(&newsroom.newsroom, &by.staff, &Language::english()).await.unwrap();
    let change: Changes = serde_json::from_value(json!({ "headline": headline })).unwrap();
    desk::save(&newsroom.newsroom, &by.staff, id, 0, change).await.unwrap();
    id
}

/// What of the newsroom's folder is a photo's file.
fn files(newsroom: &TestNewsroom) -> usize {
    fn count(dir: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
        let each = entries.map(|entry| entry.unwrap().path());
        each.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&newsroom.folder().join("objects"))
}

both_backends! {
    async fn an_upload_that_is_cut_off_half_way_says_so_and_leaves_nothing(newsroom: TestNewsroom, anon: Anon) {
        let rosa = newsroom.person(&anon, Role::Reporter, "rosa").await.unwrap();
        let (whole, host) = (picture(1), rosa.address.trim_start_matches("http://").to_owned());
        let mut stream = tokio::net::TcpStream::connect(anon.address.trim_start_matches("http://")).await.unwrap();
        let head = format!(
            "POST /desk/api/photos HTTP/1.1\r\nhost: {host}\r\ncookie: __Host-desk={}\r\nx-csrf-token: {}\r\n\
             content-type: image/png\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            rosa.token.reveal(), rosa.token.csrf(), whole.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&whole[..whole.len() / 2]).await.unwrap();
        // The line breaks: nothing more is sent, though more was announced.
        stream.shutdown().await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 400") && said.contains("broke off before its end"), "{said}");
        let photos = library::photos(&newsroom.newsroom, &library::PhotoFilter::default(), 10, 0).await.unwrap().rows;
        assert_eq!((photos.len(), files(&newsroom)), (0, 0), "something of it was kept");
        // The same file sent again whole is taken.
        let again = sent(&rosa, "POST", "/desk/api/photos", whole).await;
        assert_eq!(again.status, 201, "{}", again.text());
        assert!(files(&newsroom) > 0);
    }

    async fn what_is_no_photo_is_refused_in_words(newsroom: TestNewsroom, anon: Anon) {
        let rosa = newsroom.person(&anon, Role::Reporter, "rosa").await.unwrap();
        let svg = sent(&rosa, "POST", "/desk/api/photos", b"<svg onload=\"alert(1)\"/>".to_vec()).await;
        assert_eq!(svg.status, 422, "{}", svg.text());
        assert_eq!(sent(&rosa, "POST", "/desk/api/photos", Vec::new()).await.status, 400);
        let unsigned = rosa.request("POST", "/desk/api/photos").body(picture(1));
        assert_eq!(answer(unsigned, "photos").await.status, 401);
        assert_eq!(files(&newsroom), 0);
    }

    async fn the_library_shows_finds_and_leads_to_photos(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let (one, two) = (uploaded(&newsroom, &anna, 1).await, uploaded(&newsroom, &anna, 90).await);
        let page = format!("/desk/media/{one}");
        let saved = anna.post(&page, &[("alt", "Пирс на рассвете"), ("caption", "A pier"), ("credit", "A. Pen")]).await;
        assert_eq!((saved.status, saved.header("location")), (303, format!("{page}?said=saved").as_str()));
        let shown = async |path: &str| {
            let got = anna.get(path).await;
            assert_eq!(got.status, 200, "{}", got.text());
            let text = got.text();
            [one, two].map(|id| text.contains(&format!("/desk/media/{id}")))
        };
        assert_eq!(shown("/desk/media").await, [true, true]);
        assert_eq!(shown("/desk/media?q=%D0%9F%D0%98%D0%A0%D0%A1").await, [true, false]);
        assert_eq!(shown("/desk/media?show=incomplete").await, [false, true]);
        assert_eq!(shown("/desk/media?show=missing").await, [false, false]);
        assert_eq!(shown("/desk/media?show=unused&page=2").await, [false, false]);
        let text = anna.get(&page).await.text();
        assert!(text.contains("Пирс на рассвете") && text.contains("data-mark") && text.contains("name=\"x\""), "{text}");
        assert_eq!(anna.get("/desk/media/nonsense").await.status, 404);
    }

    async fn what_was_typed_of_a_photo_stays_when_it_is_refused(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let page = format!("/desk/media/{}", uploaded(&newsroom, &anna, 1).await);
        let long = "x".repeat(2_001);
        let refused = anna.post(&page, &[("alt", &long), ("caption", "<b>Kept</b>"), ("credit", "")]).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("2000 characters is the most") && text.contains(&long) && text.contains("&lt;b&gt;Kept"), "{text}");
    }

    async fn a_photo_is_cropped_by_numbers_replaced_and_removed(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let rosa = newsroom.person(&anon, Role::Reporter, "rosa").await.unwrap();
        let id = uploaded(&newsroom, &anna, 1).await;
        let page = format!("/desk/media/{id}");
        let cropped = anna.post(&format!("{page}/focal"), &[("x", "10"), ("y", "90")]).await;
        assert_eq!(cropped.status, 303);
        let photo = library::photo(&newsroom.newsroom, id).await.unwrap().photo;
        assert_eq!((photo.focal.x, photo.focal.y), (100, 900));
        for (x, y) in [("101", "0"), ("-1", "0"), ("", "0"), ("left", "0")] {
            assert_eq!(anna.post(&format!("{page}/focal"), &[("x", x), ("y", y)]).await.status, 422, "{x}");
        }
        let replaced = sent(&anna, "PUT", &format!("/desk/api/photos/{id}/pixels"), picture(77)).await;
        assert_eq!(replaced.status, 200, "{}", replaced.text());
        let after = library::photo(&newsroom.newsroom, id).await.unwrap().photo;
        assert_ne!(photo.source_hash, after.source_hash);
        assert_eq!(rosa.post(&format!("{page}/remove"), &[]).await.status, 403);
        assert_eq!(anna.post(&format!("{page}/remove"), &[]).await.header("location"), "/desk/media?said=photo-removed");
        assert_eq!(anna.get(&page).await.status, 404);
    }

    async fn settings_are_saved_and_what_is_wrong_is_said_beside_what_was_typed(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let form = |zone: &'static str, languages: &'static str| {
            [("language", "en"), ("languages", languages), ("time_zone", zone), ("address", "https://news.example"),
             ("contact", "desk@news.example"), ("name:en", "The <Meridian>"), ("tagline:en", "")]
        };
        let refused = anna.post("/desk/settings", &form("Mars/Base", "en, xx-nonsense-language")).await;
        assert_eq!(refused.status, 422);
        let text = plain(&refused.text());
        for kept in ["value=\"Mars/Base\"", "The &lt;Meridian&gt;", "xx-nonsense-language", "Europe/Riga", "aria-invalid=\"true\""] {
            assert!(text.contains(kept), "{kept} is not on the page");
        }
        assert!(!anon.get("/").await.text().contains("Meridian"), "a refused form was saved");
        let saved = anna.post("/desk/settings", &form("Europe/Riga", "en, fa")).await;
        assert_eq!((saved.status, saved.header("location")), (303, "/desk/settings?said=saved"));
        assert!(anon.get("/").await.text().contains("The &lt;Meridian&gt;"));
        let page = anna.get("/desk/settings").await.text();
        assert!(page.contains("name=\"name:fa\"") && page.contains("dir=\"rtl\""), "the new language has no names");
        let log = plain(&anna.get("/desk/log").await.text());
        assert!(log.contains("anna changed settings: languages, time_zone, address, contact, name:en."), "{log}");
    }

    async fn the_log_tells_deeds_in_sentences_and_is_filtered(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let rosa = newsroom.person(&anon, Role::Reporter, "rosa").await.unwrap();
        let id = written(&newsroom, &rosa, "A <pier>").await;
        desk::move_to(&newsroom.newsroom, &rosa.staff, id, StoryState::InReview, None).await.unwrap();
        app::staff::set_role(&newsroom.newsroom, rosa.staff.id, Role::Editor, "anna").await.unwrap();
        let text = plain(&anna.get("/desk/log").await.text());
        assert!(text.contains("rosa moved a story from “Draft” to “In review”:"), "{text}");
        assert!(text.contains("anna made an account Editor:") && text.contains("A &lt;pier&gt;"), "{text}");
        let only = plain(&anna.get("/desk/log?person=anna").await.text());
        assert!(only.contains("anna made an account") && !only.contains("rosa moved a story"), "{only}");
        let of_story = plain(&anna.get(&format!("/desk/log?story={id}&act=story.create")).await.text());
        assert!(of_story.contains("rosa began a story:") && !of_story.contains("anna made an account Editor"), "{of_story}");
        for path in ["/desk/log?before=1", "/desk/log?before=x&story=x", "/desk/log/journal", "/desk/log/journal?before=0"] {
            assert_eq!(anna.get(path).await.status, 200, "{path}");
        }
    }

    async fn the_log_is_told_in_every_language_of_the_desk(newsroom: TestNewsroom, anon: Anon) {
        let mut anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        written(&newsroom, &anna, "A pier").await;
        for (language, said) in [("ru", "anna: начат материал"), ("fa", "anna مطلبی آغاز کرد:")] {
            let changed = anna.post("/desk/account/language", &[("language", language)]).await;
            assert_eq!(changed.status, 303);
            anna.staff.language = language.parse().unwrap();
            for path in ["/desk/", "/desk/media", "/desk/settings", "/desk/log/journal", "/desk/log/jobs", "/desk/log/chain"] {
                assert_eq!(anna.get(path).await.status, 200, "{path} in {language}");
            }
            let log = plain(&anna.get("/desk/log").await.text());
            assert!(log.contains(said), "{log}");
        }
    }

    async fn a_log_that_was_changed_is_found_on_its_page(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        for headline in ["One", "Two", "Three"] {
            written(&newsroom, &anna, headline).await;
        }
        let whole = anna.get("/desk/log/chain").await.text();
        assert!(whole.contains("The log is whole"), "{whole}");
        let (chain, _) = app::log::verify(&newsroom.newsroom, None).await.unwrap();
        let found = plain(&anna.get(&format!("/desk/log/chain?fingerprint={}", chain.fingerprint)).await.text());
        assert!(found.contains(&format!("fingerprint of deed {}", chain.rows)), "{found}");
        assert!(anna.get("/desk/log/chain?fingerprint=00").await.text().contains("not in this log"));
    }

    async fn work_that_was_given_up_is_shown_with_its_error_and_tried_again(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let news = &newsroom.newsroom;
        let id = written(&newsroom, &anna, "A pier").await;
        let job = app::jobs::job(news, app::jobs::Kind::StoryPublish, json!({ "story": id }), news.clock().now());
        let mut tx = news.store().begin().await.unwrap();
        store::job_enqueue(&mut tx, &job).await.unwrap();
        store::job_claim(&mut tx, &["story_publish"], news.clock().now(), 1_000).await.unwrap().unwrap();
        store::job_fail(&mut tx, job.id, "the <disk> is full", news.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(plain(&anna.get("/desk/").await.text()).contains("1 job could not be done."));
        let page = anna.get("/desk/log/jobs").await.text();
        assert!(page.contains("the &lt;disk&gt; is full") && page.contains("A pier"), "{page}");
        let again = format!("/desk/log/jobs/{}/again", job.id);
        assert_eq!(anna.post(&again, &[]).await.header("location"), "/desk/log/jobs?said=job-again");
        assert_eq!(anna.post(&again, &[]).await.status, 404, "tried again twice");
        assert!(anna.get("/desk/log/jobs").await.text().contains("Nothing was given up."));
    }

    async fn today_shows_mentions_until_the_story_was_looked_at(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let rosa = newsroom.person(&anon, Role::Reporter, "rosa").await.unwrap();
        let id = written(&newsroom, &rosa, "A pier").await;
        desk::note(&newsroom.newsroom, &rosa.staff, id, "@anna, is this right?").await.unwrap();
        let today = anna.get("/desk/").await.text();
        assert!(today.contains("is this right?") && today.contains("class=\"badge\""), "{today}");
        assert!(anna.get("/desk/stories").await.text().contains("class=\"badge\""), "other pages do not say it");
        assert!(!rosa.get("/desk/").await.text().contains("class=\"badge\""), "somebody else is told");
        assert_eq!(anna.get(&format!("/desk/stories/{id}/check")).await.status, 200);
        let today = anna.get("/desk/").await.text();
        assert!(!today.contains("is this right?") && !today.contains("class=\"badge\""), "it is told after it was seen");
    }

    async fn today_draws_what_was_read_and_says_it_in_a_table(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let id = written(&newsroom, &anna, "A pier").await;
        let path = desk::publish(&newsroom.newsroom, &anna.staff, id, None).await.unwrap().path.unwrap().to_string();
        for _ in 0..3 {
            anon.get(&path).await;
        }
        let today = plain(&anna.get("/desk/").await.text());
        assert_eq!(today.matches("<rect ").count(), 14);
        assert!(today.contains("The last 14 days: 3 in all, 3 on the best day, 3 today so far."), "{today}");
        assert!(today.contains("class=\"now\"") && today.contains("<tbody>") && today.contains("role=\"img\""));
    }

    async fn a_filter_is_saved_shown_and_removed(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let bert = newsroom.person(&anon, Role::Editor, "bert").await.unwrap();
        let form = [("name", "My <drafts>"), ("query", "state=draft&mine=1&page=4&evil=%22%3E")];
        let saved = anna.post("/desk/stories/filters", &form).await;
        assert_eq!(saved.header("location"), "/desk/stories?state=draft&mine=1&said=filter-saved");
        let page = plain(&anna.get("/desk/stories").await.text());
        assert!(page.contains("My &lt;drafts&gt;") && page.contains("/desk/stories?state=draft&amp;mine=1"), "{page}");
        assert!(!bert.get("/desk/stories").await.text().contains("My &lt;drafts&gt;"));
        assert_eq!(anna.post("/desk/stories/filters", &[("name", ""), ("query", "mine=1")]).await.status, 422);
        let id = desk::saved_filters(&newsroom.newsroom, &anna.staff).await.unwrap()[0].id;
        let remove = format!("/desk/stories/filters/{id}/remove");
        assert_eq!(bert.post(&remove, &[]).await.status, 404);
        assert_eq!(anna.post(&remove, &[]).await.status, 303);
        assert!(!anna.get("/desk/stories").await.text().contains("My &lt;drafts&gt;"));
    }

    async fn a_search_with_more_results_than_are_counted_says_so_and_its_pages_go_on(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let (story, photo) = (written(&newsroom, &anna, "A pier").await, uploaded(&newsroom, &anna, 1).await);
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let story = store::story_by_id(&mut tx, story).await.unwrap().unwrap();
        let photo = store::photo_by_id(&mut tx, photo).await.unwrap().unwrap();
        for number in 1..=1_001 {
            let id = uuid::Uuid::from_u128(number);
            let slug = model::Slug::new(&format!("copy-{number}")).unwrap();
            let copy = Story { id: StoryId(id), group: model::StoryGroupId(id), slug, ..story.clone() };
            store::story_insert(&mut tx, &copy).await.unwrap();
            store::story_words_set(&mut tx, copy.id, &["ferry".to_owned()]).await.unwrap();
            let copy = Photo { id: model::PhotoId(id), state: PhotoState::Missing, ..photo.clone() };
            store::photo_insert(&mut tx, &copy).await.unwrap();
        }
        tx.commit().await.unwrap();
        let shown = async |path: &str| {
            let text = plain(&anna.get(path).await.text());
            let (_, pages) = text.split_once("quiet pages\">").unwrap();
            let (said, links) = pages.split_once('\n').unwrap();
            (said.to_owned(), links.split("</p>").next().unwrap().contains("rel=\"next\""))
        };
        for (path, size) in [("/desk/stories?q=ferr", 40), ("/desk/media?show=missing", 48)] {
            assert_eq!(shown(path).await, (format!("1–{size} of more than 1,000"), true));
            let last = 1 + 1_000 / size;
            let from = (last - 1) * size + 1;
            let said = format!("{}–1,001 of 1,001", if from > 1_000 { "1,001".to_owned() } else { from.to_string() });
            assert_eq!(shown(&format!("{path}&page={last}")).await, (said, false));
        }
        let russian = anna.post("/desk/account/language", &[("language", "ru")]).await;
        assert_eq!(russian.status, 303, "{}", russian.text());
        assert_eq!(shown("/desk/stories?q=ferr").await.0, "1–40 из более чем 1\u{a0}000");
    }
}

/// A page without the marks that keep the directions of names apart, and with plain slashes.
pub(crate) fn plain(page: &str) -> String {
    let marks = |c: &char| !matches!(c, '\u{2066}'..='\u{2069}');
    page.replace("&#x2f;", "/").chars().filter(marks).collect()
}

both_backends! {
    async fn reminders_are_offered_told_in_numbers_and_withdrawn(newsroom: TestNewsroom, anon: Anon) {
        let editor = newsroom.person(&anon, Role::Editor, "ed").await.unwrap();
        let publisher = newsroom.person(&anon, Role::Publisher, "boss").await.unwrap();
        let here = "/desk/support/reminders";
        assert_eq!(editor.get(here).await.status, 403);
        assert_eq!(anon.get("/support/remind/").await.status, 404);
        let done = publisher.post(here, &[("offer", "yes")]).await;
        assert_eq!((done.status, done.header("location")), (303, "/desk/support/reminders?said=reminders-offered"));
        assert_eq!(anon.get("/support/remind/").await.status, 200);
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        for (number, language) in (0..3).zip(["en", "fa", "fa"]) {
            let row = model::Reminder {
                id: model::ReminderId(uuid::Uuid::from_u128(number)),
                lookup: model::Lookup([7; 32]),
                address: model::Sealed(vec![1]),
                language: model::Language::new(language).unwrap(),
                due: model::reminder::Day(20_500),
                every: None,
                policy: String::new(),
                neutral: false,
            };
            store::reminder_put(&mut tx, &row).await.unwrap();
        }
        tx.commit().await.unwrap();
        let page = publisher.get(here).await.text();
        assert!(page.contains("<strong>3</strong>") && page.contains("February 2026"), "{page}");
        assert_eq!(page.matches("<rect").count(), 2, "{page}");
        let sure = publisher.post(&format!("{here}/withdraw"), &[]).await;
        assert!(sure.status == 422 && sure.text().contains("can’t be undone"), "{}", sure.text());
        let gone = publisher.post(&format!("{here}/withdraw"), &[("sure", "yes")]).await;
        assert_eq!((gone.status, gone.header("location")), (303, "/desk/support/reminders?said=reminders-withdrawn"));
        assert_eq!(anon.get("/support/remind/").await.status, 404);
        assert!(publisher.get("/desk/log").await.text().contains("withdrew all reminders"));
    }

    async fn readers_are_told_in_numbers_and_erased_on_request_without_a_name(newsroom: TestNewsroom, anon: Anon) {
        let sender = newsroom.person(&anon, Role::NewsletterEditor, "sender").await.unwrap();
        let publisher = newsroom.person(&anon, Role::Publisher, "boss").await.unwrap();
        let shown = sender.get("/desk/readers").await;
        assert_eq!(shown.status, 200);
        assert!(shown.text().contains("There is no newsletter yet") && !shown.text().contains("name=\"address\""));
        let page = publisher.get("/desk/readers?newsletter=none").await;
        assert!(page.text().contains("name=\"address\""));
        let wish = |address| [("address", address), ("wish", "never")];
        let wrong = publisher.post("/desk/readers/asked", &wish("anna@@reader.example")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("name@example.org") && !wrong.text().contains("reader.example"), "{}", wrong.text());
        let done = publisher.post("/desk/readers/asked", &wish("anna@reader.example")).await;
        assert_eq!((done.status, done.header("location")), (303, "/desk/readers?said=reader-done"));
        assert!(publisher.get("/desk/readers").await.text().contains("They asked never to be written to"));
        let log = publisher.get("/desk/log").await.text();
        assert!(log.contains("erased a reader who had asked for it") && !log.contains("reader.example"), "{log}");
        app::vault::lock(&newsroom.newsroom, "boss").await.unwrap();
        let closed = publisher.post("/desk/readers/asked", &wish("anna@reader.example")).await;
        assert_eq!(closed.status, 422);
        assert!(closed.text().contains("unlock them first"));
        assert!(publisher.get("/desk/readers").await.text().contains("The keys are locked away"));
    }
}
