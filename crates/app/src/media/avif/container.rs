//! The boxes of an AVIF file (ISO/IEC 14496-12, 23008-12): where the picture lies and how it is to be shown.
//!
//! Every read is bounded by the box it is in; every count is bounded by [`MAX_ENTRIES`].

use super::super::Refused;
use super::broken;

/// More items, properties or references than any real file has.
const MAX_ENTRIES: usize = 4096;

/// What a file says about its main picture.
#[derive(Debug, Default)]
pub(super) struct Container {
    pub(super) size: (u32, u32),
    /// The AV1 stream.
    pub(super) primary: Vec<u8>,
    /// The AV1 stream of its transparency.
    pub(super) alpha: Option<Vec<u8>>,
    pub(super) premultiplied: bool,
    /// Quarter turns against the clock.
    pub(super) turns: u8,
    /// 0: top and bottom change places, 1: left and right do.
    pub(super) mirror: Option<u8>,
    /// ICC profile.
    pub(super) profile: Option<Vec<u8>>,
    /// Matrix coefficients and whether the full range is used (ITU-T H.273).
    pub(super) colour: Option<(u16, bool)>,
    /// A TIFF block.
    pub(super) exif: Option<Vec<u8>>,
    pub(super) xmp: Option<Vec<u8>>,
}

/// A cursor over one box's bytes.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    /// A big-endian number of up to eight bytes.
    fn number(&mut self, bytes: usize) -> Option<u64> {
        let taken = self.take(bytes)?;
        Some(taken.iter().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    }

    fn small(&mut self, bytes: usize) -> Option<u32> {
        u32::try_from(self.number(bytes)?).ok()
    }

    /// Version and flags of a full box.
    fn version(&mut self) -> Option<(u8, u32)> {
        let value = self.small(4)?;
        Some(((value >> 24) as u8, value & 0x00ff_ffff))
    }

    /// The next box in this one: its type and its content.
    fn next_box(&mut self) -> Option<([u8; 4], Reader<'a>)> {
        let whole = self.0;
        let size = self.small(4)?;
        let name: [u8; 4] = self.take(4)?.try_into().ok()?;
        let size = match size {
            0 => whole.len(),
            1 => usize::try_from(self.number(8)?).ok()?,
            size => size as usize,
        };
        let header = whole.len() - self.0.len();
        let content = self.take(size.checked_sub(header)?)?;
        Some((name, Reader(content)))
    }

    fn find(mut self, name: &[u8; 4]) -> Option<Reader<'a>> {
        (0..MAX_ENTRIES).map_while(|_| self.next_box()).find(|(found, _)| found == name).map(|(_, content)| content)
    }
}

/// Where an item's bytes lie.
struct Place {
    item: u32,
    in_meta: bool,
    base: u64,
    /// Offset and length; a length of 0 reaches to the end.
    extents: Vec<(u64, u64)>,
}

struct Item<'a> {
    id: u32,
    kind: [u8; 4],
    mime: &'a [u8],
}

struct Reference {
    kind: [u8; 4],
    from: u32,
    to: Vec<u32>,
}

