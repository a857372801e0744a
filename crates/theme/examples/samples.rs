//! Writes every sample page to a folder, to be looked at: `cargo run -p theme --example samples -- FOLDER [THEME]`.
//!
//! Beside each page's path stands its name; `photos.tsv` lists the pictures that the pages want.

use std::{error::Error, fs, io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};
use model::Language;
use theme::{Theme, samples};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().map_or("/tmp/samples", String::as_str));
    let theme = Theme::load(arguments.get(1).map(Path::new))?;
    for problem in theme.problems() {
        eprintln!("{problem}");
    }
    for asset in theme.assets() {
        write(&folder.join(asset.path.trim_start_matches('/')), &asset.bytes)?;
    }
    let photos: String = samples::photo_files().map(|(n, w, h, path)| format!("{n}\t{w}\t{h}\t{path}\n")).collect();
    write(&folder.join("photos.tsv"), photos.as_bytes())?;
    for language in ["en", "ru", "fa"] {
        for sample in samples::pages(&theme.strings(&Language::new(language)?)) {
            let rendered = theme.render(&sample.page)?;
            if let Some(problem) = &rendered.problem {
                eprintln!("{problem}");
            }
            let depth = sample.page.shell().root.matches("../").count();
            let place = format!("{language}-{}/{}", sample.name, "d/".repeat(depth.saturating_sub(1)));
            // Each sample stands in a folder of its own, as deep below the root as its real address.
            let file =
                if depth == 0 { format!("{language}-{}.html", sample.name) } else { format!("{place}index.html") };
            write(&folder.join(&file), rendered.html.as_bytes())?;
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(rendered.html.as_bytes())?;
            println!("{language}\t{}\t{}\t{}\t{file}", sample.name, rendered.html.len(), gzip.finish()?.len());
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
