//! The house: which room may use which, read from the sources themselves.
//!
//! Layers that nothing checks decay. This reads every file under `src` and
//! holds every path that begins with `crate`, `self` or `super`, and every
//! name of a third-party crate, to the tables below: in `use` lines, types,
//! expressions, attributes and inside macros. All that is wrong is said at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// The rooms, and the rooms each may use. The README shows the same table.
const ROOMS: [(&str, &[&str]); 10] = [
    ("base", &[]),
    ("domain", &["base"]),
    ("tally", &["base", "domain"]),
    ("identity", &["base", "domain"]),
    ("seal", &["base"]),
    ("store", &["base"]),
    ("formats", &["base", "domain"]),
    ("workflow", &["base", "domain", "tally", "identity", "seal", "store", "formats"]),
    ("cli", &["base", "domain", "workflow", "tui"]),
    ("tui", &["base", "domain", "workflow"]),
];

/// The one file of `cli` that starts `tui`.
const SCREEN_DOOR: &str = "cli::screens";

/// Where each third-party crate may be named: a room, or one module of it.
const DOORS: [(&str, &[&str]); 32] = [
    ("age", &["seal"]),
    ("aho_corasick", &["identity"]),
    ("bech32", &["seal"]),
    ("calamine", &["formats"]),
    ("chacha20poly1305", &["seal"]),
    ("clap", &["cli"]),
    ("crossterm", &["tui"]),
    ("csv", &["formats"]),
    ("directories", &["cli"]),
    ("ed25519_dalek", &["seal"]),
    ("encoding_rs", &["formats"]),
    // Chance comes in where a round begins, where keys are made and where codes are drawn.
    ("getrandom", &["seal", "workflow::blind", "workflow::new"]),
    ("jiff", &["base"]),
    ("libm", &["tally::doubt"]),
    ("pinyin", &["domain"]),
    ("quick_xml", &["formats"]),
    ("ratatui", &["tui"]),
    ("ratatui_textarea", &["tui"]),
    ("regex", &["formats", "identity"]),
    ("rusqlite", &["store"]),
    // Decimals of any size, for a packet's figures; marks are `Points`.
    ("rust_decimal", &["domain", "formats", "tui"]),
    // No core dumps; and files read back from the medium.
    ("rustix", &["cli::reading", "cli::traces", "store", "workflow::reader"]),
    // The derives stand on the nouns; which format it is, only `formats` knows.
    ("serde", &["base", "domain", "formats"]),
    ("serde_json", &["formats"]),
    ("sha2", &["base"]),
    ("signal_hook", &["tui"]),
    ("toml", &["formats"]),
    ("unicode_normalization", &["base"]),
    ("unicode_segmentation", &["base"]),
    ("unicode_width", &["base"]),
    ("zeroize", &["seal"]),
    ("zip", &["formats"]),
];

/// What of the machine may be named where: parts of `std` by how they begin.
const MACHINE: [(&str, &[&str]); 4] = [
    ("std::env", &["cli"]),
    ("std::fs", &["seal", "store", "workflow"]),
    ("std::net", &[]),
    ("std::process", &["cli", "store", "workflow"]),
];

/// The clock, wherever it is named from.
const CLOCKS: [&str; 2] = ["SystemTime", "Instant"];
const CLOCK_DOORS: [&str; 2] = ["base::clock", "tui"];

/// Rooms in which every number is exact.
const EXACT: [&str; 2] = ["domain", "tally"];
/// What is shown beside a result, and never in it.
const BESIDE: &str = "tally::doubt";

/// Steps and screens that never reach the safe, by any chain of imports.
const BLIND: [&str; 6] = ["workflow::score", "workflow::collect", "workflow::rank", "workflow::doubt", "tally", "tui"];
const SAFE: &str = "identity";
/// Modules that open it themselves.
const KEYHOLDERS: [&str; 10] = [
    "workflow::blind",
    "workflow::deciding",
    "workflow::declarations",
    "workflow::issue",
    "workflow::issue_update",
    "workflow::panel",
    "workflow::publish",
    "workflow::receive",
    "workflow::register",
    "workflow::screen",
];

/// Most lines of a file; files of tests are let off.
const MOST_LINES: usize = 600;

