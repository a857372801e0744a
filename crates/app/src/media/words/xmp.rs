//! XMP: RDF that speaks about the photo. Values stand in elements or in attributes, alone or in lists
//! (`rdf:Alt` by language, `rdf:Seq` in order).

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::Said;

/// Larger packets are not read.
const MAX_PACKET: usize = 2 * 1024 * 1024;
/// More events than any real packet has.
const MAX_EVENTS: usize = 50_000;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const IPTC_CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Property {
    Caption,
    Creator,
    Credit,
    Rights,
    Alt,
}

impl Property {
    fn of(namespace: &ResolveResult<'_>, local: &str) -> Option<Self> {
        let ResolveResult::Bound(Namespace(namespace)) = namespace else { return None };
        Some(match (*namespace, local) {
            (DC, "description") => Self::Caption,
            (DC, "creator") => Self::Creator,
            (DC, "rights") => Self::Rights,
            (PHOTOSHOP, "Credit") => Self::Credit,
            (IPTC_CORE, "AltTextAccessibility") => Self::Alt,
            _other => return None,
        })
    }
}

/// What is being read.
#[derive(Default)]
struct State {
    said: Said,
    depth: usize,
    /// The property we are in and the depth of its element.
    inside: Option<(Property, usize)>,
    text: String,
    /// Values of the list items so far.
    items: Vec<String>,
}

/// Reads the words of a packet, as far as it is well-formed.
pub(super) fn read(packet: &[u8]) -> Said {
    let packet = String::from_utf8_lossy(&packet[..packet.len().min(MAX_PACKET)]);
    let mut reader = NsReader::from_str(&packet);
    let mut state = State::default();
    for _event in 0..MAX_EVENTS {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                state.open(&reader, &start);
                state.depth += 1;
            }
            Ok(Event::Empty(start)) => state.attributes(&reader, &start),
            Ok(Event::End(_)) => state.close(),
            Ok(Event::Text(text)) => state.add(&text.xml10_content()),
            Ok(Event::CData(text)) => state.add(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => state.add(&entity(&name)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
        }
    }
    state.said
}

/// The five entities of XML and character numbers; entities of a document type stay out.
fn entity(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_xml_entity(name).unwrap_or_default().to_owned()
}

impl State {
    fn open(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) {
        self.attributes(reader, start);
        let (namespace, local) = reader.resolver().resolve_element(start.name());
        if self.inside.is_none()
            && let Some(property) = Property::of(&namespace, local.as_ref())
        {
            self.inside = Some((property, self.depth));
            self.items.clear();
        }
        self.text.clear();
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let Some((property, depth)) = self.inside else { return };
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.items.push(text);
        }
        if self.depth == depth {
            self.inside = None;
            let items = std::mem::take(&mut self.items);
            // Of texts by language the first is the default; of creators all count.
            let value = if property == Property::Creator {
                items.join(", ")
            } else {
                items.into_iter().next().unwrap_or_default()
            };
            self.set(property, value);
        }
    }

    fn add(&mut self, text: &str) {
        if self.inside.is_some() {
            self.text.push_str(text);
        }
    }

    fn attributes(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) {
        for attribute in start.attributes().flatten() {
            let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
            if let Some(property) = Property::of(&namespace, local.as_ref())
                && let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0)
            {
                self.set(property, value.into_owned());
            }
        }
    }

    fn set(&mut self, property: Property, value: String) {
        let field = match property {
            Property::Caption => &mut self.said.caption,
            Property::Creator => &mut self.said.creator,
            Property::Credit => &mut self.said.credit,
            Property::Rights => &mut self.said.rights,
            Property::Alt => &mut self.said.alt,
        };
        if field.is_empty() {
            *field = value;
        }
    }
}
