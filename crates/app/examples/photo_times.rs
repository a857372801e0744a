//! Times of the photo pipeline on one core: `cargo run --release -p app --example photo_times [FILE…]`.
//!
//! Without files it draws a picture of 24 megapixels with soft shapes and some noise, which is how photos compress.

use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use model::FocalPoint;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for path in std::env::args().skip(1) {
        files.push((path.clone(), std::fs::read(path)?));
    }
    if files.is_empty() {
        files.push(("24 megapixels, drawn".into(), drawn(6000, 4000)?));
    }
    for (name, bytes) in files {
        let began = Instant::now();
        let prepared = app::media::prepare(&bytes, FocalPoint::default())?;
        let took = began.elapsed();
        println!("{name}: {} × {}, {} bytes in, {took:.2?}", prepared.width, prepared.height, bytes.len());
        for (rendition, _) in &prepared.files {
            let (role, form) = (rendition.role, rendition.form);
            println!("  {role:?} {form:?} {} × {}: {} bytes", rendition.width, rendition.height, rendition.bytes);
        }
    }
    Ok(())
}

fn drawn(width: u32, height: u32) -> Result<Vec<u8>, image::ImageError> {
    let mut seed = 1_u32;
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (seed >> 28) as f32;
        let wave = |scale: f32, turn: f32| ((x as f32 / scale).sin() + (y as f32 / scale * turn).cos()) * 50.0 + 110.0;
        image::Rgb([wave(310.0, 1.3), wave(170.0, 0.7), wave(90.0, 2.1)].map(|value| (value + noise) as u8))
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 92).encode_image(&picture)?;
    Ok(file)
}