impl Container {
    pub(super) fn read(file: &[u8]) -> Result<Self, Refused> {
        let mut meta = Reader(file).find(b"meta").ok_or_else(|| broken("it has no meta box"))?;
        meta.version().ok_or_else(|| broken("its meta box is cut off"))?;
        let primary = primary_item(meta).ok_or_else(|| broken("it names no main picture"))?;
        let items = items(meta).ok_or_else(|| broken("its list of items is cut off"))?;
        match items.iter().find(|item| item.id == primary).map(|item| &item.kind) {
            Some(b"av01") => {}
            Some(b"grid") => {
                return Err(Refused::Kind { what: "an AVIF picture in tiles", advice: "export it as JPEG" });
            }
            _other => return Err(broken("its main picture is none")),
        }
        let places = places(meta).ok_or_else(|| broken("its list of places is cut off"))?;
        let references = references(meta).unwrap_or_default();
        let idat = meta.find(b"idat").map_or(&[][..], |idat| idat.0);
        let bytes = |item: u32| gather(file, idat, places.iter().find(|place| place.item == item)?);
        let mut found =
            Self { primary: bytes(primary).ok_or_else(|| broken("its end is missing"))?, ..Self::default() };
        for (name, content) in properties(meta, primary) {
            found.apply(name, content);
        }
        if found.size == (0, 0) {
            return Err(broken("it does not say its size"));
        }
        if let Some(alpha) = alpha_item(meta, &references, primary) {
            found.alpha = Some(bytes(alpha).ok_or_else(|| broken("its end is missing"))?);
            found.premultiplied =
                references.iter().any(|it| &it.kind == b"prem" && it.from == primary && it.to.contains(&alpha));
        }
        for item in items.iter().filter(|item| describes(&references, item.id, primary)) {
            match (&item.kind, item.mime) {
                (b"Exif", _) => found.exif = bytes(item.id).and_then(|exif| tiff(&exif)),
                (b"mime", b"application/rdf+xml") => found.xmp = bytes(item.id),
                _other => {}
            }
        }
        Ok(found)
    }

    fn apply(&mut self, name: [u8; 4], mut content: Reader<'_>) {
        match &name {
            b"ispe" => {
                let size = content.version().and_then(|_| Some((content.small(4)?, content.small(4)?)));
                self.size = size.unwrap_or_default();
            }
            b"irot" => self.turns = content.small(1).map_or(0, |turns| (turns & 3) as u8),
            b"imir" => self.mirror = content.small(1).map(|axis| (axis & 1) as u8),
            b"colr" => match content.take(4) {
                Some(b"prof" | b"rICC") => self.profile = Some(content.0.to_vec()),
                Some(b"nclx") => self.colour = nclx(content),
                _other => {}
            },
            _other => {}
        }
    }
}

fn nclx(mut content: Reader<'_>) -> Option<(u16, bool)> {
    content.take(4)?;
    let matrix = u16::try_from(content.small(2)?).ok()?;
    Some((matrix, content.small(1)? & 0x80 != 0))
}

fn primary_item(meta: Reader<'_>) -> Option<u32> {
    let mut pitm = meta.find(b"pitm")?;
    let (version, _) = pitm.version()?;
    pitm.small(if version == 0 { 2 } else { 4 })
}

