//! Metadata put into files by hand, as cameras and agencies do.

/// An Exif block (a TIFF structure): orientation, description, artist, copyright, and a place (GPS).
pub(crate) fn exif(orientation: u16, words: [&str; 3]) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08".to_vec();
    let count = 5_u16;
    let mut after = 8 + 2 + usize::from(count) * 12 + 4;
    let mut values = Vec::new();
    block.extend(count.to_be_bytes());
    let mut ascii = |block: &mut Vec<u8>, tag: u16, text: &str| {
        let mut text = text.as_bytes().to_vec();
        text.push(0);
        text.resize(text.len().max(5).next_multiple_of(2), 0);
        block.extend([&tag.to_be_bytes()[..], &2_u16.to_be_bytes(), &(text.len() as u32).to_be_bytes()].concat());
        block.extend((after as u32).to_be_bytes());
        after += text.len();
        values.extend(text);
    };
    ascii(&mut block, 0x010e, words[0]);
    block.extend([&0x0112_u16.to_be_bytes()[..], &3_u16.to_be_bytes(), &1_u32.to_be_bytes()].concat());
    block.extend([&orientation.to_be_bytes()[..], &[0, 0]].concat());
    ascii(&mut block, 0x013b, words[1]);
    ascii(&mut block, 0x8298, words[2]);
    block.extend([&0x8825_u16.to_be_bytes()[..], &4_u16.to_be_bytes(), &1_u32.to_be_bytes()].concat());
    block.extend((after as u32).to_be_bytes());
    block.extend(0_u32.to_be_bytes());
    block.extend(values);
    // The place: one entry, GPSLatitudeRef, as four characters, and no further directory.
    block.extend([&1_u16.to_be_bytes()[..], &1_u16.to_be_bytes(), &2_u16.to_be_bytes(), &4_u32.to_be_bytes()].concat());
    block.extend(b"GPS!\0\0\0\0");
    block
}

/// An XMP packet with everything that we look for.
pub(crate) fn xmp(caption: &str, creator: &str, credit: &str, alt: &str) -> Vec<u8> {
    let other = if caption.is_empty() { "" } else { r#"<rdf:li xml:lang="ru">Другая</rdf:li>"# };
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:ps="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" ps:Credit="{credit}">
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li>{other}</rdf:Alt></dc:description>
 <dc:creator><rdf:Seq>{creator}</rdf:Seq></dc:creator>
 <i:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt></i:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    )
    .into_bytes()
}

/// Photoshop's resources with IPTC data sets of record 2.
pub(crate) fn iptc(sets: &[(u8, &[u8])]) -> Vec<u8> {
    let mut records = Vec::new();
    for (number, text) in sets {
        records.extend([0x1c, 2, *number]);
        records.extend((text.len() as u16).to_be_bytes());
        records.extend(*text);
    }
    let mut block = b"Photoshop 3.0\0".to_vec();
    block.extend(b"8BIM\x04\x25\0\0\0\0\0\x03abc\0");
    block.extend(b"8BIM\x04\x04\0\0");
    block.extend((records.len() as u32).to_be_bytes());
    block.extend(records);
    block
}

/// Puts segments behind a JPEG's start.
pub(crate) fn jpeg_with(file: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut new = file[..2].to_vec();
    for (marker, content) in segments {
        new.extend([0xff, *marker]);
        new.extend((content.len() as u16 + 2).to_be_bytes());
        new.extend(content);
    }
    new.extend(&file[2..]);
    new
}

pub(crate) fn jpeg_exif(block: &[u8]) -> (u8, Vec<u8>) {
    (0xe1, [b"Exif\0\0", block].concat())
}

pub(crate) fn jpeg_xmp(packet: &[u8]) -> (u8, Vec<u8>) {
    (0xe1, [b"http://ns.adobe.com/xap/1.0/\0", packet].concat())
}

