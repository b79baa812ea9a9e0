//! The layers of a rulebook, as data: law, company, team and rep, each with its packs and the settings that it changes.
//!
//! Left out: what the layers make of their packs (`language/layering.rs`).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::limits;
use crate::pack::Overrides;
use crate::pack::rule_ref::RuleRef;
use crate::wording::Sentence;

/// The kinds of layer, from the first to the last. What a later one may change of an earlier one is said at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayerKind {
    /// Law and consent: its packs are hard, and nothing changes them.
    Law,
    /// The company. It may have hard packs of its own.
    Company,
    /// A team.
    Team,
    /// One rep: what it says holds for the leads that this rep owns.
    Rep,
}

impl LayerKind {
    /// Every kind, from the first to the last.
    pub const ALL: [Self; 4] = [Self::Law, Self::Company, Self::Team, Self::Rep];

    /// The kind of this word; `None` for any other.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its word: `company`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Company => "company",
            Self::Team => "team",
            Self::Rep => "rep",
        }
    }

    /// Whether its packs may be hard. What a team or a rep calls law is none.
    pub const fn may_be_hard(self) -> bool {
        matches!(self, Self::Law | Self::Company)
    }
}

/// A layer with its packs, in the order in which they are read.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What it is.
    pub kind: LayerKind,
    /// What it is called; no two layers of a rulebook have one name.
    pub name: String,
    /// For a layer of a rep: their id, as leads name their owner.
    pub rep: Option<Arc<str>>,
    /// Its packs.
    pub packs: Vec<LayerPack>,
    /// The settings that it changes, of its own packs and those of the layers before it.
    pub settings: Overrides,
}

/// A pack of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerPack {
    /// The name of its file.
    pub file: String,
    /// True for a file that is not the one that was accepted: it does not take part, and one that is law holds all contact.
    pub refused: bool,
    /// The rules and cadences of it that were accepted, by name or `id`; `None` for all.
    pub rules: Option<Vec<String>>,
}

/// The layers of a rulebook, in order.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// The layers, from the first (law) to the last.
    pub layers: Vec<Layer>,
    /// The settings of the rulebook as a whole, before those of the layers.
    pub settings: Overrides,
}

impl Layers {
    /// Whether the layers are in order and told apart: their kinds from law to rep, each with a name of its own, those of reps each for another rep, and
    /// no file in two of them.
    ///
    /// # Errors
    /// The sentence that says what is wrong.
    pub fn check(&self) -> Result<(), Sentence> {
        if self.layers.len() > limits::LAYERS {
            return Err(Sentence::new("layers-too-many").with("limit", limits::LAYERS));
        }
        let files: usize = self.layers.iter().map(|layer| layer.packs.len()).sum();
        if files > limits::PACKS {
            return Err(Sentence::new("layers-too-many-files").with("limit", limits::PACKS));
        }
        let (mut names, mut reps, mut seen) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut last = LayerKind::Law;
        for layer in &self.layers {
            let named = |key: &'static str| Sentence::new(key).with("layer", layer.name.as_str());
            if layer.kind < last {
                let order = LayerKind::ALL.map(LayerKind::word).join(", ");
                return Err(named("layers-out-of-order").with("kind", layer.kind.word()).with("order", order));
            }
            last = layer.kind;
            if layer.name.trim().is_empty() || !names.insert(layer.name.as_str()) {
                return Err(named("layers-same-name"));
            }
            match &layer.rep {
                Some(rep) if layer.kind == LayerKind::Rep => {
                    if rep.trim().is_empty() || !reps.insert(rep) {
                        return Err(named("layers-same-rep").with("rep", &**rep));
                    }
                }
                None if layer.kind != LayerKind::Rep => {}
                Some(_) => return Err(named("layers-needless-rep")),
                None => return Err(named("layers-no-rep")),
            }
            for pack in &layer.packs {
                if !seen.insert(pack.file.as_str()) {
                    return Err(Sentence::new("layers-same-file").with("file", pack.file.as_str()));
                }
            }
        }
        Ok(())
    }
}

/// The layer of a pack that was read as part of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackLayer {
    /// What it is.
    pub kind: LayerKind,
    /// What it is called.
    pub name: String,
    /// For a layer of a rep: their id.
    pub rep: Option<Arc<str>>,
}

/// A change that one pack makes to a statement of another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerChange {
    /// What is changed: `off` or `lever`.
    pub change: &'static str,
    /// The kind of the statement: `rule`, `cadence`, `never` ...
    pub kind: &'static str,
    /// The statement.
    pub statement: RuleRef,
    /// The lever that its touches get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lever: Option<f64>,
    /// The statement that changes it.
    pub by: RuleRef,
    /// The name of the layer in which that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// For the leads of which rep; absent for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// Why.
    pub because: String,
}

/// For which leads a statement holds, by the rep who owns them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadOwners {
    /// Only for the leads of this rep.
    pub only: Option<Arc<str>>,
    /// Not for the leads of these reps.
    pub except: Vec<Arc<str>>,
}

impl LeadOwners {
    /// The leads of one rep.
    pub fn only(rep: Arc<str>) -> Self {
        Self { only: Some(rep), except: Vec::new() }
    }

    /// Whether a statement holds for the leads of this owner; `None` for a lead without an owner.
    pub fn include(&self, owner: Option<&str>) -> bool {
        self.only.as_deref().is_none_or(|only| owner == Some(only))
            && !self.except.iter().any(|rep| owner == Some(&**rep))
    }
}
