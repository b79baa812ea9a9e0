//! Merges packs into a rulebook, one after the other: which of them take part, with which settings, and for the leads of whom.
//!
//! Of two packs with the same name the first is kept. When two packs declare a fact with different types, the second pack is left out, because
//! its conditions were checked against another type. A hard pack that is left out so is replaced by one that forbids all contact
//! ([`Pack::left_out`]): what it says is law, and nobody knows it.
//!
//! A pack of which a rep's layer changes settings is read twice: with these settings for the leads of that rep, and without for all others.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::value::Type;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::language::{PackSource, ParsedPack};
use crate::limits;
use crate::pack::layers::{Layer, LayerKind, LayerPack, Layers, LeadOwners, PackLayer};
use crate::pack::statements::About;
use crate::pack::{Overrides, Pack};

/// How one pack is read: file, text and the values of settings.
pub(super) type ReadPack = fn(&str, &str, &Overrides) -> ParsedPack;

/// The packs merged so far.
pub(super) struct Merge<'a> {
    read: ReadPack,
    /// The values of settings that go before all others.
    overrides: &'a Overrides,
    pub(super) packs: Vec<Pack>,
    /// For each pack the place of its layer; 0 without layers.
    pub(super) layer_of: Vec<usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
    facts: BTreeMap<Arc<str>, FirstFact>,
    /// How many packs were tried.
    tried: usize,
}

/// The first declaration of a fact.
struct FirstFact {
    kind: Type,
    pack: String,
    file: String,
    span: Span,
}

impl<'a> Merge<'a> {
    /// Without any packs yet.
    pub(super) fn new(read: ReadPack, overrides: &'a Overrides) -> Self {
        Self {
            read,
            overrides,
            packs: Vec::new(),
            layer_of: Vec::new(),
            diagnostics: Vec::new(),
            facts: BTreeMap::new(),
            tried: 0,
        }
    }

    /// Adds packs that are not in layers.
    pub(super) fn add_all(&mut self, sources: &[PackSource]) {
        for source in sources {
            if !self.has_place(&source.file, None) {
                break;
            }
            let parsed = self.read_with(source, self.overrides, &Overrides::default(), None);
            self.diagnostics.extend(parsed.diagnostics);
            self.add(parsed.pack, 0);
        }
        let unknown = self.overrides.unknown(self.packs.iter(), "");
        self.diagnostics.extend(unknown);
    }

    /// Adds the packs of layers. A pack that is in no layer does not take part, which is told.
    pub(super) fn add_layers(&mut self, layers: &Layers, sources: &[PackSource]) {
        for (place, layer) in layers.layers.iter().enumerate() {
            for pack in &layer.packs {
                if !self.has_place(&pack.file, Some(layer)) {
                    return;
                }
                match sources.iter().find(|source| source.file == pack.file) {
                    None => self.leave_out(layer, place, pack, codes::MISSING_FILE, layer.kind == LayerKind::Law),
                    Some(source) if pack.refused => {
                        let is_law = layer.kind == LayerKind::Law
                            || (self.read)(&source.file, &source.text, &Overrides::default()).pack.about.hard;
                        self.leave_out(layer, place, pack, codes::REFUSED_FILE, is_law);
                    }
                    Some(source) => self.add_of_layer(layers, (place, layer), pack, source),
                }
            }
        }
        let is_listed = |file: &str| layers.layers.iter().flat_map(|layer| &layer.packs).any(|pack| pack.file == file);
        for source in sources.iter().filter(|source| !is_listed(&source.file)).take(limits::PACKS) {
            self.diagnostics.push(Finding::error(codes::NOT_IN_LAYER, Span::START).render(&source.file));
        }
        let has_text = |pack: &LayerPack| !pack.refused && sources.iter().any(|source| source.file == pack.file);
        // The settings of a file that does not take part are not known.
        if layers.layers.iter().flat_map(|layer| &layer.packs).all(has_text) {
            self.report_unknown_settings(layers);
        }
    }

    /// Reports the settings given by layers that no pack has which they may change: those of the packs up to the layer.
    fn report_unknown_settings(&mut self, layers: &Layers) {
        let up_to = |place: usize| {
            let placed = self.packs.iter().zip(&self.layer_of);
            placed.filter(move |(_, layer)| **layer <= place).map(|(pack, _)| pack)
        };
        let mut found = layers.settings.unknown(self.packs.iter(), "");
        for (place, layer) in layers.layers.iter().enumerate() {
            found.extend(layer.settings.unknown(up_to(place), ""));
        }
        found.extend(self.overrides.unknown(self.packs.iter(), ""));
        self.diagnostics.extend(found);
    }

