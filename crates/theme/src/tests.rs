//! The theme as newsrooms meet it: the built-in one, changed, broken, hostile.

use std::{fs, path::Path};

use model::Language;

use crate::{Error, Page, Theme, check, context::Shell, samples, scaffold};

fn sample(theme: &Theme, language: &str, name: &str) -> Page {
    let all = samples::pages(&theme.strings(&Language::new(language).unwrap()));
    all.into_iter().find(|sample| sample.name == name).unwrap().page
}

fn with_files(files: &[(&str, &str)]) -> (tempfile::TempDir, Theme) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let theme = Theme::load(Some(folder.path())).unwrap();
    (folder, theme)
}

#[test]
fn every_built_in_page_is_small_whole_and_host_relative_in_every_language() {
    let report = Theme::load(None).unwrap().check().unwrap();
    assert_eq!(report.problems, [], "{report}");
    assert_eq!(report.notices, [], "{report}");
    assert!(report.pages.len() >= 3 * 18, "{report}");
}

#[test]
fn no_page_shows_a_word_that_has_no_text_or_a_value_that_is_none() {
    let theme = Theme::load(None).unwrap();
    for language in ["en", "ru", "fa"] {
        for sample in samples::pages(&theme.strings(&Language::new(language).unwrap())) {
            let html = theme.render(&sample.page).unwrap().html;
            for wrong in [">none<", ">None<", "[doc-", "undefined", "{{", "{%", "{\"$\"}"] {
                assert!(!html.contains(wrong), "{language} {} has {wrong}", sample.name);
            }
        }
    }
}

#[test]
fn the_policy_names_the_pages_own_style_and_nothing_else() {
    let theme = Theme::load(None).unwrap();
    let rendered = theme.render(&sample(&theme, "en", "story")).unwrap();
    assert_eq!(rendered.style_hashes.len(), 1);
    let meta = format!("http-equiv=\"Content-Security-Policy\" content=\"{}\"", rendered.policy());
    assert!(rendered.html.contains(&meta));
    assert!(rendered.policy().starts_with("default-src 'none'; style-src 'sha256-"));
}

#[test]
fn persian_pages_run_from_right_to_left_in_their_own_letters() {
    let theme = Theme::load(None).unwrap();
    let html = theme.render(&sample(&theme, "fa", "front")).unwrap().html;
    assert!(html.contains("<html lang=\"fa\" dir=\"rtl\">"));
    assert!(html.contains("vazirmatn") && !html.contains("serif-latin"));
}

#[test]
fn hostile_words_stay_words() {
    let theme = Theme::load(None).unwrap();
    let Page::Story(mut story) = sample(&theme, "en", "story") else { panic!("not a story") };
    story.headline = "<script>alert(1)</script>\" onload=\"x".to_owned();
    story.shell.title = story.headline.clone();
    story.json_ld = r#"{"headline":"</script><script>alert(1)"}"#.to_owned();
    let html = theme.render(&Page::Story(story)).unwrap().html;
    assert!(!html.contains("<script>alert"));
    assert!(!html.contains("\" onload=\"x"));
    assert!(html.contains("\\u003c/script>"));
}

#[test]
fn a_file_of_the_theme_stands_over_the_built_in_one_alone() {
    let template = "{% extends \"builtin/gone.html\" %}{% block main %}Taken back.{{ super() }}{% endblock %}";
    let (_folder, theme) = with_files(&[("templates/gone.html", template), ("styles/custom.css", "h1 { color: red }")]);
    assert_eq!(theme.problems(), []);
    let html = theme.render(&sample(&theme, "en", "gone")).unwrap().html;
    assert!(html.contains("Taken back.") && html.contains("<h1>This story was withdrawn</h1>"));
    assert!(html.contains("h1{color:red}</style>"));
}

#[test]
fn a_theme_with_its_own_sheet_of_texts_gets_none_of_what_once_stood_in_it() {
    let (_folder, theme) = with_files(&[("styles/text.css", ".text { color: red }")]);
    let shown = |theme: &Theme| theme.render(&sample(theme, "en", "text")).unwrap().html;
    let builtin = Theme::load(None).unwrap();
    assert!(shown(&builtin).contains("border-collapse") && shown(&builtin).contains(".gallery{"));
    assert!(shown(&theme).contains(".text{color:") && !shown(&theme).contains("border-collapse"));
    let bare = builtin.render(&sample(&builtin, "en", "story-bare")).unwrap().html;
    assert!(
        !bare.contains("border-collapse") && !bare.contains(".gallery{"),
        "a text without tables carries their styles"
    );
}