/// A module's place: `workflow::rank`; the crate's own root is empty.
type Place = Vec<String>;

fn place(text: &str) -> Place {
    text.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether a module is this one or inside it.
fn within(module: &[String], outer: &str) -> bool {
    module.starts_with(&place(outer))
}

/// A path as written.
#[derive(Debug, Clone)]
struct Named {
    path: Vec<String>,
    line: usize,
    /// A `use`, or one that begins with `::`: its first part is no local name.
    sure: bool,
    test: bool,
}

/// A module: one of a file, or one inside a file.
#[derive(Debug, Default)]
struct Module {
    file: PathBuf,
    test: bool,
    named: Vec<Named>,
    /// Names brought in by `use`, with what they stand for.
    brought: BTreeMap<String, Vec<String>>,
    /// Floats written as numbers: line, test.
    floats: Vec<(usize, bool)>,
}

/// All modules of a crate, with what could not be read.
#[derive(Debug, Default)]
struct House {
    modules: BTreeMap<Place, Module>,
    lines: BTreeMap<PathBuf, (usize, bool)>,
    wrong: Vec<String>,
}

/// Sources by path, so that the test itself can be tested.
type Sources = BTreeMap<PathBuf, String>;

impl House {
    /// Reads a crate from its root file, following `mod` lines.
    fn read(sources: &Sources) -> Self {
        let mut house = Self::default();
        house.file(sources, Path::new("lib.rs"), Place::new(), Path::new(""), false);
        for file in sources.keys() {
            let known = house.lines.contains_key(file) || file == Path::new("main.rs");
            if !known {
                house.wrong.push(format!("{}:1: no `mod` line leads to this file", shown(file)));
            }
        }
        house
    }

    fn file(&mut self, sources: &Sources, file: &Path, module: Place, children: &Path, test: bool) {
        let Some(source) = sources.get(file) else {
            self.wrong.push(format!("{}:1: not there, but a `mod` line leads to it", shown(file)));
            return;
        };
        self.lines.insert(file.to_owned(), (source.lines().count(), test));
        let parsed = match syn::parse_file(source) {
            Ok(parsed) => parsed,
            Err(error) => {
                let line = error.span().start().line;
                self.wrong.push(format!("{}:{line}: not Rust: {error}", shown(file)));
                return;
            }
        };
        self.modules.insert(module.clone(), Module { file: file.to_owned(), test, ..Module::default() });
        let mut reader = Reader { house: self, file, module, children: children.to_owned(), test, files: Vec::new() };
        reader.visit_file(&parsed);
        for ChildFile { module, file, children, test } in reader.files {
            let (file, children) = match file {
                Some(file) => (file, children),
                None => {
                    let beside = children.with_extension("rs");
                    let inside = children.join("mod.rs");
                    (if sources.contains_key(&inside) { inside } else { beside }, children)
                }
            };
            self.file(sources, &file, module, &children, test);
        }
    }

    /// The whole path a path stands for, seen from a module; nothing for what
    /// is outside the crate or local.
    fn absolute(&self, from: &[String], path: &[String], depth: usize) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        let joined = |base: &[String], rest: &[String]| Some([base, rest].concat());
        match first.as_str() {
            "crate" => joined(&[], rest),
            "self" if rest.is_empty() => joined(from, rest),
            "self" => self.absolute(from, rest, depth).or_else(|| joined(from, rest)),
            "super" => {
                let (_, outer) = from.split_last()?;
                if rest.first().is_some_and(|next| next == "super") {
                    self.absolute(outer, rest, depth)
                } else {
                    joined(outer, rest)
                }
            }
            _ => {
                let module = self.modules.get(from)?;
                match module.brought.get(first) {
                    Some(known) if known != path && known.first() != Some(first) && depth > 0 => {
                        let known = self.absolute(from, known, depth - 1)?;
                        joined(&known, rest)
                    }
                    _ => {
                        let child = [from, std::slice::from_ref(first)].concat();
                        self.modules.contains_key(&child).then(|| [from, path].concat())
                    }
                }
            }
        }
    }

    /// The module in which the thing a whole path names is written, through
    /// what modules pass on by `pub use`.
    fn written_in(&self, whole: &[String], depth: usize) -> Place {
        let mut at = Place::new();
        for (read, part) in whole.iter().enumerate() {
            let child = [&at[..], std::slice::from_ref(part)].concat();
            if self.modules.contains_key(&child) {
                at = child;
                continue;
            }
            let passed_on = self.modules.get(&at).and_then(|module| module.brought.get(part));
            if let Some(known) = passed_on.filter(|_| depth > 0)
                && let Some(onwards) = self.absolute(&at, known, depth - 1)
            {
                let rest = whole.get(read + 1..).unwrap_or_default();
                return self.written_in(&[&onwards[..], rest].concat(), depth - 1);
            }
            break;
        }
        at
    }

    /// Modules a module's own program code names.
    fn imports(&self, module: &[String]) -> BTreeSet<Place> {
        let Some(known) = self.modules.get(module).filter(|known| !known.test) else { return BTreeSet::new() };
        let named = known.named.iter().filter(|named| !named.test);
        named
            .filter_map(|named| self.absolute(module, &named.path, 8))
            .map(|whole| self.written_in(&whole, 8))
            .collect()
    }

    /// A chain of imports from a module to the safe, if there is one.
    fn way_to_the_safe(&self, from: &Place) -> Option<Vec<Place>> {
        let mut came_from: BTreeMap<Place, Option<Place>> = BTreeMap::from([(from.clone(), None)]);
        let mut open = vec![from.clone()];
        while let Some(module) = open.pop() {
            if within(&module, SAFE) {
                let mut way = vec![module];
                while let Some(Some(before)) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(before.clone());
                }
                way.reverse();
                return Some(way);
            }
            for next in self.imports(&module) {
                if !came_from.contains_key(&next) {
                    came_from.insert(next.clone(), Some(module.clone()));
                    open.push(next);
                }
            }
        }
        None
    }

    /// Everything that breaks the tables, in order of file and line.
    fn violations(&self, crates: &Crates) -> Vec<String> {
        let mut found: BTreeSet<(PathBuf, usize, String)> = BTreeSet::new();
        let mut say = |file: &Path, line: usize, what: String| {
            found.insert((file.to_owned(), line, what));
        };
        for (module, known) in &self.modules {
            let room = module.first().map_or("", String::as_str);
            let allowed = ROOMS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
            if allowed.is_none() && !module.is_empty() {
                say(&known.file, 1, format!("`{room}` is no room of the house"));
            }
            for named in &known.named {
                let text = named.path.join("::");
                let mut breaks = |what: String| say(&known.file, named.line, what);
                if let Some(outside) = self.outside(module, named, crates) {
                    for what in third_party(module, named, &outside, crates) {
                        breaks(what);
                    }
                } else if let Some(whole) = self.absolute(module, &named.path, 8)
                    && matches!(named.path.first().map(String::as_str), Some("crate" | "self" | "super"))
                {
                    let used = whole.first().map_or("", String::as_str);
                    let home = room == used || module.is_empty();
                    if !home && !allowed.is_some_and(|allowed| allowed.contains(&used)) {
                        breaks(format!("`{room}` may not use `{used}`: {text}"));
                    }
                    if room == "cli" && used == "tui" && !within(module, SCREEN_DOOR) {
                        breaks(format!("only `{SCREEN_DOOR}` starts `tui`: {text}"));
                    }
                    let opens = within(&whole, SAFE) && !within(module, SAFE);
                    if opens && !KEYHOLDERS.iter().any(|holder| within(module, holder)) {
                        breaks(format!("`{}` is not among those who open `{SAFE}`: {text}", module.join("::")));
                    }
                }
                let clock = named.path.iter().any(|part| CLOCKS.contains(&part.as_str()));
                if clock && !CLOCK_DOORS.iter().any(|door| within(module, door)) {
                    breaks(format!("the clock is an argument here: {text}"));
                }
                let float = named.path.iter().any(|part| part == "f32" || part == "f64");
                if float && EXACT.contains(&room) && !within(module, BESIDE) {
                    breaks(format!("no floats in `{room}`: {text}"));
                }
            }
            // In tests a number may be how often something is drawn.
            let exact = EXACT.contains(&room) && !within(module, BESIDE);
            for (line, _) in known.floats.iter().filter(|(_, test)| exact && !test) {
                say(&known.file, *line, format!("no floats in `{room}`"));
            }
            if !known.test
                && BLIND.iter().any(|blind| within(module, blind))
                && let Some(way) = self.way_to_the_safe(module)
            {
                let way: Vec<String> = way.iter().map(|module| module.join("::")).collect();
                say(&known.file, 1, format!("reaches `{SAFE}`: {}", way.join(" → ")));
            }
        }
        for (file, (lines, test)) in &self.lines {
            if *lines > MOST_LINES && !test {
                say(file, *lines, format!("{lines} lines; {MOST_LINES} at most"));
            }
        }
        let used = self.crates_used(crates);
        for (name, _) in DOORS.iter().filter(|(name, _)| !crates.normal.contains(*name)) {
            say(Path::new("../Cargo.toml"), 1, format!("`{name}` has a door and is no dependency"));
        }
        for name in &crates.normal {
            if !DOORS.iter().any(|(known, _)| known == name) {
                say(Path::new("../Cargo.toml"), 1, format!("`{name}` is a dependency without a door"));
            } else if !used.contains(name) {
                say(Path::new("../Cargo.toml"), 1, format!("`{name}` is a dependency that nothing uses"));
            }
        }
        let said = found.into_iter().map(|(file, line, what)| format!("{}:{line}: {what}", shown(&file)));
        self.wrong.iter().cloned().chain(said).collect()
    }

    /// The path in a crate outside this one, if it is one.
    fn outside(&self, module: &[String], named: &Named, crates: &Crates) -> Option<Vec<String>> {
        let first = named.path.first()?;
        let brought = self.modules.get(module).and_then(|known| known.brought.get(first));
        if let Some(known) = brought.filter(|known| !named.sure && known.first() != Some(first)) {
            // `use std::env;` and then `env::var`: already said of the `use`.
            let foreign = known.first().is_some_and(|first| crates.knows(first));
            return foreign.then(|| [&known[..], named.path.get(1..).unwrap_or_default()].concat());
        }
        let own = self.absolute(module, &named.path, 8).is_some();
        (!own && crates.knows(first) && (named.sure || named.path.len() > 1)).then(|| named.path.clone())
    }

    fn crates_used(&self, crates: &Crates) -> BTreeSet<String> {
        let all = self.modules.iter().flat_map(|(module, known)| known.named.iter().map(move |named| (module, named)));
        all.filter_map(|(module, named)| self.outside(module, named, crates)?.first().cloned()).collect()
    }
}

