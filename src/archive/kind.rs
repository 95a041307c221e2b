//! Which files hold other files, told by their content. Never by their names.

/// A file that holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Zip,
    Gzip,
    Tar,
}

impl Container {
    /// The kind in the register.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Gzip => "gzip",
            Self::Tar => "tar",
        }
    }
}

/// So many first bytes are enough to tell: one block of a tar archive.
pub(super) const HEAD: usize = 512;

/// What a file that begins with `head` holds; `None` for a document, or what may be one.
pub(super) fn of(head: &[u8]) -> Option<Container> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(Container::Zip)
    } else if head.starts_with(b"\x1F\x8B\x08") {
        Some(Container::Gzip)
    } else if is_tar(head) {
        Some(Container::Tar)
    } else {
        None
    }
}

/// A tar header carries the sum of its own bytes, the field of the sum counted as spaces.
fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.first_chunk::<HEAD>() else { return false };
    let field = 148..156;
    let digits: Vec<u8> = block[field.clone()].iter().copied().filter(u8::is_ascii_digit).collect();
    let stated = std::str::from_utf8(&digits).ok().and_then(|digits| u64::from_str_radix(digits, 8).ok());
    let counted: u64 = block
        .iter()
        .enumerate()
        .map(|(at, &byte)| u64::from(if field.contains(&at) { b' ' } else { byte }))
        .sum();
    block[0] != 0 && stated == Some(counted)
}

/// True where the members of a ZIP container are the parts of one document: Word, Excel, OpenDocument, EPUB.
pub(super) fn is_document<'n>(mut members: impl Iterator<Item = &'n [u8]>) -> bool {
    members.any(|name| name == b"[Content_Types].xml" || name == b"mimetype")
}
