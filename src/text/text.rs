//! The string and its pieces. Never invents a character: it cuts, joins, and rewrites by a named rule.

use std::ops::Range;

use smallvec::SmallVec;

use super::{Edit, Origin, Repair, RuleId, Span};

/// How a piece of a [`Text`] comes from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Character for character.
    Verbatim,
    /// One space for the white space (or line end, or nothing at all) between two words.
    Space,
    /// Other characters, by a rule.
    Rewritten {
        /// The rule.
        rule: RuleId,
        /// How sure the rule is, in hundredths.
        confidence: u8,
    },
}

/// A stretch of a [`Text`] with one source span and one way of coming from it. A deleted stretch has length 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text's own string.
    pub len: u32,
    /// Bytes of the decoded source.
    pub span: Span,
    /// What lies between the two.
    pub how: How,
}

/// A string that remembers which bytes of the source each part came from, and which rule changed the rest.
///
/// The pieces tile the string: their lengths add up to its length, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    pieces: Vec<Piece>,
}

/// A place in the pieces of a text: a piece, and the byte at which it begins.
#[derive(Clone, Copy, Default)]
struct Cursor {
    piece: usize,
    start: usize,
}

impl Text {
    pub(super) fn verbatim(string: &str, span: Span) -> Self {
        let mut text = Self::default();
        text.push(string, Piece { len: string.len() as u32, span, how: How::Verbatim });
        text
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length of the string in bytes.
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// True where no character is left; a text that was rewritten to nothing is empty and still has an origin.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// True where only white space is left.
    pub fn is_blank(&self) -> bool {
        self.string.chars().all(char::is_whitespace)
    }

    /// The pieces, in order; they tile the string.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Which bytes of the source this text stands for, adjacent spans joined.
    pub fn origin(&self) -> Origin {
        let mut origin = Origin::new();
        for piece in self.pieces.iter().filter(|piece| !piece.span.is_empty()) {
            match origin.last_mut() {
                Some(last) if last.end() == piece.span.start() => {
                    *last = Span::new(last.start(), piece.span.end());
                }
                _ => origin.push(piece.span),
            }
        }
        origin
    }

    /// The place in the source of byte `at` of this text; `None` for a text without pieces.
    pub fn source_offset(&self, at: usize) -> Option<u32> {
        self.offset_from(at, &mut Cursor::default())
    }

    /// As [`source_offset`](Self::source_offset), looked for from `cursor` on.
    fn offset_from(&self, at: usize, cursor: &mut Cursor) -> Option<u32> {
        let mut start = cursor.start;
        for piece in &self.pieces[cursor.piece..] {
            let end = start + piece.len as usize;
            if end < at {
                *cursor = Cursor { piece: cursor.piece + 1, start: end };
            }
            if at < end {
                let inside = if piece.how == How::Verbatim { (at - start) as u32 } else { 0 };
                return Some(piece.span.start() + inside);
            }
            start = end;
        }
        self.pieces.last().map(|piece| piece.span.end())
    }

    /// The part in byte `range` of this text, clamped to it and to character boundaries.
    ///
    /// A rewritten piece is not divisible: its bytes go with its first character. A deleted stretch goes with what
    /// follows it, or with what ends the text.
    pub fn slice(&self, range: Range<usize>) -> Self {
        self.slice_from(range, &mut Cursor::default())
    }

    /// The text of every range, as [`slice`](Self::slice) gives it; the ranges ascend, and all are cut in one walk.
    pub fn slices(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Self> {
        let mut cursor = Cursor::default();
        ranges.into_iter().map(|range| self.slice_from(range, &mut cursor)).collect()
    }

    /// The text of `range`, looked for from `cursor` on, which is left before `range` begins.
    fn slice_from(&self, range: Range<usize>, cursor: &mut Cursor) -> Self {
        let range = self.clamp(range);
        let mut part = Self::default();
        let mut start = cursor.start;
        for piece in &self.pieces[cursor.piece..] {
            let end = start + piece.len as usize;
            if end < range.start {
                *cursor = Cursor { piece: cursor.piece + 1, start: end };
            }
            if start > range.end {
                break;
            }
            if piece.len == 0 {
                let at_end = start == self.len() && range.end == self.len();
                if range.contains(&start) || (at_end && (range.start < start || start == 0)) {
                    part.pieces.push(*piece);
                }
            } else if start < range.end && range.start < end {
                let own = start.max(range.start)..end.min(range.end);
                let inner = own.start - start..own.end - start;
                let span = piece.part(inner);
                part.push(&self.string[own.clone()], Piece { len: own.len() as u32, span, how: piece.how });
            }
            start = end;
        }
        part
    }

    /// The text without white space at its ends.
    pub fn trim(&self) -> Self {
        let start = self.len() - self.string.trim_start().len();
        let end = start + self.string.trim().len();
        if start == 0 && end == self.len() { self.clone() } else { self.slice(start..end) }
    }

    /// The text with every run of white space as one space, and none at its ends.
    pub fn squeezed(&self) -> Self {
        let words: SmallVec<[Range<usize>; 8]> = words(&self.string).collect();
        let [first, .., last] = words.as_slice() else { return self.trim() };
        let tidy = words.windows(2).all(|pair| self.string[pair[0].end..pair[1].start] == *" ");
        if tidy && first.start == 0 && last.end == self.len() {
            return self.clone();
        }
        let mut squeezed = Self::default();
        let mut cursor = Cursor::default();
        let mut end = 0;
        for word in words {
            if !squeezed.is_empty() {
                let gap = self.slice_from(end..word.start, &mut cursor);
                let from = squeezed.pieces.last().map_or(0, |piece| piece.span.end());
                let to = self.offset_from(word.start, &mut cursor).unwrap_or(from);
                let blank = gap.is_printed() && from <= to && (to - from) as usize == gap.len();
                squeezed.push_space(Span::new(from, if blank { to } else { from }));
                squeezed.push_deleted(&gap);
            }
            end = word.end;
            squeezed.append(&self.slice_from(word, &mut cursor));
        }
        squeezed
    }

    /// The texts one after another, with a space between two of them where `space` says so.
    pub fn join<'a>(parts: impl IntoIterator<Item = &'a Text>, space: bool) -> Self {
        let mut joined = Self::default();
        for part in parts.into_iter().filter(|part| !part.pieces.is_empty()) {
            if space { joined.append_spaced(part) } else { joined.append(part) }
        }
        joined
    }

    /// Appends `other` behind a space, where both have something; the space has no bytes of its own.
    pub fn append_spaced(&mut self, other: &Text) {
        if !self.is_empty() && !other.is_empty() {
            let at = self.pieces.last().map_or(0, |piece| piece.span.end());
            self.push_space(Span::new(at, at));
        }
        self.append(other);
    }

    /// Appends `other` as it is.
    pub fn append(&mut self, other: &Text) {
        self.string.push_str(&other.string);
        self.pieces.extend_from_slice(&other.pieces);
    }

    /// The text after `edits`, which must be ascending and must not overlap; an edit that does is left out.
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let mut result = Self::default();
        let mut cursor = Cursor::default();
        let mut copied = 0;
        for edit in edits {
            let range = self.clamp(edit.range.clone());
            if range.start < copied {
                continue;
            }
            if range.start > copied {
                result.append(&self.slice_from(copied..range.start, &mut cursor));
            }
            let covered = self.covered(range.clone(), &mut cursor);
            result.push_rewritten(&covered, edit);
            copied = range.end;
        }
        if copied < self.len() || edits.is_empty() {
            result.append(&self.slice_from(copied..self.len(), &mut cursor));
        } else {
            result.pieces.extend(self.trailing_deletions());
        }
        result
    }