/// What is wrong with naming this part of another crate here.
fn third_party(module: &[String], named: &Named, outside: &[String], crates: &Crates) -> Vec<String> {
    let text = named.path.join("::");
    let first = outside.first().map_or("", String::as_str);
    let mut wrong = Vec::new();
    if let Some((_, doors)) = DOORS.iter().find(|(name, _)| *name == first) {
        if !doors.iter().any(|door| within(module, door)) {
            wrong.push(format!("`{first}` comes in by {} only: {text}", listed(doors)));
        }
    } else if crates.dev.contains(first) && !named.test {
        wrong.push(format!("`{first}` is for tests: {text}"));
    }
    for (part, doors) in MACHINE {
        let touches = outside.starts_with(&place(part));
        // What a test writes into a folder of its own, the program does not.
        if touches && !named.test && !doors.iter().any(|door| within(module, door)) {
            wrong.push(format!("`{part}` comes in by {} only: {text}", listed(doors)));
        }
    }
    wrong
}

fn listed(doors: &[&str]) -> String {
    if doors.is_empty() {
        "nobody".to_owned()
    } else {
        doors.iter().map(|door| format!("`{door}`")).collect::<Vec<_>>().join(", ")
    }
}

fn shown(file: &Path) -> String {
    match file.strip_prefix("..") {
        Ok(file) => file.display().to_string(),
        Err(_) => Path::new("src").join(file).display().to_string().replace('\\', "/"),
    }
}

