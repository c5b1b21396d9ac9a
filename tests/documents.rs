//! Documents of applicants, read: the filled forms that lie beside the sources
//! give their text, tables, boxes and what lies beside the text.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "what fails ends the test, and what is skipped is said")]

use std::fs;
use std::path::{Path, PathBuf};

use pingshen::base::Limits;
use pingshen::domain::document::{Block, CarrierKind, Document, Table};
use pingshen::formats::document;

fn shared(folder: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("PINGSHEN_SHARED").map(PathBuf::from);
    let places = [named, Some(here.join("../shared")), Some(here.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join(folder)).find(|place| place.is_dir());
    if found.is_none() {
        eprintln!("skipped: {folder} is not there; set PINGSHEN_SHARED");
    }
    found
}

fn lines(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => out.push(text.clone()),
            Block::Table(Table { rows, .. }) => {
                rows.iter().flat_map(|row| &row.cells).for_each(|cell| lines(&cell.blocks, out));
            }
        }
    }
}

fn text(document: &Document) -> String {
    let mut out = Vec::new();
    lines(&document.blocks, &mut out);
    out.join("\n")
}

#[test]
fn the_filled_forms_give_what_was_put_into_them() {
    let Some(folder) = shared("forms") else { return };
    let key: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("answer_key.json")).unwrap()).unwrap();
    for form in key["applications"].as_array().unwrap() {
        let file = form["file"].as_str().unwrap();
        let document = document::read(&fs::read(folder.join(file)).unwrap(), file, &Limits::STANDARD).unwrap();
        let text = text(&document);
        for name in ["unit", "address", "uscc"] {
            let wanted = form["identity"][name].as_str().unwrap();
            assert!(text.contains(wanted), "{file}: {wanted} is not read\n{text}");
        }
        let boxes = text.chars().filter(|c| matches!(c, '☑' | '□')).count();
        assert!(boxes >= 10, "{file}: {boxes} boxes only; {}\n{text}", form["box_style"]);
        assert!(text.contains('☑'), "{file}: no box is ticked; {}", form["box_style"]);
        for leak in form["leaks"].as_array().unwrap() {
            let (kind, said) = (leak["kind"].as_str().unwrap(), leak["text"].as_str().unwrap_or_default());
            let of = |kind: CarrierKind| {
                document.carriers.iter().any(|carrier| carrier.kind == kind && carrier.text.contains(said))
            };
            let found = match kind {
                "header_name" => of(CarrierKind::HeaderName) && !text.contains(&format!("{said}\n申报")),
                "core_author" => of(CarrierKind::CoreAuthor),
                "comment_author" => of(CarrierKind::CommentAuthor),
                "image_text" => document.carriers.iter().any(|carrier| carrier.kind == CarrierKind::ImageText),
                "image_alt" => of(CarrierKind::ImageAlt),
                "hidden_text" => of(CarrierKind::HiddenText),
                "tracked_author" => of(CarrierKind::TrackedAuthor),
                "sdt_alias" => of(CarrierKind::SdtAlias),
                "custom_prop" => of(CarrierKind::CustomProp),
                "bookmark_name" => of(CarrierKind::BookmarkName),
                "filename" => of(CarrierKind::Filename),
                _ => text.contains(said),
            };
            assert!(found, "{file}: {leak} is not found\n{:#?}", document.carriers);
        }
    }
}