#[test]
fn the_newsrooms_folder_stands_over_the_themes_folder() {
    let (upper, _) = with_files(&[("styles/custom.css", "a { color: blue }")]);
    let (lower, _) = with_files(&[("styles/custom.css", "a { color: red }"), ("i18n/en.ftl", "latest = Just in")]);
    let theme = Theme::layered(&[upper.path(), lower.path()]).unwrap();
    let html = theme.render(&sample(&theme, "en", "latest")).unwrap().html;
    assert!(html.contains("a{color:blue}</style>") && html.contains("<h1>Just in</h1>"));
}

#[test]
fn a_template_that_does_not_parse_is_named_and_the_built_in_one_stands_in() {
    let (_folder, theme) = with_files(&[("templates/story.html", "line one\n{% if headline %}\n<p>never closed")]);
    let [problem] = theme.problems() else { panic!("{:?}", theme.problems()) };
    assert!(problem.file.ends_with("templates/story.html"), "{problem}");
    assert_eq!(problem.line, Some(3), "{problem}");
    assert!(problem.to_string().contains("{% endif %}"), "{problem}");
    assert!(theme.render(&sample(&theme, "en", "story")).unwrap().html.contains("Russia’s foreign minister"));
}

#[test]
fn a_template_that_fails_on_a_page_is_named_and_the_page_stands() {
    let (_folder, theme) = with_files(&[("templates/story.html", "<p>\n{{ headlin }}</p>")]);
    let rendered = theme.render(&sample(&theme, "en", "story")).unwrap();
    let problem = rendered.problem.unwrap();
    assert_eq!((problem.file.as_str(), problem.line), ("templates/story.html", Some(2)), "{problem}");
    assert!(rendered.html.contains("<h1>Russia’s foreign minister"));
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
    let (_folder, theme) = with_files(&[("templates/topic.html", endless)]);
    let problem = theme.render(&sample(&theme, "en", "topic")).unwrap().problem.unwrap();
    assert!(problem.to_string().contains("runs for too long"), "{problem}");
}

#[test]
fn a_language_is_added_by_dropping_in_a_file() {
    let (folder, theme) = with_files(&[("i18n/de.ftl", "language-name = Deutsch\nlatest = Neueste\n")]);
    let german = theme.strings(&Language::new("de").unwrap());
    assert_eq!((german.own_name().as_str(), german.text("latest", &[]).as_str()), ("Deutsch", "Neueste"));
    assert_eq!(german.text("archive", &[]), "Archive");
    let report = check(folder.path()).unwrap();
    assert!(report.is_fine(), "{report}");
    assert!(report.notices[0].to_string().contains("archive"), "{report}");
    assert!(report.pages.iter().any(|page| page.language == "de"));
}

#[test]
fn a_fluent_file_with_a_mistake_is_named_with_its_line() {
    let (_folder, theme) = with_files(&[("i18n/ru.ftl", "latest = Новое\n\nnot a message\n")]);
    let [problem] = theme.problems() else { panic!("{:?}", theme.problems()) };
    assert_eq!(problem.line, Some(3), "{problem}");
    assert_eq!(theme.strings(&Language::new("ru").unwrap()).text("latest", &[]), "Новости");
}

#[test]
fn the_check_finds_hosts_script_missing_words_and_missing_files() {
    let base = "{% extends \"builtin/base.html\" %}{% block head %}<script>1</script>\
                <link rel=\"stylesheet\" href=\"https://cdn.example/x.css\">{% if 1 > 2 %}{{ t('no-such-text') }}{% endif %}{% endblock %}";
    let css = "body { background: url(asset:no-such.png) } p { background: url(https://cdn.example/p.png) }";
    let (folder, _) = with_files(&[("templates/base.html", base), ("styles/custom.css", css), ("assets/app.js", "1")]);
    let found = check(folder.path()).unwrap().to_string();
    for wanted in [
        "<script> is not allowed",
        "cdn.example/x.css",
        "no-such-text",
        "assets/no-such.png",
        "points elsewhere",
        "app.js",
    ] {
        assert!(found.contains(wanted), "{wanted} is not in:\n{found}");
    }
}

