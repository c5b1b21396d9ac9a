//! Where a file lies: on the machine's own disk, or on a stick, a disc, or
//! another medium that will be pulled out.
//!
//! Only what the system says without asking it anything unsafe is used: the
//! mount table on Linux, `/Volumes` on macOS, the drive letter on Windows. In
//! doubt a place is the machine's own, and the draft stays beside its bundle.

use std::path::{Component, Path, PathBuf, Prefix};

/// File systems that sticks and discs have, and the disks of this machine do not.
const FOREIGN: [&str; 9] = ["vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "udf", "iso9660", "hfsplus"];
/// Folders under which desktops mount what is plugged in.
const PLUGGED_IN: [&str; 2] = ["/media", "/run/media"];

/// A line of the mount table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mount {
    id: String,
    device: String,
    point: PathBuf,
    kind: String,
}

/// Whether a file, or a folder where one is to be, lies on a medium that is not
/// `home`'s own: `home` is where this machine keeps its user's data.
#[must_use]
pub fn is_foreign(path: &Path, home: &Path) -> bool {
    let (path, home) = (real(path), real(home));
    if cfg!(target_os = "linux") {
        let Ok(table) = std::fs::read_to_string("/proc/self/mountinfo") else { return false };
        foreign_on_linux(&table, &path, &home, &|device| removable(device))
    } else if cfg!(target_os = "macos") {
        foreign_on_macos(&path, &home)
    } else {
        foreign_by_drive(&path, &home)
    }
}

/// The path without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = whole.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    match there {
        Some((part, real)) => match whole.strip_prefix(part) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => whole,
    }
}

/// What the kernel says of a block device `8:1`; that of a partition is said
/// of its disk.
fn removable(device: &str) -> bool {
    let Ok(folder) = std::fs::canonicalize(Path::new("/sys/dev/block").join(device)) else { return false };
    let disk = if folder.join("partition").exists() { folder.parent() } else { Some(folder.as_path()) };
    disk.is_some_and(|disk| std::fs::read_to_string(disk.join("removable")).is_ok_and(|said| said.trim() == "1"))
}

fn foreign_on_linux(table: &str, path: &Path, home: &Path, removable: &dyn Fn(&str) -> bool) -> bool {
    let mounts: Vec<Mount> = table.lines().filter_map(mount).collect();
    // The longest point wins, and of two at one point the later.
    let holding = |path: &Path| {
        let holding = mounts.iter().filter(|mount| path.starts_with(&mount.point));
        holding.max_by_key(|mount| mount.point.components().count())
    };
    let Some(found) = holding(path) else { return false };
    if holding(home).is_some_and(|own| own.id == found.id) {
        // A whole system on a stick: there is no other disk to go to.
        return false;
    }
    FOREIGN.contains(&found.kind.as_str())
        || PLUGGED_IN.iter().any(|folder| found.point.starts_with(folder))
        || removable(&found.device)
}

/// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`: the parts
/// after the sixth are any number, up to a dash.
fn mount(line: &str) -> Option<Mount> {
    let (before, after) = line.split_once(" - ")?;
    let mut before = before.split(' ');
    let (id, _parent, device, _root, point) =
        (before.next()?, before.next()?, before.next()?, before.next()?, before.next()?);
    let kind = after.split(' ').next()?;
    // ntfs-3g calls itself fuseblk; `fuse.exfat` and the like are named too.
    let kind = kind.strip_prefix("fuse.").unwrap_or(kind);
    Some(Mount { id: id.to_owned(), device: device.to_owned(), point: unescaped(point), kind: kind.to_owned() })
}

