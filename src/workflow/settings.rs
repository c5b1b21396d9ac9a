//! A user's settings (设置), from their file.

use std::path::Path;

use crate::base::{Limits, Result};
pub use crate::formats::settings::{Ambiguous, Color, Settings};

/// Reads settings; a file that is not there sets nothing.
///
/// # Errors
/// A file that can't be read, or is not settings.
pub fn read(path: &Path) -> Result<Settings> {
    if !path.exists() {
        return Ok(Settings::default());
    }
    let bytes = super::packets::read_file(path, Limits::STANDARD.settings)?;
    crate::formats::settings::read(&bytes, &Limits::STANDARD)
        .map_err(|refusal| refusal.in_file(&path.display().to_string()))
}
