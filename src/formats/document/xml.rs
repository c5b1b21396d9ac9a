//! XML of a stranger as a tree in one piece of memory: elements are numbers
//! into a list, text lies in one heap. Depth, elements and attributes are
//! bounded, nothing recurses while it is read, and a document type is refused,
//! so that no entity can grow or reach out.

use std::collections::HashMap;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, QName};
use quick_xml::{Reader, XmlVersion};

use crate::base::limits::{Counted, DocumentLimits, too_many};
use crate::base::{Limits, Problem, Result, Unreadable};

/// The vocabularies that are told apart; of the rest only the local name counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// Word's own.
    Word,
    /// Markup compatibility.
    Mc,
    /// Any other, or none.
    Other,
}

fn namespace(uri: &str) -> Ns {
    match uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Ns::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Ns::Mc,
        _ => Ns::Other,
    }
}

#[derive(Debug, Clone, Copy)]
struct Span(u32, u32);

const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Node {
    /// Of an element, its name; of a text, [`NONE`].
    name: u32,
    ns: Ns,
    /// Of an element, its attributes; of a text, the text.
    span: Span,
    child: u32,
    next: u32,
}

#[derive(Debug)]
struct Attribute {
    name: u32,
    value: Span,
}

/// A part, read.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    names: Vec<String>,
    heap: String,
    /// What comments in the part say.
    pub(super) comments: Vec<String>,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree,
    at: u32,
}

/// What is inside an element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside<'t> {
    /// An element.
    Element(Element<'t>),
    /// Text.
    Text(&'t str),
}

fn broken(error: &dyn std::fmt::Display) -> Problem {
    Problem::Unreadable(Unreadable::Broken(error.to_string()))
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NONE)
}

fn index(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Reads a part.
///
/// # Errors
/// Not XML, in no known encoding, beyond the limits, or with a document type.
pub(super) fn parse(bytes: &[u8], limits: &DocumentLimits) -> Result<Tree> {
    let text = super::super::decode::text(bytes, &Limits { text: limits.part, ..Limits::STANDARD })?;
    let mut builder = Builder { limits, ..Builder::new(limits) };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_comments = false;
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(start) => builder.open(&start)?,
            Event::Empty(start) => {
                builder.open(&start)?;
                builder.close();
            }
            Event::End(_) => builder.close(),
            Event::Text(text) => builder.text(&text.xml10_content())?,
            Event::CData(data) => builder.text(&data.xml10_content())?,
            Event::GeneralRef(reference) => {
                let c = resolve(&reference)?;
                builder.text(c.encode_utf8(&mut [0; 4]))?;
            }
            Event::Comment(comment) => {
                let comment = comment.into_inner();
                if !comment.trim().is_empty() && builder.tree.comments.len() < 1_000 {
                    builder.tree.comments.push(comment.trim().to_owned());
                }
            }
            Event::DocType(_) => return Err(Problem::Unreadable(Unreadable::Entities).into()),
            Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if !builder.open.is_empty() || builder.tree.nodes.is_empty() {
        return Err(Problem::Unreadable(Unreadable::Broken("cut short".to_owned())).into());
    }
    Ok(builder.tree)
}

/// One of the five entities every XML knows, or a character by its number.
fn resolve(reference: &BytesRef<'_>) -> Result<char> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| broken(&error))? {
        return Ok(c);
    }
    match reference.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Problem::Unreadable(Unreadable::Entities).into()),
    }
}

/// An element still open.
struct Open {
    node: u32,
    last: u32,
    /// How many namespace bindings were in force before it.
    bindings: usize,
}

struct Builder<'l> {
    limits: &'l DocumentLimits,
    tree: Tree,
    known: HashMap<String, u32>,
    open: Vec<Open>,
    bindings: Vec<(String, Ns)>,
}

impl<'l> Builder<'l> {
    fn new(limits: &'l DocumentLimits) -> Self {
        Self { limits, tree: Tree::default(), known: HashMap::new(), open: Vec::new(), bindings: Vec::new() }
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(at) = self.known.get(name) {
            return *at;
        }
        let at = short(self.tree.names.len());
        self.tree.names.push(name.to_owned());
        self.known.insert(name.to_owned(), at);
        at
    }

    fn keep(&mut self, text: &str) -> Span {
        let from = short(self.tree.heap.len());
        self.tree.heap.push_str(text);
        Span(from, short(self.tree.heap.len()))
    }

