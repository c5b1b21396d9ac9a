//! A bundle's content: a stored zip, read packet by packet. Members only as
//! the manifest names them, each checked against its digest when it is read.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::base::limits::{Counted, too_many};
use crate::base::{Digest, Limits, PacketCode, Place, Problem, Refusal, Result, VerifyKey};
use crate::domain::bundle::Manifest;
use crate::domain::figures::Figures;
use crate::domain::packet::read_number;

use super::event::{from_bytes, to_bytes};

const MANIFEST: &str = "manifest.signed";
const TEMPLATE: &str = "template.toml";
const FIGURES: &str = "figures.json";

fn amendment(number: u32) -> String {
    format!("amendments/{number}.signed")
}

fn member(code: &PacketCode) -> String {
    format!("packets/{code}.json")
}

/// The exact bytes of a manifest.
///
/// # Errors
/// None that a manifest can give.
pub fn encode_manifest(manifest: &Manifest) -> Result<Vec<u8>> {
    to_bytes(manifest)
}

/// Figures as they travel: decimals as strings.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FiguresFile {
    codes: Vec<PacketCode>,
    fields: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

/// The exact bytes of figures.
///
/// # Errors
/// None that figures can give.
pub fn encode_figures(figures: &Figures) -> Result<Vec<u8>> {
    to_bytes(&FiguresFile {
        codes: figures.codes.clone(),
        fields: figures.fields.clone(),
        rows: figures.rows.iter().map(|row| row.iter().map(|cell| cell.map(|n| n.to_string())).collect()).collect(),
    })
}

/// Reads figures.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_figures(bytes: &[u8], largest: u64) -> Result<Figures> {
    let file: FiguresFile = from_bytes(bytes, largest)?;
    let number = |text: String| read_number(&text).ok_or(Problem::NotNumber { text });
    let mut rows = Vec::with_capacity(file.rows.len());
    for row in file.rows {
        let cells: std::result::Result<Vec<_>, Problem> =
            row.into_iter().map(|cell| cell.map(number).transpose()).collect();
        rows.push(cells?);
    }
    Ok(Figures { codes: file.codes, fields: file.fields, rows })
}