    /// Whether there is a place for another pack; tells where there is none. It was not read, so it may be law.
    fn has_place(&mut self, file: &str, layer: Option<&Layer>) -> bool {
        self.tried += 1;
        if self.tried.max(self.packs.len() + 1) <= limits::PACKS {
            return true;
        }
        let finding =
            Finding::error(codes::TOO_MANY, Span::START).message("too-many-packs").with("limit", limits::PACKS);
        self.diagnostics.push(finding.render(file));
        let about = About { name: file.to_owned(), ..About::default() };
        let pack = Pack { file: file.to_owned(), about, owners: layer.and_then(owners_of), ..Pack::default() };
        self.push(pack.left_out(), 0);
        false
    }

    /// Tells that a file of a layer does not take part. One that is law forbids all contact, because nobody knows what it says.
    fn leave_out(&mut self, layer: &Layer, place: usize, pack: &LayerPack, code: DiagnosticCode, is_law: bool) {
        let finding = Finding::error(code, Span::START).with("file", pack.file.as_str()).with("layer", &*layer.name);
        let finding = if is_law { finding.why("left-out-law") } else { finding };
        self.diagnostics.push(finding.render(&pack.file));
        if is_law {
            let about = About { name: pack.file.clone(), ..About::default() };
            let part = Pack { file: pack.file.clone(), about, ..Pack::default() };
            self.push(Pack { layer: Some(layer_of(layer)), owners: owners_of(layer), ..part.left_out() }, place);
        }
    }

    /// Adds a pack of a layer, with the settings of its own and the later layers.
    fn add_of_layer(
        &mut self,
        layers: &Layers,
        (place, layer): (usize, &Layer),
        pack: &LayerPack,
        source: &PackSource,
    ) {
        let later = || layers.layers.iter().skip(place);
        let mut settings = layers.settings.clone();
        for one in later().filter(|one| one.kind != LayerKind::Rep || one.name == layer.name) {
            settings = settings.then(&one.settings);
        }
        let all = settings.then(self.overrides);
        let parsed = self.read_with(source, &all, &layer.settings, Some(layer));
        self.diagnostics.extend(parsed.diagnostics);
        let mut base = parsed.pack;
        if base.about.hard && !layer.kind.may_be_hard() {
            let finding = Finding::error(codes::HARD_OUTSIDE_LAW, base.header).with("layer", layer.kind.word());
            self.diagnostics.push(finding.render(&base.file));
        }
        self.accept_rules(&mut base, pack.rules.as_deref());
        let changes = |one: &&Layer| {
            let is_given = |setting: &str| one.settings.of(&base.about.name, setting).is_some();
            base.settings.iter().any(|setting| is_given(&setting.name))
        };
        let is_of_rep = |one: &&Layer| one.kind == LayerKind::Rep && one.name != layer.name;
        let mut of_reps: Vec<Pack> = Vec::new();
        if layer.kind != LayerKind::Rep && !base.about.hard {
            for one in later().filter(is_of_rep).filter(changes) {
                let Some(rep) = &one.rep else { continue };
                if self.packs.len() + of_reps.len() + 1 >= limits::PACKS {
                    let finding = Finding::error(codes::TOO_MANY, Span::START).message("too-many-packs");
                    self.diagnostics.push(finding.with("limit", limits::PACKS).render(&source.file));
                    break;
                }
                let given = settings.then(&one.settings).then(self.overrides);
                let parsed = self.read_with(source, &given, &Overrides::default(), Some(layer));
                let wrong = parsed.diagnostics.into_iter().filter(|found| found.code == codes::BAD_OVERRIDE.word());
                self.diagnostics.extend(wrong);
                let mut pack_of_rep = Pack { examples: Vec::new(), ..parsed.pack };
                pack_of_rep.owners = Some(Arc::new(LeadOwners::only(rep.clone())));
                let accepted: Vec<&str> = base.rules.iter().map(|rule| rule.name.as_str()).collect();
                pack_of_rep.rules.retain(|rule| accepted.contains(&rule.name.as_str()));
                let accepted: Vec<&str> = base.cadences.iter().map(|one| one.name.as_str()).collect();
                pack_of_rep.cadences.retain(|one| accepted.contains(&one.name.as_str()));
                let except = base.owners.get_or_insert_default();
                Arc::make_mut(except).except.push(rep.clone());
                of_reps.push(pack_of_rep);
            }
        }
        if self.add(base, place) {
            for pack in of_reps {
                self.push(pack, place);
            }
        }
    }