    /// Adds a node below the innermost open element.
    fn add(&mut self, node: Node) -> Result<u32> {
        let at = short(self.tree.nodes.len());
        if self.tree.nodes.len() >= self.limits.nodes {
            return Err(too_many(Counted::Nodes, self.limits.nodes).into());
        }
        self.tree.nodes.push(node);
        if let Some(parent) = self.open.last_mut() {
            let before = std::mem::replace(&mut parent.last, at);
            let (holder, first) = if before == NONE { (parent.node, true) } else { (before, false) };
            if let Some(holder) = self.tree.nodes.get_mut(index(holder)) {
                *(if first { &mut holder.child } else { &mut holder.next }) = at;
            }
        }
        Ok(at)
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<()> {
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(Problem::Unreadable(Unreadable::Broken("two roots".to_owned())).into());
        }
        if self.open.len() >= self.limits.depth {
            return Err(too_many(Counted::Depth, self.limits.depth).into());
        }
        let bindings = self.bindings.len();
        let from = short(self.tree.attributes.len());
        let mut found = 0;
        let mut attributes = start.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| broken(&error))?;
            found += 1;
            if found > self.limits.attributes {
                return Err(too_many(Counted::Attributes, self.limits.attributes).into());
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| broken(&error))?;
            match attribute.key.as_namespace_binding() {
                Some(PrefixDeclaration::Default) => self.bindings.push((String::new(), namespace(&value))),
                Some(PrefixDeclaration::Named(prefix)) => {
                    self.bindings.push((prefix.to_owned(), namespace(&value)));
                }
                None => {
                    let name = self.name(attribute.key.local_name().as_ref());
                    let value = self.keep(&value);
                    self.tree.attributes.push(Attribute { name, value });
                }
            }
        }
        let ns = self.namespace_of(start.name());
        let name = self.name(start.local_name().as_ref());
        let span = Span(from, short(self.tree.attributes.len()));
        let node = self.add(Node { name, ns, span, child: NONE, next: NONE })?;
        self.open.push(Open { node, last: NONE, bindings });
        Ok(())
    }

    fn namespace_of(&self, name: QName<'_>) -> Ns {
        let prefix = name.prefix();
        let prefix = prefix.as_ref().map_or("", |prefix| prefix.as_ref());
        self.bindings.iter().rev().find(|(known, _)| known == prefix).map_or(Ns::Other, |(_, ns)| *ns)
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.bindings.truncate(open.bindings);
        }
    }

    fn text(&mut self, text: &str) -> Result<()> {
        let Some(parent) = self.open.last() else { return Ok(()) };
        // A text cut by an entity is one text.
        let (last, end) = (parent.last, short(self.tree.heap.len()));
        if let Some(node) = self.tree.nodes.get_mut(index(last))
            && node.name == NONE
            && node.span.1 == end
        {
            self.tree.heap.push_str(text);
            node.span.1 = short(self.tree.heap.len());
            return Ok(());
        }
        let span = self.keep(text);
        self.add(Node { name: NONE, ns: Ns::Other, span, child: NONE, next: NONE })?;
        Ok(())
    }
}

impl Tree {
    /// The outermost element.
    pub(super) fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }

    fn slice(&self, span: Span) -> &str {
        self.heap.get(index(span.0)..index(span.1)).unwrap_or_default()
    }

    fn named(&self, name: u32) -> &str {
        self.names.get(index(name)).map_or("", String::as_str)
    }
}

impl<'t> Element<'t> {
    fn node(&self) -> Option<&'t Node> {
        self.tree.nodes.get(index(self.at))
    }

    /// Its name without a prefix.
    pub(super) fn name(&self) -> &'t str {
        self.node().map_or("", |node| self.tree.named(node.name))
    }

    /// Its name, where it is of Word's vocabulary; else nothing.
    pub(super) fn word(&self) -> &'t str {
        self.node().filter(|node| node.ns == Ns::Word).map_or("", |node| self.tree.named(node.name))
    }

    /// Whether it is of this vocabulary and name.
    pub(super) fn is(&self, ns: Ns, name: &str) -> bool {
        self.node().is_some_and(|node| node.ns == ns) && self.name() == name
    }

    /// Attributes with their local names, declarations of namespaces left out.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let tree = self.tree;
        let span = self.node().map_or(Span(0, 0), |node| node.span);
        let all = tree.attributes.get(index(span.0)..index(span.1)).unwrap_or_default();
        all.iter().map(move |attribute| (tree.named(attribute.name), tree.slice(attribute.value)))
    }

    /// An attribute by its local name.
    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// What is inside, in order.
    pub(super) fn inside(&self) -> impl Iterator<Item = Inside<'t>> + use<'t> {
        let tree = self.tree;
        let mut at = self.node().map_or(NONE, |node| node.child);
        std::iter::from_fn(move || {
            let node = tree.nodes.get(index(at))?;
            let here = at;
            at = node.next;
            Some(if node.name == NONE {
                Inside::Text(tree.slice(node.span))
            } else {
                Inside::Element(Element { tree, at: here })
            })
        })
    }

    /// Elements inside, in order.
    pub(super) fn children(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        self.inside().filter_map(|inside| match inside {
            Inside::Element(element) => Some(element),
            Inside::Text(_) => None,
        })
    }

    /// The first element inside of this local name.
    pub(super) fn child(&self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// Its own text, without that of elements inside.
    pub(super) fn text(&self) -> String {
        self.inside()
            .filter_map(|inside| match inside {
                Inside::Text(text) => Some(text),
                Inside::Element(_) => None,
            })
            .collect()
    }

    /// Every element below it, outermost first; the tree's depth bounds it.
    pub(super) fn below(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        let mut stack: Vec<Element<'t>> = self.children().collect();
        stack.reverse();
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            let from = stack.len();
            stack.extend(next.children());
            if let Some(new) = stack.get_mut(from..) {
                new.reverse();
            }
            Some(next)
        })
    }
}
