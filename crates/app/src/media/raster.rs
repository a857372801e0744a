//! Pixels in memory: 8-bit sRGB, three bytes each, no alpha, row by row.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use model::FocalPoint;

use super::Refused;

/// A picture in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    /// `width * height * 3` bytes.
    pub(super) rgb: Vec<u8>,
}

/// A part of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cut {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Cut {
    /// The largest part of a picture with the proportions of `target` that has the focal point as near to its middle
    /// as the edges allow.
    pub(super) fn around(focal: FocalPoint, picture: (u32, u32), target: (u32, u32)) -> Self {
        let (across, down) = (f64::from(picture.0), f64::from(picture.1));
        let ratio = f64::from(target.0) / f64::from(target.1);
        let width = across.min(down * ratio);
        let height = down.min(across / ratio);
        let place = |focal: u16, whole: f64, part: f64| {
            let middle = f64::from(focal.min(1000)) / 1000.0 * whole;
            (middle - part / 2.0).clamp(0.0, whole - part)
        };
        Self { left: place(focal.x, across, width), top: place(focal.y, down, height), width, height }
    }
}

impl Raster {
    pub(super) fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The whole picture in another size (Lanczos, three lobes).
    pub(super) fn scaled(&self, width: u32, height: u32) -> Result<Self, Refused> {
        if (width, height) == (self.width, self.height) {
            return Ok(self.clone());
        }
        self.resized(width, height, &ResizeOptions::new())
    }

    /// A part of the picture in another size.
    pub(super) fn cut(&self, cut: Cut, width: u32, height: u32) -> Result<Self, Refused> {
        self.resized(width, height, &ResizeOptions::new().crop(cut.left, cut.top, cut.width, cut.height))
    }

    fn resized(&self, width: u32, height: u32, options: &ResizeOptions) -> Result<Self, Refused> {
        let from = ImageRef::new(self.width, self.height, &self.rgb, PixelType::U8x3).map_err(Refused::encoding)?;
        let mut to = Image::new(width, height, PixelType::U8x3);
        Resizer::new().resize(&from, &mut to, options).map_err(Refused::encoding)?;
        Ok(Self { width, height, rgb: to.into_vec() })
    }

    /// The average colour as `#rrggbb`.
    pub(super) fn colour(&self) -> String {
        let mut sums = [0_u64; 3];
        for pixel in self.rgb.chunks_exact(3) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u64::from(*value);
            }
        }
        let [red, green, blue] = sums.map(|sum| (sum + self.pixels() / 2) / self.pixels().max(1));
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The height that keeps the proportions at a width; at least one pixel.
pub(super) fn height_for(width: u32, picture: (u32, u32)) -> u32 {
    let height = (u64::from(picture.1) * u64::from(width) + u64::from(picture.0) / 2) / u64::from(picture.0.max(1));
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_stays_inside_and_keeps_the_focal_point() {
        for (x, y) in [(0, 0), (1000, 1000), (500, 500), (250, 900), (65_535, 65_535)] {
            for picture in [(3000, 2000), (2000, 3000), (6000, 800), (10, 10), (1, 4000)] {
                for target in [(480, 320), (1200, 630)] {
                    let cut = Cut::around(FocalPoint { x, y }, picture, target);
                    assert!(cut.left >= 0.0 && cut.left + cut.width <= f64::from(picture.0) + 1e-6, "{cut:?}");
                    assert!(cut.top >= 0.0 && cut.top + cut.height <= f64::from(picture.1) + 1e-6, "{cut:?}");
                    let point = f64::from(x.min(1000)) / 1000.0 * f64::from(picture.0);
                    assert!(point >= cut.left - 1e-6 && point <= cut.left + cut.width + 1e-6, "{cut:?}");
                    assert!((cut.width / cut.height - f64::from(target.0) / f64::from(target.1)).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn the_average_of_black_and_white_is_grey() {
        let raster = Raster { width: 2, height: 1, rgb: vec![0, 0, 0, 255, 255, 255] };
        assert_eq!(raster.colour(), "#808080");
    }
}
