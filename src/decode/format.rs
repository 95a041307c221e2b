//! What a document is. Never how it is read.

/// The kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text, with or without a table drawn in it.
    Text,
    /// A web page.
    Html,
    /// Word, since 2007.
    Docx,
    /// Word before that.
    Doc,
    /// A text document of OpenDocument.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Excel, since 2007.
    Xlsx,
    /// Excel before that.
    Xls,
    /// A spreadsheet of OpenDocument.
    Ods,
    /// PDF.
    Pdf,
    /// PNG, JPEG, TIFF.
    Image,
    /// Recognised words with boxes, as HTML.
    Hocr,
    /// Recognised words with boxes, as ALTO.
    Alto,
    /// Recognised words with boxes, as PAGE XML.
    PageXml,
    /// Recognised words with boxes, a word a line.
    TsvWords,
}

impl Format {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Pdf => "pdf",
            Self::Image => "image",
            Self::Hocr => "hocr",
            Self::Alto => "alto",
            Self::PageXml => "page-xml",
            Self::TsvWords => "tsv-words",
        }
    }
}