    /// Reads a pack. What a hard pack says is law: it takes only settings of its own layer, and any other is told.
    fn read_with(
        &self,
        source: &PackSource,
        settings: &Overrides,
        of_layer: &Overrides,
        layer: Option<&Layer>,
    ) -> ParsedPack {
        let mut parsed = (self.read)(&source.file, &source.text, settings);
        let is_law = layer.is_some_and(|layer| layer.kind == LayerKind::Law);
        if parsed.pack.about.hard || is_law {
            let changed: Vec<Finding> = (parsed.pack.settings.iter())
                .filter(|setting| {
                    let given = settings.of(&parsed.pack.about.name, &setting.name);
                    given.is_some() && given != of_layer.of(&parsed.pack.about.name, &setting.name)
                })
                .map(|setting| Finding::error(codes::LAW_SETTING, setting.span).with("name", &*setting.name))
                .collect();
            if !changed.is_empty() {
                parsed = (self.read)(&source.file, &source.text, of_layer);
                parsed.diagnostics.extend(changed.into_iter().map(|finding| finding.render(&source.file)));
            }
            parsed.pack.about.hard = true;
        }
        if let Some(layer) = layer {
            parsed.pack.layer = Some(layer_of(layer));
            parsed.pack.owners = owners_of(layer);
        }
        parsed
    }

    /// Leaves out the rules and cadences of a pack that are not among the accepted ones, by name or `id`; all are accepted where there is no
    /// list. An accepted one that the pack does not have is told.
    fn accept_rules(&mut self, pack: &mut Pack, accepted: Option<&[String]>) {
        let Some(accepted) = accepted else { return };
        let is_accepted = |name: &str, id: Option<&str>| accepted.iter().any(|one| one == name || Some(&**one) == id);
        let known: Vec<&str> = (pack.rules.iter())
            .flat_map(|rule| [Some(rule.name.as_str()), rule.id.as_deref()])
            .flatten()
            .chain(pack.cadences.iter().map(|one| one.name.as_str()))
            .collect();
        let unknown = accepted.iter().filter(|name| !known.contains(&name.as_str()));
        for name in unknown.take(limits::UNKNOWN_NAMES) {
            let finding = Finding::error(codes::UNKNOWN_STATEMENT_NAME, pack.header)
                .message("unknown-accepted")
                .with("name", name.as_str())
                .near(pack.header, name, known.iter().copied(), |meant| format!("\"{meant}\""), str::to_owned)
                .without_fix();
            self.diagnostics.push(finding.render(&pack.file));
        }
        pack.rules.retain(|rule| is_accepted(&rule.name, rule.id.as_deref()));
        pack.cadences.retain(|one| is_accepted(&one.name, None));
    }

    /// Adds a pack, unless it conflicts with an earlier one. Returns whether it takes part.
    fn add(&mut self, pack: Pack, place: usize) -> bool {
        if let Some(conflict) = self.duplicate_pack(&pack).or_else(|| self.conflicting_fact(&pack)) {
            self.diagnostics.push(conflict);
            // Of the same text twice, the first is there.
            if pack.about.hard && !self.packs.iter().any(|other| other.source == pack.source) {
                self.push(pack.left_out(), place);
            }
            return false;
        }
        for fact in &pack.facts {
            self.facts.entry(fact.name.clone()).or_insert_with(|| FirstFact {
                kind: fact.kind,
                pack: pack.about.name.clone(),
                file: pack.file.clone(),
                span: fact.span,
            });
        }
        self.push(pack, place);
        true
    }

    fn push(&mut self, pack: Pack, place: usize) {
        self.packs.push(pack);
        self.layer_of.push(place);
    }

    /// The finding that an earlier pack has this pack's name.
    fn duplicate_pack(&self, pack: &Pack) -> Option<Diagnostic> {
        let other = self.packs.iter().find(|other| other.about.name == pack.about.name)?;
        let finding = Finding::error(codes::DUPLICATE_PACK, Span::START)
            .message("duplicate-pack-name")
            .with("name", pack.about.name.as_str())
            .with("file", other.file.as_str())
            .related_in(&other.file, Span::START, "related-pack");
        Some(finding.render(&pack.file))
    }

    /// The finding that an earlier pack declares a fact of this pack with another type.
    fn conflicting_fact(&self, pack: &Pack) -> Option<Diagnostic> {
        let (fact, first) = pack.facts.iter().find_map(|fact| {
            let first = self.facts.get(&fact.name)?;
            (first.kind != fact.kind).then_some((fact, first))
        })?;
        let finding = Finding::error(codes::CONFLICTING_FACT, fact.span)
            .with("pack", first.pack.as_str())
            .with("fact", &*fact.name)
            .with("first", first.kind.word())
            .with("second", fact.kind.word())
            .related_in(&first.file, first.span, "related-declared");
        Some(finding.render(&pack.file))
    }
}

/// What a pack is told of its layer.
fn layer_of(layer: &Layer) -> Arc<PackLayer> {
    Arc::new(PackLayer { kind: layer.kind, name: layer.name.clone(), rep: layer.rep.clone() })
}

/// For whose leads the packs of a layer hold; `None` for all.
fn owners_of(layer: &Layer) -> Option<Arc<LeadOwners>> {
    layer.rep.clone().map(|rep| Arc::new(LeadOwners::only(rep)))
}