/// Names of crates, as sources write them.
#[derive(Debug, Default)]
struct Crates {
    normal: BTreeSet<String>,
    dev: BTreeSet<String>,
}

impl Crates {
    fn of(manifest: &toml::Table) -> Self {
        let names = |table: &str| {
            let table = manifest.get(table).and_then(toml::Value::as_table);
            table.into_iter().flat_map(|table| table.keys()).map(|name| name.replace('-', "_")).collect()
        };
        Self { normal: names("dependencies"), dev: names("dev-dependencies") }
    }

    fn knows(&self, name: &str) -> bool {
        matches!(name, "std" | "core" | "alloc") || self.normal.contains(name) || self.dev.contains(name)
    }
}

struct ChildFile {
    module: Place,
    file: Option<PathBuf>,
    children: PathBuf,
    test: bool,
}

/// Reads one file.
struct Reader<'a> {
    house: &'a mut House,
    file: &'a Path,
    module: Place,
    children: PathBuf,
    test: bool,
    files: Vec<ChildFile>,
}

impl Reader<'_> {
    fn name(&mut self, path: Vec<String>, span: Span, sure: bool) {
        let (line, test) = (span.start().line, self.test);
        if let Some(module) = self.house.modules.get_mut(&self.module) {
            module.named.push(Named { path, line, sure, test });
        }
    }

    fn float(&mut self, span: Span) {
        let (line, test) = (span.start().line, self.test);
        if let Some(module) = self.house.modules.get_mut(&self.module) {
            module.floats.push((line, test));
        }
    }

    /// Paths in tokens nobody has parsed: those of macros and attributes.
    fn tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let colons = |at: usize| {
            let is = |at: usize, spacing: Option<Spacing>| matches!(trees.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':' && spacing.is_none_or(|s| p.spacing() == s));
            is(at, Some(Spacing::Joint)) && is(at + 1, None)
        };
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            match tree {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let syn::Lit::Float(_) = syn::Lit::new(literal.clone()) {
                        self.float(literal.span());
                    }
                }
                TokenTree::Ident(first) => {
                    let span = first.span();
                    let before = |back: usize| at.checked_sub(back);
                    let dot = before(1)
                        .and_then(|at| trees.get(at))
                        .is_some_and(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == '.'));
                    let sure = before(2).is_some_and(colons);
                    let mut path = vec![first.to_string()];
                    while colons(at + 1) {
                        let Some(TokenTree::Ident(next)) = trees.get(at + 3) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    if !dot {
                        self.name(path, span, sure);
                    }
                }
                TokenTree::Punct(_) => {}
            }
            at += 1;
        }
    }

    fn uses(&mut self, tree: &syn::UseTree, before: &[String]) {
        let joined = |ident: &syn::Ident| [before, &[ident.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.uses(&path.tree, &joined(&path.ident)),
            syn::UseTree::Name(name) => {
                let ident = &name.ident;
                let path = if ident == "self" { before.to_vec() } else { joined(ident) };
                self.brings(path.last().cloned().unwrap_or_default(), path, ident.span());
            }
            syn::UseTree::Rename(rename) => {
                let path = if rename.ident == "self" { before.to_vec() } else { joined(&rename.ident) };
                self.brings(rename.rename.to_string(), path, rename.ident.span());
            }
            syn::UseTree::Glob(glob) => self.name(before.to_vec(), glob.star_token.spans[0], true),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.uses(tree, before)),
        }
    }

    fn brings(&mut self, name: String, path: Vec<String>, span: Span) {
        self.name(path.clone(), span, true);
        if let Some(module) = self.house.modules.get_mut(&self.module) {
            module.brought.insert(name, path);
        }
    }

    /// Reads what is inside; where it is said to be for tests, as such.
    fn inside(&mut self, attrs: &[syn::Attribute], read: impl FnOnce(&mut Self)) {
        let before = self.test;
        self.test |= attrs.iter().any(for_tests);
        read(self);
        self.test = before;
    }
}

