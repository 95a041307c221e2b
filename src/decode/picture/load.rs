/*!
The files that pictures come in: PNG, JPEG, TIFF, and the portable grey map that poppler prints.

This module never decodes what it has not measured: a picture says how large it is before its pixels are made, and one of
more than the limits allow is refused.
*/

use std::io::Cursor;

use image::{ImageDecoder, ImageReader};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};

use super::Picture;
use crate::archive::Limits;

/// All pages of a file together may have so many times the pixels of one.
const PAGES: u64 = 10;

/// Why a picture was not read.
#[derive(Debug)]
pub(in crate::decode) enum Fault {
    /// It has too many pixels, or too many pages.
    TooLarge(String),
    /// It is damaged, or of a kind that is not read.
    Damaged(String),
}

/// The pages of a PNG, JPEG or TIFF file, which may cost what `limits` say.
///
/// # Errors
/// Where it is too large or damaged.
pub(in crate::decode) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Picture>, Fault> {
    if bytes.starts_with(b"II") || bytes.starts_with(b"MM") {
        tiff(bytes, limits)
    } else {
        single(bytes, limits).map(|page| vec![page])
    }
}

fn measured(width: u32, height: u32, most: &Limits) -> Result<(), Fault> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Fault::Damaged("a picture without pixels".to_owned()));
    }
    if pixels > most.pixels {
        return Err(Fault::TooLarge(format!("the picture has {width} × {height} pixels")));
    }
    Ok(())
}

fn damaged(cause: impl std::fmt::Display) -> Fault {
    Fault::Damaged(cause.to_string())
}

/// The size that a PNG file gives in its first bytes, before anything else of it is looked at.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..16)?.strip_prefix(b"IHDR")?;
    let (width, height) = header.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height.first_chunk::<4>()?)))
}

fn single(bytes: &[u8], most: &Limits) -> Result<Picture, Fault> {
    if let Some((width, height)) = png_size(bytes) {
        measured(width, height, most)?;
    }
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(damaged)?;
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    measured(width, height, most)?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(most.pixels.saturating_mul(8));
    decoder.set_limits(limits).map_err(damaged)?;
    let decoded = image::DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let pixels = if decoded.color().has_alpha() {
        // Paper shows through what is transparent.
        let blended = |pixel: &image::LumaA<u8>| {
            let (grey, alpha) = (u32::from(pixel.0[0]), u32::from(pixel.0[1]));
            ((grey * alpha + 255 * (255 - alpha)) / 255) as u8
        };
        decoded.into_luma_alpha8().pixels().map(blended).collect()
    } else {
        decoded.into_luma8().into_raw()
    };
    Ok(Picture { width: width as usize, height: height as usize, pixels })
}

fn tiff(bytes: &[u8], most: &Limits) -> Result<Vec<Picture>, Fault> {
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut pages = Vec::new();
    let mut pixels = 0;
    loop {
        let (width, height) = decoder.dimensions().map_err(damaged)?;
        measured(width, height, most)?;
        pixels += u64::from(width) * u64::from(height);
        if pages.len() as u64 == most.pages || pixels > most.pixels.saturating_mul(PAGES) {
            return Err(Fault::TooLarge(format!("the file has more than {} pages", pages.len())));
        }
        pages.push(tiff_page(&mut decoder, width as usize, height as usize)?);
        if !decoder.more_images() {
            return Ok(pages);
        }
        decoder.next_image().map_err(damaged)?;
    }
}

fn tiff_page(decoder: &mut Decoder<Cursor<&[u8]>>, width: usize, height: usize) -> Result<Picture, Fault> {
    let color = decoder.colortype().map_err(damaged)?;
    let samples = match decoder.read_image().map_err(damaged)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| (sample >> 8) as u8).collect(),
        _ => return Err(damaged("its pixels are neither of 8 nor of 16 bits")),
    };
    let grey = |red: u8, green: u8, blue: u8| {
        ((u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000) as u8
    };
    let pixels: Vec<u8> = match color {
        ColorType::Gray(1) => {
            let row = width.div_ceil(8);
            let bit = |row: &[u8], x: usize| if row[x / 8] & (0x80 >> (x % 8)) == 0 { 0 } else { 255 };
            let rows = samples.chunks_exact(row);
            rows.flat_map(|row| (0..width).map(move |x| bit(row, x))).collect()
        }
        ColorType::Gray(8 | 16) => samples,
        ColorType::GrayA(8 | 16) => samples.chunks_exact(2).map(|own| own[0]).collect(),
        ColorType::RGB(8 | 16) => samples.chunks_exact(3).map(|own| grey(own[0], own[1], own[2])).collect(),
        ColorType::RGBA(8 | 16) => samples.chunks_exact(4).map(|own| grey(own[0], own[1], own[2])).collect(),
        other => return Err(Fault::Damaged(format!("its colours are of the kind {other:?}"))),
    };
    if pixels.len() != width * height {
        return Err(damaged("it ends before its last pixel"));
    }
    Ok(Picture { width, height, pixels })
}

/// The picture of a portable grey map with a byte a pixel, as poppler prints it; none where it is no such map.
pub(in crate::decode) fn portable(bytes: &[u8]) -> Option<Picture> {
    let mut numbers = Vec::new();
    let mut at = bytes.strip_prefix(b"P5").map(|_| 2)?;
    while numbers.len() < 3 {
        let digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            numbers.push(std::str::from_utf8(&bytes[at..at + digits]).ok()?.parse::<usize>().ok()?);
        }
        at += digits + 1;
    }
    let [width, height, 255] = numbers[..] else { return None };
    let pixels = bytes.get(at..at.checked_add(width.checked_mul(height)?)?)?.to_vec();
    Some(Picture { width, height, pixels })
}
