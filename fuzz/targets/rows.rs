//! Tables (csv): panel, names, marks. Rows are as wide as the header, lines go
//! up, and cells can be painted.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::formats::rows;
use pingshen_fuzz::{LIMITS, came, safe};

fuzz_target!(|bytes: &[u8]| {
    if let Some(table) = came(rows::read(bytes, LIMITS)) {
        let mut last = 0;
        for (line, cells) in &table.rows {
            assert!(*line > last, "lines go up");
            last = *line;
            assert_eq!(cells.len(), table.header.len());
            cells.iter().for_each(|cell| safe(cell));
            assert!(cells.iter().any(|cell| !cell.is_empty()));
        }
        table.header.iter().for_each(|cell| safe(cell));
    }
    for expert in came(rows::panel(bytes, LIMITS)).unwrap_or_default() {
        assert!(expert.line > 1);
        safe(&expert.name);
    }
    came(rows::names(bytes, LIMITS));
    for row in came(rows::marks(bytes, LIMITS)).unwrap_or_default() {
        assert_eq!(row.criterion.is_some(), row.points.is_some());
        safe(&row.remark);
    }
});