/// `#[cfg(test)]` and `#[test]`.
fn for_tests(attribute: &syn::Attribute) -> bool {
    let list = |list: &syn::MetaList| list.path.is_ident("cfg") && list.tokens.to_string() == "test";
    attribute.path().is_ident("test") || attribute.meta.require_list().is_ok_and(list)
}

/// The file of a `#[path = "…"]`.
fn path_of(attrs: &[syn::Attribute]) -> Option<String> {
    let attribute = attrs.iter().find(|attribute| attribute.path().is_ident("path"))?;
    match &attribute.meta.require_name_value().ok()?.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.inside(&item.attrs, |this| {
            let name = item.ident.to_string();
            let module = [&this.module[..], std::slice::from_ref(&name)].concat();
            let children = this.children.join(&name);
            if let Some((_, items)) = &item.content {
                let inner = Module { file: this.file.to_owned(), test: this.test, ..Module::default() };
                this.house.modules.insert(module.clone(), inner);
                let outer =
                    (std::mem::replace(&mut this.module, module), std::mem::replace(&mut this.children, children));
                for item in items {
                    this.visit_item(item);
                }
                (this.module, this.children) = outer;
            } else {
                let file = path_of(&item.attrs).map(|path| this.file.parent().unwrap_or(Path::new("")).join(path));
                this.files.push(ChildFile { module, file, children, test: this.test });
            }
        });
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.inside(&item.attrs, |this| this.uses(&item.tree, &[]));
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.inside(&item.attrs, |this| visit::visit_item_fn(this, item));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.inside(&item.attrs, |this| visit::visit_item_impl(this, item));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            let span = first.ident.span();
            let parts = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.name(parts, span, path.leading_colon.is_some());
        }
        visit::visit_path(self, path);
    }

    // `pub(super)` says who may look in, and uses nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_lit_float(&mut self, literal: &'ast syn::LitFloat) {
        self.float(literal.span());
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.tokens(tokens.clone());
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads every `.rs` file below a folder.
fn gather(root: &Path, folder: &Path, into: &mut Sources) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(root, &path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.insert(path.strip_prefix(root).unwrap_or(&path).to_owned(), fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let mut sources = Sources::new();
    let src = repository().join("src");
    gather(&src, &src, &mut sources).unwrap();
    let manifest: toml::Table = fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    let house = House::read(&sources);
    let read: BTreeSet<&str> = house.modules.keys().filter_map(|module| module.first().map(String::as_str)).collect();
    assert_eq!(read, ROOMS.iter().map(|(room, _)| *room).collect(), "the rooms there are");
    let named: usize = house.modules.values().map(|module| module.named.len()).sum();
    assert!(named > 1000, "only {named} paths were read");
    let violations = house.violations(&Crates::of(&manifest));
    assert!(violations.is_empty(), "{} against the house:\n{}", violations.len(), violations.join("\n"));
}

#[test]
fn the_binary_only_calls_the_library() {
    let text = fs::read_to_string(repository().join("src/main.rs")).unwrap();
    assert!(text.lines().count() < 10 && text.contains("pingshen::cli::run("), "{text}");
}

#[test]
fn the_readme_shows_the_same_rooms() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let mut missing = String::new();
    for (room, allowed) in ROOMS {
        let uses = if allowed.is_empty() { "–".to_owned() } else { allowed.join(", ") };
        let row = |line: &&str| line.starts_with(&format!("| `{room}` |")) && line.ends_with(&format!("| {uses} |"));
        if !readme.lines().any(|line| row(&line)) {
            writeln!(missing, "| `{room}` | … | {uses} |").unwrap();
        }
    }
    assert!(missing.is_empty(), "README.md lacks the rows\n{missing}");
}