#[test]
fn a_theme_that_makes_pages_too_large_is_refused() {
    let noise: String = (0_u64..3_000).map(|n| format!(".c{:x}{{}}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let (folder, _) = with_files(&[("styles/custom.css", &noise)]);
    let report = check(folder.path()).unwrap();
    assert!(report.to_string().contains("bytes of 12288"), "{report}");
}

#[test]
fn a_new_theme_checks_clean_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let theme = folder.path().join("mine");
    scaffold(&theme).unwrap();
    let report = check(&theme).unwrap();
    assert!(report.is_fine() && report.notices.is_empty(), "{report}");
    assert!(matches!(scaffold(&theme), Err(Error::NotEmpty(_))));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = Theme::load(Some(Path::new("/no/such/theme"))).unwrap_err().to_string();
    assert!(error.contains("/no/such/theme"), "{error}");
}

#[test]
fn an_assets_name_changes_with_its_bytes_and_the_icon_is_always_there() {
    let (_folder, changed) = with_files(&[("assets/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]);
    let built_in = Theme::load(None).unwrap();
    let path = |theme: &Theme| theme.assets().find(|asset| asset.name == "icon.svg").unwrap().path.clone();
    assert_ne!(path(&changed), path(&built_in));
    assert!(changed.asset(&path(&changed)).is_some());
    assert!(changed.asset(&path(&built_in)).is_some(), "a page that fell back still finds its icon");
    let fonts: usize = built_in.assets().filter(|a| a.media_type == "font/woff2").map(|a| a.bytes.len()).sum();
    assert!(fonts <= 400 * 1024, "{fonts}");
}

#[test]
fn empty_slots_and_an_empty_shell_leave_nothing_behind() {
    let theme = Theme::load(None).unwrap();
    let shell = Shell { root: "./".to_owned(), home: "/".to_owned(), site_name: "A".to_owned(), ..Shell::default() };
    let html = theme.render(&Page::Front(crate::context::FrontPage { shell, ..Default::default() })).unwrap().html;
    assert!(!html.contains("<aside") && !html.contains("<nav class=\"menu\"") && !html.contains("content=\"\""));
}

#[test]
fn a_page_with_an_appeal_loads_one_script_of_its_own_site_and_its_policy_allows_no_other_host() {
    let theme = Theme::load(None).unwrap();
    let strings = theme.strings(&Language::english());
    let sample = samples::pages(&strings).into_iter().find(|sample| sample.name == "story-slots").unwrap();
    let rendered = theme.render(&sample.page).unwrap();
    let script = theme.assets().find(|asset| asset.name == "scripts/appeal.js").unwrap();
    let tag = format!("<script src=\"{}{}\" defer data-story></script>", sample.page.shell().root, &script.path[1..]);
    assert!(rendered.html.contains(&tag), "{}", &rendered.html[..2_000]);
    assert!(rendered.policy().contains("script-src 'self'; connect-src 'self'; "));
    assert!(rendered.html.contains(&rendered.policy()));
    let bare = samples::pages(&strings).into_iter().find(|sample| sample.name == "story-bare").unwrap();
    let bare = theme.render(&bare.page).unwrap();
    assert!(!bare.html.contains("<script src") && !bare.policy().contains("script"), "{}", bare.policy());
    assert!(!bare.html.contains("progress"), "pages without an appeal carry its styles");
}

#[test]
fn the_script_of_appeals_is_small_and_asks_nobody_else() {
    let theme = Theme::load(None).unwrap();
    let script = theme.assets().find(|asset| asset.name == "scripts/appeal.js").unwrap();
    let text = String::from_utf8(script.bytes.to_vec()).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gzip, text.as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap().len();
    assert!(bytes <= 3_072, "{bytes}");
    for word in ["http", "cookie", "sessionStorage", "eval", "Function(", "referrer", "userAgent"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(script.path.ends_with(".js") && theme.asset(&script.path).is_some());
}

#[test]
fn the_guide_names_every_field_that_a_template_can_see() {
    let guide = include_str!("../../../docs/howto/make-a-theme.md");
    let sources = [
        include_str!("context/card.rs"),
        include_str!("context/list.rs"),
        include_str!("context/reader.rs"),
        include_str!("context/shell.rs"),
        include_str!("context/story.rs"),
        include_str!("context/appeal.rs"),
        include_str!("context/support.rs"),
    ];
    let fields = sources.iter().flat_map(|source| source.lines()).filter_map(|line| {
        let (name, _) = line.strip_prefix("    pub ")?.split_once(": ")?;
        (!name.contains(' ')).then_some(name)
    });
    for field in fields {
        assert!(guide.contains(&format!("`{field}`")), "docs/howto/make-a-theme.md does not name `{field}`");
    }
}
