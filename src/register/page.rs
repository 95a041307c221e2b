//! The page of a report: one file, nothing from elsewhere. Never a word of a document that is not escaped.

use std::fmt::Write;

use super::Standing;
use super::report::Figures;

const STYLE: &str = "
body { font: 15px/1.45 system-ui, sans-serif; color: #1c2733; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } tr + tr td { border-top: 1px solid #e3e8ee }
svg text { font: 12px system-ui, sans-serif; fill: #1c2733 } svg rect { fill: #4577b5 }
p.bad { color: #a01818 } small { color: #5b6b7b }
@media print { body { margin: 0 } }
";

/// The whole page.
pub(super) fn page(figures: &Figures) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>svod: the register</title>\n",
    );
    let _ = write!(out, "<style>{STYLE}</style>\n</head>\n<body>\n<h1>The register</h1>\n");
    counts(&figures.standing, &mut out);
    statuses(&figures.standing, &mut out);
    degraded(&figures.standing, &mut out);
    bars("Terms by the month they end in", &figures.months, &mut out);
    bars("Terms that name no last day, by kind", &figures.without_day, &mut out);
    bars("Executors by measures", &figures.executors, &mut out);
    bars("Measures by confidence", &figures.confidence, &mut out);
    regions(figures, &mut out);
    worst(figures, &mut out);
    out.push_str("</body>\n</html>\n");
    out
}

fn counts(standing: &Standing, out: &mut String) {
    let accounted = standing.inputs - standing.pending;
    let _ = writeln!(
        out,
        "<p>{} inputs, {accounted} accounted for; {} documents, {} plans, {} measures.</p>",
        standing.inputs, standing.documents, standing.plans, standing.measures
    );
    if !standing.balances() {
        out.push_str(
            "<p class=\"bad\">The sums do not balance: the last import did not end. Run it again.</p>\n",
        );
    }
}

fn statuses(standing: &Standing, out: &mut String) {
    let rows = standing.endings.iter().map(|ending| {
        let cause = ending.cause.as_deref().unwrap_or_default();
        vec![text(ending.status.name()), text(cause), number(ending.inputs)]
    });
    table("How the inputs ended", &["status", "why", "#inputs"], rows.collect(), out);
}

fn degraded(standing: &Standing, out: &mut String) {
    let rows = standing.degraded.iter();
    let rows = rows.map(|(path, before, now)| vec![text(path), number(*before), number(*now)]);
    table("Gave far more measures before", &["path", "#before", "#now"], rows.collect(), out);
}

fn regions(figures: &Figures, out: &mut String) {
    let rows = figures.regions.iter().map(|(region, year, plans, measures)| {
        vec![text(region), text(year), number(*plans), number(*measures)]
    });
    table("Regions and years", &["region", "year", "#plans", "#measures"], rows.collect(), out);
}

fn worst(figures: &Figures, out: &mut String) {
    let rows = figures.worst.iter().map(|(path, measures, confidence, noted)| {
        vec![text(path), number(*measures), Cell::Number(format!("{confidence:.2}")), number(*noted)]
    });
    let header = ["path", "#measures", "#mean confidence", "#warnings"];
    table("Documents to look at first", &header, rows.collect(), out);
}

enum Cell {
    Text(String),
    Number(String),
}

fn text(text: &str) -> Cell {
    Cell::Text(escaped(text))
}

fn number(number: u64) -> Cell {
    Cell::Number(number.to_string())
}

/// A table; a heading with `#` stands over numbers. Nothing where there is no row.
fn table(title: &str, header: &[&str], rows: Vec<Vec<Cell>>, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(out, "<h2>{title}</h2>\n<table>\n<tr>");
    for name in header {
        let _ = match name.strip_prefix('#') {
            Some(name) => write!(out, "<th class=\"n\">{name}</th>"),
            None => write!(out, "<th>{name}</th>"),
        };
    }
    out.push_str("</tr>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = match cell {
                Cell::Text(text) => write!(out, "<td>{text}</td>"),
                Cell::Number(number) => write!(out, "<td class=\"n\">{number}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// Labels get this much room, in pixels and in characters.
const LABEL: (u64, usize) = (380, 58);
const BAR: u64 = 420;
const LINE: u64 = 20;

/// A drawing with a bar for each row.
fn bars(title: &str, rows: &[(String, u64)], out: &mut String) {
    let Some(most) = rows.iter().map(|(_, count)| *count).max().filter(|most| *most > 0) else { return };
    let (width, height) = (LABEL.0 + BAR + 80, LINE * rows.len() as u64);
    let _ = writeln!(out, "<h2>{title}</h2>\n<svg width=\"{width}\" height=\"{height}\" role=\"img\">");
    for (nth, (label, count)) in (0..).zip(rows) {
        let (top, base) = (nth * LINE + 3, nth * LINE + 15);
        let long = (*count * BAR).div_ceil(most);
        let (from, after) = (LABEL.0 + 8, LABEL.0 + 14 + long);
        let _ = writeln!(
            out,
            "<g><title>{}</title><text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{from}\" y=\"{top}\" width=\"{long}\" height=\"14\"/><text x=\"{after}\" y=\"{base}\">{count}</text></g>",
            escaped(label),
            LABEL.0,
            escaped(&short(label)),
        );
    }
    out.push_str("</svg>\n");
}

fn short(label: &str) -> String {
    if label.chars().count() <= LABEL.1 {
        return label.to_owned();
    }
    let kept: String = label.chars().take(LABEL.1 - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Text that HTML cannot take for anything else.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}