/// Writes a bundle's content; the same parts give the same bytes. Amendments
/// are those the manifest takes in, from the first.
///
/// # Errors
/// None that memory does not give.
pub fn write(
    manifest: &[u8],
    template: &[u8],
    figures: &[u8],
    amendments: &[Vec<u8>],
    packets: &[(PacketCode, Vec<u8>)],
) -> Result<Vec<u8>> {
    let failed = |error: zip::result::ZipError| Refusal::from(Problem::Internal(error.to_string()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| -> Result<()> {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(bytes).map_err(|error| Problem::Internal(error.to_string()).into())
    };
    put(MANIFEST, manifest)?;
    put(TEMPLATE, template)?;
    put(FIGURES, figures)?;
    for (number, bytes) in (1..).zip(amendments) {
        put(&amendment(number), bytes)?;
    }
    for (code, bytes) in packets {
        put(&member(code), bytes)?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

/// Takes bytes out of their signature: the body, and whose signature it is.
pub type Unsign<'a> = &'a dyn Fn(&[u8]) -> Result<(Vec<u8>, VerifyKey)>;

/// A bundle opened for reading.
pub struct Reader<R> {
    archive: ZipArchive<R>,
    /// Largest member read, in bytes.
    largest: u64,
    /// The manifest.
    pub manifest: Manifest,
    /// Digest of the manifest's bytes, which sheets name.
    pub manifest_digest: Digest,
}

impl<R> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("manifest", &self.manifest_digest).finish_non_exhaustive()
    }
}

impl<R: Read + Seek> Reader<R> {
    /// Reads the directory and the manifest, and holds one against the other.
    /// `signed` takes the manifest out of its signature and says whose that is;
    /// it must be the round's that the manifest names.
    ///
    /// # Errors
    /// Not a zip, a manifest that is not signed by its round, a member the
    /// manifest does not name, one twice or missing.
    pub fn open(mut content: R, limits: &Limits, signed: Unsign<'_>) -> Result<Self> {
        let parts = count_parts(&mut content)?;
        if parts > limits.members {
            return Err(too_many(Counted::Members, limits.members).into());
        }
        let mut archive = ZipArchive::new(content).map_err(|error| Problem::BadArchive(error.to_string()))?;
        let largest = limits.member;
        let bytes = read_member(&mut archive, MANIFEST, largest)?;
        let (body, by) = signed(&bytes).map_err(|refusal| refusal.in_file(MANIFEST))?;
        let manifest: Manifest = from_bytes(&body, largest).map_err(|refusal| refusal.in_file(MANIFEST))?;
        if manifest.secretary.verify != by {
            return Err(Refusal::from(Problem::OtherSigner).in_file(MANIFEST));
        }
        let mut expected: BTreeSet<String> = [MANIFEST, TEMPLATE, FIGURES].map(str::to_owned).into();
        for entry in &manifest.packets {
            if !expected.insert(member(&entry.code)) {
                return Err(Problem::Duplicate { what: entry.code.to_string() }.into());
            }
        }
        // No more than are there: the number is the manifest's, and could be any.
        let most = u32::try_from(archive.len()).unwrap_or(u32::MAX);
        expected.extend((1..=manifest.amendment.min(most)).map(amendment));
        if archive.len() != expected.len() {
            return Err(Problem::BadArchive(format!("{} != {}", archive.len(), expected.len())).into());
        }
        for name in archive.file_names() {
            let name = name.map_err(|error| Problem::BadArchive(error.to_string()))?;
            if !expected.remove(name.as_ref()) {
                let name = crate::base::clean::clean_line(&name);
                return Err(Problem::NotInManifest { name }.into());
            }
        }
        Ok(Self { archive, largest, manifest, manifest_digest: Digest::of(&bytes) })
    }

    /// The template's bytes.
    ///
    /// # Errors
    /// Not what the manifest says.
    pub fn template(&mut self) -> Result<Vec<u8>> {
        let wanted = self.manifest.template;
        self.checked(TEMPLATE, &wanted)
    }

    /// The figures of all packets.
    ///
    /// # Errors
    /// Not what the manifest says.
    pub fn figures(&mut self) -> Result<Figures> {
        let wanted = self.manifest.figures;
        let bytes = self.checked(FIGURES, &wanted)?;
        decode_figures(&bytes, self.largest).map_err(|refusal| refusal.in_file(FIGURES))
    }

    /// One packet's bytes.
    ///
    /// # Errors
    /// Not in this bundle, or not what the manifest says.
    pub fn packet(&mut self, code: &PacketCode) -> Result<Vec<u8>> {
        let entry = self.manifest.packets.iter().find(|entry| entry.code == *code);
        let wanted = entry.map(|entry| entry.digest).ok_or_else(|| Problem::NotAssigned { code: code.to_string() })?;
        self.checked(&member(code), &wanted)
    }

    /// The signed amendments that the bundle takes in, from the first; each is
    /// held against the one before by whoever reads them.
    ///
    /// # Errors
    /// A broken zip.
    pub fn amendments(&mut self) -> Result<Vec<Vec<u8>>> {
        let largest = self.largest;
        (1..=self.manifest.amendment)
            .map(|number| read_member(&mut self.archive, &amendment(number), largest))
            .collect()
    }

    fn checked(&mut self, name: &str, wanted: &Digest) -> Result<Vec<u8>> {
        let bytes = read_member(&mut self.archive, name, self.largest)?;
        if Digest::of(&bytes) != *wanted {
            return Err(Refusal::new(Place::file(name), Problem::Altered));
        }
        Ok(bytes)
    }
}

/// How many parts the archive says it has, from its last 22 bytes, before its
/// directory is read: `zip` keeps all of a directory, however long. Ours has no
/// comment behind and no more parts than two bytes count.
fn count_parts<R: Read + Seek>(content: &mut R) -> Result<usize> {
    let bad = |why: String| Refusal::from(Problem::BadArchive(why));
    let mut end = [0; 22];
    content
        .seek(SeekFrom::End(-22))
        .and_then(|_| content.read_exact(&mut end))
        .map_err(|error| bad(error.to_string()))?;
    match end {
        [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, .., 0, 0] if [low, high] != [0xff; 2] => {
            Ok(usize::from(u16::from_le_bytes([low, high])))
        }
        _ => Err(bad("no directory at the end".to_owned())),
    }
}

fn read_member<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str, largest: u64) -> Result<Vec<u8>> {
    let bad = |error: String| Refusal::new(Place::file(name), Problem::BadArchive(error));
    let member = archive.by_name(name).map_err(|error| bad(error.to_string()))?;
    if member.compression() != CompressionMethod::Stored {
        return Err(bad("not stored".to_owned()));
    }
    let mut bytes = Vec::new();
    member.take(largest.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| bad(error.to_string()))?;
    if u64::try_from(bytes.len()).map_or(true, |size| size > largest) {
        return Err(Refusal::new(Place::file(name), Problem::TooBig { limit: largest }));
    }
    Ok(bytes)
}

/// Reads a manifest.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_manifest(bytes: &[u8], limits: &Limits) -> Result<Manifest> {
    from_bytes(bytes, limits.member)
}