/// A house of a few lines, with what is said of it.
fn said_of(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Sources = files.iter().map(|(file, text)| (PathBuf::from(file), (*text).to_owned())).collect();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let all: Vec<&str> = DOORS.iter().map(|(name, _)| *name).collect();
    let crates = Crates { normal: names(&all), dev: names(&["tempfile"]) };
    let said = House::read(&sources).violations(&crates);
    said.into_iter().filter(|line| !line.ends_with("that nothing uses")).collect()
}

#[test]
fn what_breaks_the_house_is_found_wherever_it_is_written() {
    let root = (
        "lib.rs",
        "pub mod base; pub mod domain; pub mod tally; pub mod identity; pub mod workflow; pub mod tui; pub mod cli;",
    );
    let other =
        [("base.rs", ""), ("identity.rs", ""), ("tally.rs", ""), ("tui.rs", ""), ("cli.rs", ""), ("workflow.rs", "")];
    let with = |file: &'static str, text: &'static str| {
        let mut files = vec![root, ("domain.rs", "")];
        files.extend(other);
        files.retain(|(known, _)| *known != file);
        files.push((file, text));
        said_of(&files)
    };
    assert_eq!(with("domain.rs", "use crate::base;\nuse std::io::Read;"), Vec::<String>::new());
    let breaks = [
        ("domain.rs", "use crate::{base, workflow};", "`domain` may not use `workflow`"),
        ("domain.rs", "use super::workflow::x as y;", "`domain` may not use `workflow`"),
        ("domain.rs", "fn f() -> crate::tally::X { todo!() }", "`domain` may not use `tally`"),
        ("domain.rs", "fn f() { let x = crate::tally::X { a: 1 }; }", "`domain` may not use `tally`"),
        ("domain.rs", "mod a { fn f() { super::super::tally::rank(); } }", "`domain` may not use `tally`"),
        ("domain.rs", "fn f() { println!(\"{}\", vec![crate::tally::rank()]); }", "`domain` may not use `tally`"),
        ("domain.rs", "macro_rules! m { () => { $crate::tally::X }; }", "`domain` may not use `tally`"),
        (
            "domain.rs",
            "#[derive(Debug)]\nstruct S {\n  #[serde(with = \"x\", default)] a: ::clap::Arg }",
            "`clap` comes in",
        ),
        ("domain.rs", "#[derive(clap::Args)] struct S;", "`clap` comes in by `cli` only"),
        ("domain.rs", "fn f() { std::env::var(\"X\"); }", "`std::env` comes in by `cli` only"),
        ("domain.rs", "use std::{fmt, fs};", "`std::fs` comes in"),
        ("domain.rs", "use tempfile::tempdir;", "`tempfile` is for tests"),
        ("domain.rs", "use std::time::SystemTime;", "the clock is an argument"),
        ("domain.rs", "fn f(x: f64) {}", "no floats in `domain`"),
        ("domain.rs", "fn f() { assert!(g() > 0.5); }", "no floats in `domain`"),
        ("tally.rs", "pub mod rank { fn f(x: f64) {} }", "no floats in `tally`"),
        ("cli.rs", "fn f() { crate::tui::run(); }", "only `cli::screens` starts `tui`"),
        ("workflow.rs", "pub mod x;", "a `mod` line leads to it"),
        ("stray.rs", "", "no `mod` line leads to this file"),
    ];
    for (file, text, expected) in breaks {
        let said = with(file, text);
        assert!(said.iter().any(|line| line.contains(expected)), "{text}\n{said:?}");
    }
    for fine in [
        "fn f() { env!(\"X\"); let clap = 1; clap.max(2); }",
        "#[cfg(test)]\nmod tests { use tempfile::tempdir; use super::*; }",
        "pub(super) fn f() {}",
    ] {
        assert_eq!(with("domain.rs", fine), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn a_way_to_the_safe_is_found_through_other_modules() {
    let files = |rank: &'static str, round: &'static str| {
        said_of(&[
            ("lib.rs", "pub mod identity; pub mod workflow;"),
            ("identity.rs", "pub struct Names;"),
            (
                "workflow/mod.rs",
                "pub mod publish; pub mod rank; mod round; pub use round::Round; pub use publish::publish;",
            ),
            ("workflow/publish.rs", "use crate::identity::Names; pub fn publish() {}"),
            ("workflow/round.rs", round),
            ("workflow/rank.rs", rank),
        ])
    };
    assert_eq!(files("use super::Round;", "pub struct Round;"), Vec::<String>::new());
    let said = files("use super::Round;", "pub struct Round; fn f() { super::publish::publish(); }");
    assert_eq!(
        said,
        ["src/workflow/rank.rs:1: reaches `identity`: workflow::rank → workflow::round → workflow::publish → identity"]
    );
    let said = files("use super::publish;", "pub struct Round;");
    assert!(said.iter().any(|line| line.contains("reaches `identity`")), "through a `pub use`: {said:?}");
    let said = files("#[cfg(test)] mod tests { use super::super::publish; }", "pub struct Round;");
    assert_eq!(said, Vec::<String>::new(), "tests are no program");
    let said = files("use crate::identity::Names;", "pub struct Round;");
    assert!(said.iter().any(|line| line.contains("is not among those who open")), "{said:?}");
}
