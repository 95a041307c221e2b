//! The decoded source and its lines. Changes no character; it is the one place where a [`Text`] begins.

use super::{Span, Text};

/// The whole source as Unicode, and the only thing from which a [`Text`] can be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    string: String,
}

impl Decoded {
    /// Takes the decoded string. Spans are `u32`: the caller refuses sources of 4 GiB and more.
    pub fn new(string: String) -> Self {
        Self { string }
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The characters of `span`; empty where the span does not lie on character boundaries of this source.
    pub fn at(&self, span: Span) -> &str {
        self.string.get(span.range()).unwrap_or("")
    }

    /// Cuts a text out: every character verbatim.
    pub fn text(&self, span: Span) -> Text {
        Text::verbatim(self.at(span), span)
    }
}

/// The starts of the source's lines, for turning offsets into line and column at the edge of the program.
///
/// A line ends at LF, CR LF, a lone CR or a form feed, as in the page that a person sees in an editor.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset of the first character of every line, ascending; the first is 0.
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `string`.
    pub fn new(string: &str) -> Self {
        let bytes = string.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' | b'\x0c' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    /// Number of lines, a last empty one included.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: even the empty source has one line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The 0-based line that holds byte `offset`.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The byte at which 0-based `line` begins; past the last line, the start of the last.
    pub fn start(&self, line: usize) -> u32 {
        self.starts.get(line).or(self.starts.last()).copied().unwrap_or(0)
    }

    /// The span of 0-based `line` in `source`, without its line end.
    pub fn span(&self, line: usize, source: &str) -> Span {
        let start = self.start(line);
        let end = self.starts.get(line + 1).map_or(source.len(), |&next| next as usize);
        let content = source.get(start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r', '\x0c']);
        Span::new(start, start + content.len() as u32)
    }
}