fn items(meta: Reader<'_>) -> Option<Vec<Item<'_>>> {
    let mut iinf = meta.find(b"iinf")?;
    let (version, _) = iinf.version()?;
    let count = iinf.small(if version == 0 { 2 } else { 4 })?;
    let mut items = Vec::new();
    for _ in 0..count.min(MAX_ENTRIES as u32) {
        let (_, mut entry) = iinf.next_box()?;
        let (version, _) = entry.version()?;
        let id = entry.small(if version < 3 { 2 } else { 4 })?;
        entry.take(2)?;
        let kind = entry.take(4)?.try_into().ok()?;
        let mime = entry.0.split(|byte| *byte == 0).nth(1).unwrap_or_default();
        items.push(Item { id, kind, mime });
    }
    Some(items)
}

fn places(meta: Reader<'_>) -> Option<Vec<Place>> {
    let mut iloc = meta.find(b"iloc")?;
    let (version, _) = iloc.version()?;
    let sizes = iloc.small(2)?;
    let size = |shift: u32| ((sizes >> shift) & 15).min(8) as usize;
    let (offset, length, base, index) = (size(12), size(8), size(4), if version == 0 { 0 } else { size(0) });
    let count = iloc.small(if version < 2 { 2 } else { 4 })?;
    let mut places = Vec::new();
    for _ in 0..count.min(MAX_ENTRIES as u32) {
        let item = iloc.small(if version < 2 { 2 } else { 4 })?;
        let in_meta = version > 0 && iloc.small(2)? & 15 == 1;
        iloc.take(2)?;
        let base = iloc.number(base)?;
        let mut extents = Vec::new();
        for _ in 0..iloc.small(2)? {
            iloc.take(index)?;
            extents.push((iloc.number(offset)?, iloc.number(length)?));
        }
        places.push(Place { item, in_meta, base, extents });
    }
    Some(places)
}

/// An item's bytes. Together they may not be more than the file has, so that extents cannot multiply them.
fn gather(file: &[u8], idat: &[u8], place: &Place) -> Option<Vec<u8>> {
    let source = if place.in_meta { idat } else { file };
    let mut bytes = Vec::new();
    for (offset, length) in &place.extents {
        let start = usize::try_from(place.base.checked_add(*offset)?).ok()?;
        let rest = source.get(start..)?;
        let length = if *length == 0 { rest.len() } else { usize::try_from(*length).ok()? };
        bytes.extend_from_slice(rest.get(..length)?);
        if bytes.len() > source.len() {
            return None;
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

fn references(meta: Reader<'_>) -> Option<Vec<Reference>> {
    let mut iref = meta.find(b"iref")?;
    let (version, _) = iref.version()?;
    let width = if version == 0 { 2 } else { 4 };
    let mut references = Vec::new();
    while let Some((kind, mut content)) = iref.next_box() {
        let from = content.small(width)?;
        let count = content.small(2)?;
        let to = (0..count).map_while(|_| content.small(width)).collect();
        references.push(Reference { kind, from, to });
        if references.len() > MAX_ENTRIES {
            return None;
        }
    }
    Some(references)
}

fn describes(references: &[Reference], item: u32, primary: u32) -> bool {
    references.iter().any(|it| &it.kind == b"cdsc" && it.from == item && it.to.contains(&primary))
}

/// The item that holds the main picture's transparency.
fn alpha_item(meta: Reader<'_>, references: &[Reference], primary: u32) -> Option<u32> {
    let mut auxiliary = references.iter().filter(|it| &it.kind == b"auxl" && it.to.contains(&primary));
    auxiliary.find(|it| properties(meta, it.from).iter().any(|property| is_alpha(property))).map(|it| it.from)
}

fn is_alpha((name, content): &([u8; 4], Reader<'_>)) -> bool {
    const ALPHA: [&[u8]; 2] = [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"];
    let text = content.0.get(4..).unwrap_or_default();
    name == b"auxC" && ALPHA.iter().any(|urn| text.starts_with(urn))
}

/// The properties that are tied to an item, in order.
fn properties(meta: Reader<'_>, item: u32) -> Vec<([u8; 4], Reader<'_>)> {
    let read = || {
        let iprp = meta.find(b"iprp")?;
        let mut ipco = iprp.find(b"ipco")?;
        let all: Vec<_> = (0..MAX_ENTRIES).map_while(|_| ipco.next_box()).collect();
        let indexes = associations(iprp.find(b"ipma")?, item)?;
        Some(indexes.into_iter().filter_map(|index| all.get(index.checked_sub(1)?).copied()).collect())
    };
    read().unwrap_or_default()
}

fn associations(mut ipma: Reader<'_>, wanted: u32) -> Option<Vec<usize>> {
    let (version, flags) = ipma.version()?;
    let count = ipma.small(4)?;
    for _ in 0..count.min(MAX_ENTRIES as u32) {
        let item = ipma.small(if version == 0 { 2 } else { 4 })?;
        let entries = ipma.small(1)?;
        let wide = flags & 1 == 1;
        let mut indexes = Vec::new();
        for _ in 0..entries {
            let value = ipma.small(if wide { 2 } else { 1 })?;
            indexes.push((value & if wide { 0x7fff } else { 0x7f }) as usize);
        }
        if item == wanted {
            return Some(indexes);
        }
    }
    None
}

/// An Exif item begins with how far its TIFF block is off.
fn tiff(exif: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader(exif);
    let offset = reader.small(4)? as usize;
    reader.0.get(offset..).map(<[u8]>::to_vec)
}
