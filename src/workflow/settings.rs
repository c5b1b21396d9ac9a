//! A user's settings (设置), from their file.

use std::path::Path;

use crate::base::Result;
pub use crate::formats::settings::{Ambiguous, Color, Settings};

/// Largest settings file, in bytes.
const LARGEST: u64 = 64 << 10;

/// Reads settings; a file that is not there sets nothing.
///
/// # Errors
/// A file that can't be read, or is not settings.
pub fn read(path: &Path) -> Result<Settings> {
    if !path.exists() {
        return Ok(Settings::default());
    }
    let bytes = super::packets::read_file(path, LARGEST)?;
    crate::formats::settings::read(&bytes).map_err(|refusal| refusal.in_file(&path.display().to_string()))
}