/// Blanks, tabs, line ends and backslashes are written `\040` and so on.
#[cfg(unix)]
fn unescaped(text: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let octal = after.get(..3).filter(|_| *first == b'\\').and_then(|digits| std::str::from_utf8(digits).ok());
        match octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn unescaped(text: &str) -> PathBuf {
    PathBuf::from(text)
}

/// `/Volumes/STICK/…`; the own disk's name there is a link, gone by now.
fn foreign_on_macos(path: &Path, home: &Path) -> bool {
    let volume = |path: &Path| {
        let inside = path.strip_prefix("/Volumes").ok()?;
        inside.components().next().map(|first| first.as_os_str().to_owned())
    };
    volume(path).is_some_and(|found| volume(home).is_none_or(|own| own != found))
}

/// Another drive letter than that of the user's folder. A second disk built in
/// counts as foreign too: then the draft is kept twice, which does no harm.
fn foreign_by_drive(path: &Path, home: &Path) -> bool {
    let drive = |path: &Path| match path.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => Some(letter.to_ascii_uppercase()),
            _ => None,
        },
        _ => None,
    };
    drive(path).zip(drive(home)).is_some_and(|(found, own)| found != own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
22 27 0:20 / /proc rw,nosuid shared:5 - proc proc rw
27 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
31 27 259:1 / /boot/efi rw,relatime shared:9 - vfat /dev/nvme0n1p1 rw
40 27 8:1 / /media/zhang/U盘\\040一 rw,nosuid,nodev shared:20 - vfat /dev/sda1 rw,iocharset=utf8
41 27 8:17 / /run/media/zhang/x rw - ext4 /dev/sdb1 rw
42 27 8:33 / /opt/disk rw - ext4 /dev/sdc1 rw
43 27 8:49 / /mnt/win rw master:3 shared:7 - fuseblk /dev/sdd1 rw
44 27 0:55 / /srv/share rw - nfs4 host:/x rw
45 27 0:56 / /home rw - btrfs /dev/mapper/home rw
46 45 8:65 / /home/zhang/stick rw - fuse.exfat /dev/sde1 rw
a line that is none
47 27 8:81 / /mnt/cd ro - iso9660 /dev/sr0 ro
";

    fn foreign(path: &str, home: &str) -> bool {
        foreign_on_linux(TABLE, Path::new(path), Path::new(home), &|device| device == "8:33")
    }

    #[test]
    fn a_stick_is_known_by_its_file_system_its_place_or_what_the_kernel_says() {
        for stick in [
            "/media/zhang/U盘 一/E03.bundle",
            "/run/media/zhang/x/E03.bundle",
            "/opt/disk/a/b/E03.bundle",
            "/mnt/win/E03.bundle",
            "/home/zhang/stick/E03.bundle",
            "/mnt/cd/E03.bundle",
        ] {
            assert!(foreign(stick, "/home/zhang/.local/share"), "{stick}");
        }
    }

    #[test]
    fn the_own_disk_is_not_nor_is_a_folder_that_is_only_called_so() {
        for own in [
            "/home/zhang/E03.bundle",
            "/home/zhang/stickers/E03.bundle",
            "/srv/share/E03.bundle",
            "/media/nothing-mounted/E03.bundle",
            "/tmp/E03.bundle",
        ] {
            assert!(!foreign(own, "/home/zhang/.local/share"), "{own}");
        }
        // A system that runs from the stick itself.
        assert!(!foreign("/opt/disk/E03.bundle", "/opt/disk/home/.local/share"));
        assert!(!foreign_on_linux("", Path::new("/x"), Path::new("/y"), &|_| true));
    }

    #[test]
    fn of_two_mounts_at_one_place_the_later_counts() {
        let twice = format!("{TABLE}48 27 0:60 / /srv/share rw - vfat /dev/sdf1 rw\n");
        assert!(foreign_on_linux(&twice, Path::new("/srv/share/a"), Path::new("/home/a"), &|_| false));
    }

    #[test]
    fn volumes_and_drives() {
        let mac = |path: &str| foreign_on_macos(Path::new(path), Path::new("/Users/zhang/Library"));
        assert!(mac("/Volumes/STICK/E03.bundle"));
        assert!(!mac("/Users/zhang/E03.bundle") && !mac("/Volumes"));
        assert!(!foreign_on_macos(Path::new("/Volumes/X/a"), Path::new("/Volumes/X/home")));
        if cfg!(windows) {
            assert!(foreign_by_drive(Path::new(r"E:\E03.bundle"), Path::new(r"C:\Users\zhang")));
            assert!(!foreign_by_drive(Path::new(r"c:\E03.bundle"), Path::new(r"C:\Users\zhang")));
        }
    }

    #[test]
    fn a_folder_of_this_machine_is_its_own() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_foreign(&folder.path().join("not/there/yet"), folder.path()));
    }
}