/// Puts chunks behind a PNG's header.
pub(crate) fn png_with(file: &[u8], chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut new = file[..33].to_vec();
    for (name, content) in chunks {
        new.extend(png_chunk(name, content));
    }
    new.extend(&file[33..]);
    new
}

fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let body = [&name[..], content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
}

/// A PNG that claims a size and has one row.
pub(crate) fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let data = b"\x78\x9c\x03\0\0\0\0\x01";
    [&b"\x89PNG\r\n\x1a\n"[..], &png_chunk(b"IHDR", &header), &png_chunk(b"IDAT", data), &png_chunk(b"IEND", b"")]
        .concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

/// Makes an extended WebP of a simple one, with chunks behind the picture.
pub(crate) fn webp_with(file: &[u8], size: (u32, u32), chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let flag = |name: &[u8; 4], flag: u8| if chunks.iter().any(|(it, _)| *it == name) { flag } else { 0 };
    let flags = flag(b"EXIF", 8) | flag(b"XMP ", 4);
    let mut body = [&b"WEBPVP8X\x0a\0\0\0"[..], &[flags, 0, 0, 0]].concat();
    body.extend(&(size.0 - 1).to_le_bytes()[..3]);
    body.extend(&(size.1 - 1).to_le_bytes()[..3]);
    body.extend(&file[12..]);
    for (name, content) in chunks {
        body.extend(&name[..]);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(content);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

fn iso(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
}

/// An AVIF around the AV1 stream of another one, with turns, mirror, Exif and XMP.
pub(crate) fn avif_with(
    file: &[u8],
    size: (u32, u32),
    turns: u8,
    mirror: Option<u8>,
    exif: &[u8],
    xmp: &[u8],
) -> Vec<u8> {
    let mdat = file.windows(4).position(|four| four == b"mdat").unwrap() + 4;
    let items = [file[mdat..].to_vec(), [&[0; 4], exif].concat(), xmp.to_vec()];
    let infe = |id: u8, kind: &[u8]| iso(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0][..], kind].concat());
    let iinf =
        [&[0, 0, 0, 0, 0, 3][..], &infe(1, b"av01\0"), &infe(2, b"Exif\0"), &infe(3, b"mime\0application/rdf+xml\0")];
    let cdsc = |id: u8| iso(b"cdsc", &[0, id, 0, 1, 0, 1]);
    let ispe = iso(b"ispe", &[&[0; 4][..], &size.0.to_be_bytes(), &size.1.to_be_bytes()].concat());
    let mut ipco = [ispe, iso(b"irot", &[turns])].concat();
    if let Some(axis) = mirror {
        ipco.extend(iso(b"imir", &[axis]));
    }
    let count = if mirror.is_some() { 3 } else { 2 };
    let ipma = [&[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, count][..], &[1, 0x82, 0x83][..usize::from(count)]].concat();
    let meta = |start: u32| {
        let mut iloc = vec![0, 0, 0, 0, 0x44, 0, 0, 3];
        let mut offset = start;
        for (index, item) in items.iter().enumerate() {
            iloc.extend([0, index as u8 + 1, 0, 0, 0, 1]);
            iloc.extend(offset.to_be_bytes());
            iloc.extend((item.len() as u32).to_be_bytes());
            offset += item.len() as u32;
        }
        let boxes = [
            iso(b"pitm", &[0, 0, 0, 0, 0, 1]),
            iso(b"iinf", &iinf.concat()),
            iso(b"iref", &[&[0; 4][..], &cdsc(2), &cdsc(3)].concat()),
            iso(b"iprp", &[iso(b"ipco", &ipco), iso(b"ipma", &ipma)].concat()),
            iso(b"iloc", &iloc),
        ];
        iso(b"meta", &[&[0; 4][..], &boxes.concat()].concat())
    };
    let ftyp = iso(b"ftyp", b"avif\0\0\0\0avifmif1");
    let start = (ftyp.len() + meta(0).len() + 8) as u32;
    [ftyp, meta(start), iso(b"mdat", &items.concat())].concat()
}