    /// Every change of characters in this text, in order. White space is not a change.
    pub fn repairs(&self) -> Vec<Repair> {
        let mut repairs: Vec<Repair> = Vec::new();
        let mut start = 0;
        let mut follows = false;
        for piece in &self.pieces {
            let end = start + piece.len as usize;
            if let How::Rewritten { rule, confidence } = piece.how {
                let to = &self.string[start..end];
                match repairs.last_mut() {
                    Some(last) if follows && last.rule == rule && to.is_empty() => {
                        last.origin.push(piece.span)
                    }
                    _ => repairs.push(Repair {
                        origin: Origin::from_elem(piece.span, 1),
                        to: to.to_owned(),
                        rule,
                        confidence,
                    }),
                }
            }
            follows = matches!(piece.how, How::Rewritten { .. });
            start = end;
        }
        repairs
    }

    /// The spans that an edit of `range` replaces, contiguous ones joined; looked for from `cursor` on.
    fn covered(&self, range: Range<usize>, cursor: &mut Cursor) -> Origin {
        if range.is_empty() {
            let at = match range.start {
                0 => self.pieces.first().map_or(0, |piece| piece.span.start()),
                at => self.before(at, cursor),
            };
            return Origin::from_elem(Span::new(at, at), 1);
        }
        let mut part = self.slice_from(range.clone(), cursor);
        if range.end == self.len() {
            let trailing = self.trailing_deletions().count();
            part.pieces.truncate(part.pieces.len() - trailing);
        }
        let origin = part.origin();
        if origin.is_empty() { part.pieces.iter().map(|piece| piece.span).take(1).collect() } else { origin }
    }

