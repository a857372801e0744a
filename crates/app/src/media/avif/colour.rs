//! From the planes of an AV1 picture to RGB (ITU-T H.273).

use re_rav1d::dav1d::pixel::{MatrixCoefficients, YUVRange};
use re_rav1d::dav1d::{BitsPerComponent, Picture, PixelLayout, PlanarImageComponent as Part, Plane};

use super::super::Refused;
use super::super::decode::on_white;
use super::broken;

/// How brightness and colour make red, green and blue.
#[derive(Debug, Clone, Copy)]
enum Matrix {
    /// The planes are green, blue, red.
    Identity,
    /// The shares of red and blue in brightness.
    Shares(f32, f32),
}

/// The planes of one picture, with what is needed to read them.
pub(super) struct Planes {
    pub(super) width: u32,
    pub(super) height: u32,
    planes: Vec<(Plane, usize)>,
    /// Two bytes a sample.
    wide: bool,
    /// Largest sample.
    peak: f32,
    full: bool,
    matrix: Matrix,
    /// How many pixels share a colour sample, across and down, as shifts.
    shared: (u32, u32),
}

impl Planes {
    /// `colour` from the container stands above what the stream says.
    pub(super) fn of(picture: &Picture, colour: Option<(u16, bool)>) -> Result<Self, Refused> {
        let Some(BitsPerComponent(bits)) = picture.bits_per_component() else {
            return Err(broken("it has an unknown number of bits"));
        };
        let (parts, shared): (&[Part], _) = match picture.pixel_layout() {
            PixelLayout::I400 => (&[Part::Y], (0, 0)),
            PixelLayout::I420 => (&[Part::Y, Part::U, Part::V], (1, 1)),
            PixelLayout::I422 => (&[Part::Y, Part::U, Part::V], (1, 0)),
            PixelLayout::I444 => (&[Part::Y, Part::U, Part::V], (0, 0)),
        };
        let planes = parts.iter().map(|part| (picture.plane(*part), picture.stride(*part) as usize)).collect();
        let (matrix, full) = match colour {
            Some((number, full)) => (by_number(number), full),
            None => (by_name(picture.matrix_coefficients()), picture.color_range() == YUVRange::Full),
        };
        let peak = f32::from((1_u16 << bits) - 1);
        let (width, height) = (picture.width(), picture.height());
        Ok(Self { width, height, planes, wide: bits > 8, peak, full, matrix, shared })
    }

    /// A sample from 0 to 1; `None` beyond the plane, which does not happen.
    fn sample(&self, plane: usize, x: usize, y: usize) -> Option<f32> {
        let (bytes, stride) = self.planes.get(plane)?;
        let row = y * stride;
        let value = if self.wide {
            let at = row + 2 * x;
            u16::from_ne_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])
        } else {
            u16::from(*bytes.get(row + x)?)
        };
        Some(f32::from(value) / self.peak)
    }

    /// Brightness from 0 to 1, stretched where only a part of the range is used.
    fn brightness(&self, x: usize, y: usize) -> f32 {
        let value = self.sample(0, x, y).unwrap_or_default();
        if self.full { value } else { (value - 16.0 / 255.0) * (255.0 / 219.0) }
    }

    /// A colour difference from -0.5 to 0.5.
    fn difference(&self, plane: usize, x: usize, y: usize) -> f32 {
        let half = (self.peak + 1.0) / 2.0 / self.peak;
        let value = self.sample(plane, x >> self.shared.0, y >> self.shared.1).unwrap_or(half) - half;
        if self.full { value } else { value * (255.0 / 224.0) }
    }

    fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let bright = self.brightness(x, y);
        if self.planes.len() < 3 {
            return [byte(bright); 3];
        }
        match self.matrix {
            Matrix::Identity => {
                let other = |plane| self.sample(plane, x, y).unwrap_or_default();
                [byte(other(2)), byte(bright), byte(other(1))]
            }
            Matrix::Shares(of_red, of_blue) => {
                let (blue, red) = (self.difference(1, x, y), self.difference(2, x, y));
                let of_green = 1.0 - of_red - of_blue;
                let add_red = 2.0 * (1.0 - of_red) * red;
                let add_blue = 2.0 * (1.0 - of_blue) * blue;
                let add_green = -(of_red * add_red + of_blue * add_blue) / of_green;
                [byte(bright + add_red), byte(bright + add_green), byte(bright + add_blue)]
            }
        }
    }

    /// All pixels as RGB.
    pub(super) fn rgb(&self) -> Vec<u8> {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut rgb = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for x in 0..width {
                rgb.extend_from_slice(&self.pixel(x, y));
            }
        }
        rgb
    }
}

/// Lays a picture on white by the brightness of another one.
pub(super) fn flatten(rgb: &mut [u8], alpha: &Planes, premultiplied: bool) {
    let width = alpha.width as usize;
    for (index, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let alpha = byte(alpha.brightness(index % width, index / width));
        if let [red, green, blue] = pixel {
            let flat = if premultiplied {
                [*red, *green, *blue].map(|value| value.saturating_add(255 - alpha))
            } else {
                on_white([*red, *green, *blue, alpha])
            };
            [*red, *green, *blue] = flat;
        }
    }
}

fn byte(value: f32) -> u8 {
    (value * 255.0 + 0.5).clamp(0.0, 255.0) as u8
}

fn by_number(number: u16) -> Matrix {
    match number {
        0 => Matrix::Identity,
        1 => Matrix::Shares(0.2126, 0.0722),
        7 => Matrix::Shares(0.212, 0.087),
        9 | 10 => Matrix::Shares(0.2627, 0.0593),
        _other => Matrix::Shares(0.299, 0.114),
    }
}

fn by_name(name: MatrixCoefficients) -> Matrix {
    match name {
        MatrixCoefficients::Identity => by_number(0),
        MatrixCoefficients::BT709 => by_number(1),
        MatrixCoefficients::ST240M => by_number(7),
        MatrixCoefficients::BT2020NonConstantLuminance | MatrixCoefficients::BT2020ConstantLuminance => by_number(9),
        _other => by_number(6),
    }
}
