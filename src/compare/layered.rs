//! The layers of the two sides of a comparison: which of their parts can be undone, and the layers with parts undone.
//!
//! Layers of both sides belong together by kind and name, their packs as the comparison matched them. Where a side has no layers its packs stand
//! side by side, without the settings of the other.

use std::collections::BTreeSet;

use crate::book::value::Value;
use crate::compare::changes::Changes;
use crate::compare::variants::Unit;
use crate::language::PackSource;
use crate::pack::Overrides;
use crate::pack::layers::{Layer, LayerPack, Layers};
use crate::wording::{Arg, Sentence};

/// One side of a comparison: its packs, in layers where they are those of a `rulebook.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The packs; settings files and `rulebook.toml` among them are passed over.
    pub files: &'a [PackSource],
    /// The layers in which the packs stand.
    pub layers: Option<&'a Layers>,
}

impl<'a> Version<'a> {
    /// Packs without layers.
    pub fn of(files: &'a [PackSource]) -> Self {
        Self { files, layers: None }
    }
}

/// The layers before and after a change.
#[derive(Clone, Debug, Default)]
pub(crate) struct LayersOfBoth {
    /// Those before, with the names that their files have after it.
    before: Option<Layers>,
    after: Option<Layers>,
}

impl LayersOfBoth {
    pub(crate) fn new(before: Option<&Layers>, after: Option<&Layers>, changes: &Changes) -> Self {
        let mut before = before.cloned();
        let packs = before.iter_mut().flat_map(|layers| &mut layers.layers).flat_map(|layer| &mut layer.packs);
        for pack in packs {
            let pairs = changes.matched.packs.iter().filter_map(|(old, new)| Some(((*old)?, (*new)?)));
            let mut files = pairs.filter_map(|(old, new)| Some((changes.before.get(old)?, changes.after.get(new)?)));
            if let Some((_, is)) = files.find(|(was, _)| was.file == pack.file) {
                pack.file.clone_from(&is.file);
            }
        }
        Self { before, after: after.cloned() }
    }

    /// The parts of the layers that differ: each setting that has another value, and the layers with their packs.
    pub(crate) fn units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        if let (Some(before), Some(after)) = (&self.before, &self.after) {
            let names: BTreeSet<&str> = [before, after].into_iter().flat_map(names_of_settings).collect();
            let differs = |name: &&str| values(before, name) != values(after, name);
            units.extend(names.into_iter().filter(differs).map(|name| Unit::Setting(name.to_owned())));
        }
        if self.before.as_ref().map(shape_of) != self.after.as_ref().map(shape_of) {
            units.push(Unit::Layers);
        }
        units
    }

    /// What differs in the layers: the files that are not the accepted ones any more, or that are the accepted ones now, else that something does.
    pub(crate) fn what_differs(&self) -> Sentence {
        let refused = |layers: &Option<Layers>| -> BTreeSet<String> {
            let packs = layers.iter().flat_map(|layers| &layers.layers).flat_map(|layer| &layer.packs);
            packs.filter(|pack| pack.refused).map(|pack| pack.file.clone()).collect()
        };
        let (before, after) = (refused(&self.before), refused(&self.after));
        let told = |key, files: Vec<&String>| {
            let files = files.into_iter().map(|file| Arg::from(file.as_str())).collect();
            Sentence::new(key).with("files", Sentence::list("list-and", files))
        };
        let (out, back): (Vec<_>, Vec<_>) = (after.difference(&before).collect(), before.difference(&after).collect());
        match (out.is_empty(), back.is_empty()) {
            (false, _) => told("compare-layers-refused", out),
            (_, false) => told("compare-layers-accepted", back),
            _ => Sentence::new("compare-layers"),
        }
    }

    /// The layers for the packs of a variant of the change, with the parts undone for which `undone` is true.
    pub(crate) fn variant(&self, sources: &[PackSource], undone: &dyn Fn(&Unit) -> bool) -> Option<Layers> {
        let is_undone = undone(&Unit::Layers);
        let (base, other) = if is_undone { (&self.before, &self.after) } else { (&self.after, &self.before) };
        let mut layers = base.clone()?;
        for layer in &mut layers.layers {
            layer.packs.retain(|pack| sources.iter().any(|source| source.file == pack.file));
        }
        // A pack that the other side alone has stands in the layer that it has there.
        for layer in other.iter().flat_map(|other| &other.layers) {
            for pack in layer.packs.iter().filter(|pack| sources.iter().any(|source| source.file == pack.file)) {
                add_to(&mut layers, layer, pack);
            }
        }
        // Settings are parts of their own.
        if let (Some(before), Some(after)) = (&self.before, &self.after) {
            let names: BTreeSet<&str> = [before, after].into_iter().flat_map(names_of_settings).collect();
            for name in names {
                let from = if undone(&Unit::Setting(name.to_owned())) { before } else { after };
                layers.settings = layers.settings.with_as_in(name, &from.settings);
                for layer in &mut layers.layers {
                    let same = from.layers.iter().find(|other| is_same(layer, other));
                    let settings = same.map_or(Overrides::default(), |same| same.settings.clone());
                    layer.settings = layer.settings.with_as_in(name, &settings);
                }
            }
        }
        Some(layers)
    }
}

fn is_same(one: &Layer, other: &Layer) -> bool {
    one.kind == other.kind && one.name == other.name
}

/// Adds a pack to the layer that is the same as the one it comes from, unless the pack is in one already.
fn add_to(layers: &mut Layers, from: &Layer, pack: &LayerPack) {
    if layers.layers.iter().flat_map(|layer| &layer.packs).any(|own| own.file == pack.file) {
        return;
    }
    match layers.layers.iter_mut().find(|layer| is_same(layer, from)) {
        Some(layer) => layer.packs.push(pack.clone()),
        None => {
            let place = layers.layers.iter().take_while(|layer| layer.kind <= from.kind).count();
            layers.layers.insert(place, Layer { packs: vec![pack.clone()], ..from.clone() });
        }
    }
}

fn names_of_settings(layers: &Layers) -> impl Iterator<Item = &str> {
    layers.layers.iter().flat_map(|layer| layer.settings.names()).chain(layers.settings.names())
}

/// The values that a setting gets: that of the rulebook, and those of its layers with their names.
fn values<'l>(layers: &'l Layers, name: &str) -> Vec<(&'l str, &'l Value)> {
    let of_layers = layers.layers.iter().map(|layer| (layer.name.as_str(), &layer.settings));
    let all = std::iter::once(("", &layers.settings)).chain(of_layers);
    all.filter_map(|(layer, settings)| Some((layer, settings.given_as(name)?))).collect()
}

/// The layers without their settings.
type Shape<'l> = Vec<(&'l str, &'l str, Option<&'l str>, &'l [LayerPack])>;

fn shape_of(layers: &Layers) -> Shape<'_> {
    layers
        .layers
        .iter()
        .map(|layer| (layer.kind.word(), layer.name.as_str(), layer.rep.as_deref(), layer.packs.as_slice()))
        .collect()
}
