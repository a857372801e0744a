//! The XML of a WXR file as records: a field of the channel, an author, a term, an item.

use std::fs::File;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::raw::{self, Fields, Item};
use super::source::Source;
use crate::Error;

/// A longer item is refused.
const MAX_ITEM: u64 = 32 * 1024 * 1024;
const WANTED: &str = "a WordPress export (WXR)";

/// One child of the channel.
pub(super) enum Record {
    /// A simple field of the channel.
    Field(&'static str, String),
    /// `wp:author`.
    Author(Fields),
    /// `wp:category`, `wp:tag`, `wp:term`; which is said by the fields it has.
    Term(&'static str, Fields),
    /// `item`.
    Item(Box<Item>),
}

pub(super) struct Wxr {
    reader: Reader<Source>,
    buffer: Vec<u8>,
    path: String,
    size: u64,
    depth: usize,
    wordpress: bool,
    ended: bool,
}

impl Wxr {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let io = |source| Error::Io { path: name.clone(), source };
        let file = File::open(path).map_err(io)?;
        let data = file.metadata().map_err(io)?;
        if data.is_dir() {
            let why = "it is a folder; name the .xml file in it".to_owned();
            return Err(Error::WrongKind { path: name, wanted: WANTED, why });
        }
        let source = Source::new(file).map_err(io)?;
        if let Some(why) = other_kind(source.beginning()) {
            return Err(Error::WrongKind { path: name, wanted: WANTED, why: why.to_owned() });
        }
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_comments = false;
        Ok(Self { reader, buffer: Vec::new(), path: name, size: data.len(), depth: 0, wordpress: false, ended: false })
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn at(&self) -> u64 {
        self.reader.get_ref().at()
    }

    pub(super) fn saw_wordpress(&self) -> bool {
        self.wordpress
    }

    /// Places where bytes were no characters.
    pub(super) fn replaced(&self) -> u64 {
        self.reader.get_ref().replaced
    }

    /// The next record; `None` at the end of the channel.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Error> {
        while !self.ended {
            self.buffer.clear();
            self.reader.get_mut().allow(MAX_ITEM);
            let event = self.reader.read_event_into(&mut self.buffer);
            let started = match event {
                Ok(Event::Start(start)) => Some(start.into_owned()),
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.ended = self.depth == 0;
                    None
                }
                Ok(Event::DocType(text)) => {
                    let declares = text.to_ascii_uppercase().contains("<!ENTITY");
                    return Err(self.declared(declares));
                }
                Ok(Event::Eof) => return Err(self.breaks_off("the file ends before it is complete")),
                Ok(_) => None,
                Err(error) => return Err(self.failed(&error)),
            };
            if let Some(start) = started
                && let Some(record) = self.started(&start)?
            {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    fn started(&mut self, start: &BytesStart<'static>) -> Result<Option<Record>, Error> {
        let name = start.name().as_ref().to_owned();
        self.depth += 1;
        match (self.depth, name.as_str()) {
            (1, "rss") | (2, "channel") => return Ok(None),
            (1, other) => {
                let why =
                    format!("it begins with <{other}> rather than <rss>; export it in WordPress under Tools → Export");
                return Err(Error::WrongKind { path: self.path.clone(), wanted: WANTED, why });
            }
            _ => {}
        }
        self.depth -= 1;
        self.wordpress |= name.starts_with("wp:");
        let record = match name.as_str() {
            "item" => {
                let mut item = Item::default();
                self.fill(&mut item)?;
                Some(Record::Item(Box::new(item)))
            }
            "wp:author" | "wp:wp_author" => Some(Record::Author(self.fields()?)),
            "wp:category" => Some(Record::Term("category", self.fields()?)),
            "wp:tag" => Some(Record::Term("post_tag", self.fields()?)),
            "wp:term" => Some(Record::Term("", self.fields()?)),
            other => {
                let mut item = raw::Text::default();
                self.fill(&mut item)?;
                raw::known(other).map(|name| Record::Field(name, item.0))
            }
        };
        Ok(record)
    }

    fn fields(&mut self) -> Result<Fields, Error> {
        let mut fields = Fields::default();
        self.fill(&mut fields)?;
        Ok(fields)
    }

    /// Feeds everything up to the record's end to its collector.
    fn fill(&mut self, into: &mut dyn raw::Collect) -> Result<(), Error> {
        let mut depth = 0usize;
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    into.start(depth, &start);
                    depth += 1;
                }
                Ok(Event::Empty(start)) => {
                    into.start(depth, &start);
                    into.end(depth);
                }
                Ok(Event::End(_)) if depth == 0 => return Ok(()),
                Ok(Event::End(_)) => {
                    depth -= 1;
                    into.end(depth);
                }
                Ok(Event::Text(text)) => into.text(depth, &text),
                Ok(Event::CData(text)) => into.text(depth, &text),
                Ok(Event::GeneralRef(name)) => raw::reference(&name, &mut |text| into.text(depth, text)),
                Ok(Event::DocType(_)) => return Err(self.declared(true)),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
                Ok(Event::Eof) => return Err(self.breaks_off("the file ends within an item")),
                Err(error) => return Err(self.failed(&error)),
            }
        }
    }

    fn declared(&self, entities: bool) -> Error {
        let what =
            if entities { "it declares entities (<!ENTITY …>)" } else { "it has a document type (<!DOCTYPE …>)" };
        let why = format!("{what}, which no WordPress export does; take the declaration out if you trust the file");
        Error::Refused { path: self.path.clone(), at: self.reader.buffer_position(), why }
    }

    fn breaks_off(&self, why: &str) -> Error {
        if self.depth == 0 && !self.wordpress {
            let why = "it holds no <rss>; export it in WordPress under Tools → Export".to_owned();
            return Error::WrongKind { path: self.path.clone(), wanted: WANTED, why };
        }
        Error::Damaged {
            path: self.path.clone(),
            at: self.reader.buffer_position(),
            why: format!("{why}; export it again, or copy it again if the copy broke off"),
        }
    }

    fn failed(&self, error: &quick_xml::Error) -> Error {
        let source = self.reader.get_ref();
        let at = self.reader.error_position().max(self.reader.buffer_position());
        match error {
            quick_xml::Error::Io(_) if source.over => Error::Refused {
                path: self.path.clone(),
                at,
                why: format!("one item is larger than {} MiB; take it out of the file", MAX_ITEM / 1024 / 1024),
            },
            quick_xml::Error::Io(error) => {
                Error::Io { path: self.path.clone(), source: std::io::Error::new(error.kind(), error.to_string()) }
            }
            other => self.breaks_off(&other.to_string()),
        }
    }
}

fn other_kind(beginning: &[u8]) -> Option<&'static str> {
    match beginning {
        [] => Some("it is empty; export it again"),
        [b'P', b'K', 3, 4, ..] => Some("it is a ZIP archive; unpack it and name the .xml file"),
        [0x1f, 0x8b, ..] => Some("it is compressed with gzip; unpack it and name the .xml file"),
        [b'{', ..] => Some("it is JSON; is it a Ghost export?"),
        _ => None,
    }
}