    /// The source place just after the character that ends at byte `at`.
    fn before(&self, at: usize, cursor: &mut Cursor) -> u32 {
        let part = self.slice_from(self.boundary(at - 1)..at, cursor);
        part.pieces.iter().rev().find(|piece| piece.len > 0).map_or(0, |piece| piece.span.end())
    }

    fn trailing_deletions(&self) -> impl Iterator<Item = Piece> + '_ {
        let kept = self.pieces.iter().rposition(|piece| piece.len > 0).map_or(0, |at| at + 1);
        self.pieces[kept..].iter().copied()
    }

    fn push_rewritten(&mut self, covered: &[Span], edit: &Edit) {
        let how = How::Rewritten { rule: edit.rule, confidence: edit.confidence };
        for (nth, span) in covered.iter().enumerate() {
            let string = if nth == 0 { edit.with.as_str() } else { "" };
            self.push_any(string, Piece { len: string.len() as u32, span: *span, how });
        }
    }

    /// True where every byte stands in the source.
    fn is_printed(&self) -> bool {
        let printed =
            |piece: &Piece| piece.span.len() == piece.len && !matches!(piece.how, How::Rewritten { .. });
        self.pieces.iter().all(printed)
    }

    /// Appends what white took the place of in `gap`: the change stays on the books when the white goes.
    fn push_deleted(&mut self, gap: &Text) {
        let whitened =
            gap.pieces.iter().filter(|piece| piece.len > 0 && matches!(piece.how, How::Rewritten { .. }));
        self.pieces.extend(whitened.map(|piece| Piece { len: 0, ..*piece }));
    }

    fn push_space(&mut self, span: Span) {
        self.push(" ", Piece { len: 1, span, how: How::Space });
    }

    fn push(&mut self, string: &str, piece: Piece) {
        if !string.is_empty() {
            self.push_any(string, piece);
        }
    }

    fn push_any(&mut self, string: &str, piece: Piece) {
        self.string.push_str(string);
        if let Some(last) = self.pieces.last_mut()
            && last.how == How::Verbatim
            && piece.how == How::Verbatim
            && last.span.end() == piece.span.start()
        {
            last.len += piece.len;
            last.span = Span::new(last.span.start(), piece.span.end());
            return;
        }
        self.pieces.push(piece);
    }

    fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let end = self.boundary(range.end.min(self.len()));
        let start = self.boundary(range.start.min(end));
        start..end
    }

    /// The nearest character boundary at or before `at`.
    fn boundary(&self, at: usize) -> usize {
        (0..=at).rev().find(|&at| self.string.is_char_boundary(at)).unwrap_or(0)
    }
}

impl Piece {
    /// The source span of bytes `inner` of this piece.
    fn part(&self, inner: Range<usize>) -> Span {
        match self.how {
            How::Verbatim => {
                Span::new(self.span.start() + inner.start as u32, self.span.start() + inner.end as u32)
            }
            _ if inner.start == 0 => self.span,
            _ => Span::new(self.span.end(), self.span.end()),
        }
    }
}

/// Byte ranges of the maximal runs without white space.
fn words(string: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    string.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - string.as_ptr() as usize;
        start..start + word.len()
    })
}
