//! Checks packs against each other: whether those that a pack needs are there, in a version that fits.

use std::collections::BTreeMap;

use semver::{Version, VersionReq};

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::Pack;
use crate::pack::statements::Need;
use crate::{limits, order};

/// A pack that this one needs is not there
///
/// ## What it does
/// Warns when a pack says which other packs it is meant to be used with (`needs`), and one of them is not among the packs that are read
/// together. In the entry `needs` of the `pack` statement packs go by the names of their files, and the command `cadans` reads such a pack by
/// itself, when its file lies beside the one that needs it; in a `needs` statement they go by their own names.
///
/// ## Why it matters
/// What the other pack does is not done. The packs of Cadans need `answers.rhai`: without it nobody who asks something is answered.
///
/// ## Example
/// ```rhai
/// pack "Inside sales" #{ needs: ["answers.rhai"] };
/// ```
///
/// ## Do instead
/// Give the packs together:
/// ```rhai
/// pack "Inside sales" #{ needs: ["1.rhai"] };
/// ```
/// ```rhai
/// pack "Answers" #{};
/// rule "Asked: answer" when person.waiting then answer.within(4.working_hours);
/// ```
pub(crate) const MISSING_PACK: DiagnosticCode = DiagnosticCode::new("missing-pack");

/// Warnings about packs that are needed and not there. `files` are the files of all packs that were given.
pub(crate) fn missing_packs<'a>(packs: &[Pack], files: impl Iterator<Item = &'a str> + Clone) -> Vec<Diagnostic> {
    let is_there = |needed: &str| files.clone().any(|file| file_name(file) == needed);
    let missing = |pack: &Pack| {
        let needed = pack.about.needs.iter().filter(|needed| !is_there(needed));
        let findings = needed.map(|needed| {
            let finding = Finding::warning(MISSING_PACK, pack.header);
            finding.with("pack", pack.about.name.as_str()).with("file", needed.as_str()).render(&pack.file)
        });
        findings.collect::<Vec<_>>()
    };
    packs.iter().flat_map(missing).collect()
}

/// The name of a file without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A needed pack is there in another version
///
/// ## What it does
/// Reports when a pack is there that another needs, and its version is not one that the `needs` statement asks for. Where others need it in a version
/// that this one is, they are told too: no one version suits them all.
///
/// ## Why it matters
/// The pack was written for what the other did then.
///
/// ## Example
/// ```rhai
/// pack "Answers" #{ version: "1.5.0" };
/// rule "Asked: answer" when person.waiting then answer.within(4.working_hours);
/// ```
/// ```rhai
/// pack "Our team" #{};
/// needs "Answers" "^2";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "Answers" #{ version: "1.5.0" };
/// rule "Asked: answer" when person.waiting then answer.within(4.working_hours);
/// ```
/// ```rhai
/// pack "Our team" #{};
/// needs "Answers" "^1.5";
/// ```
pub(crate) const NEEDS_VERSION: DiagnosticCode = DiagnosticCode::new("needs-version");

/// Packs need one another in a circle
///
/// ## What it does
/// Reports when a pack needs another that needs it in turn, directly or through others.
///
/// ## Why it matters
/// None of them can be used, changed or handed over without the others.
///
/// ## Example
/// ```rhai
/// pack "A" #{};
/// needs "B";
/// ```
/// ```rhai
/// pack "B" #{};
/// needs "A";
/// ```
///
/// ## Do instead
/// ```rhai
/// pack "A" #{};
/// needs "B";
/// ```
/// ```rhai
/// pack "B" #{};
/// ```
pub(crate) const NEEDS_CYCLE: DiagnosticCode = DiagnosticCode::new("needs-cycle");

/// What the `needs` statements of packs ask for and is not so: packs that are missing or of another version, and circles.
pub(crate) fn unmet_needs(packs: &[Pack]) -> Vec<Diagnostic> {
    if packs.iter().all(|pack| pack.needs.is_empty()) {
        return Vec::new();
    }
    // Of a pack that is read several times the first reading stands for all.
    let mut by_name: BTreeMap<&str, &Pack> = BTreeMap::new();
    for pack in packs {
        by_name.entry(&pack.about.name).or_insert(pack);
    }
    let own: Vec<&Pack> = packs
        .iter()
        .filter(|pack| by_name.get(&*pack.about.name).is_some_and(|one| std::ptr::eq(*one, *pack)))
        .collect();
    let mut found = Vec::new();
    let mut needed: BTreeMap<&str, Vec<(&Pack, &Need)>> = BTreeMap::new();
    for (pack, need) in own.iter().flat_map(|pack| pack.needs.iter().map(move |need| (*pack, need))) {
        match by_name.get(&*need.pack) {
            Some(_) => needed.entry(&need.pack).or_default().push((pack, need)),
            None => {
                let finding = Finding::warning(MISSING_PACK, need.span).message("missing-pack-named");
                let finding = finding.with("pack", pack.about.name.as_str()).with("needed", need.pack.as_str());
                let known = own.iter().map(|one| one.about.name.as_str()).filter(|name| *name != pack.about.name);
                let quoted = |meant: &str| format!("\"{meant}\"");
                found.push(finding.near(need.span, &need.pack, known, quoted, quoted).without_fix().render(&pack.file));
            }
        }
    }
    for (name, needs) in needed {
        let Some(given) = by_name.get(name) else { continue };
        let version = given.about.version.as_deref().and_then(version_of);
        let suits = |need: &Need| is_suited(need, version.as_ref());
        let others = || needs.iter().filter(|(_, need)| need.versions.is_some() && suits(need));
        for (pack, need) in needs.iter().filter(|(_, need)| !suits(need)) {
            let finding = Finding::error(NEEDS_VERSION, need.span)
                .with("pack", pack.about.name.as_str())
                .with("needed", name)
                .with("versions", need.versions.clone().unwrap_or_default())
                .with("file", given.file.as_str());
            let finding = match (&given.about.version, &version) {
                (Some(written), Some(_)) => finding.with("version", written.as_str()),
                (Some(written), None) => finding.message("needs-version-unread").with("version", written.as_str()),
                (None, _) => finding.message("needs-version-none"),
            };
            let finding = others().fold(finding, |finding, (other, need)| {
                finding.help("needs-version-clash").related_in(&other.file, need.span, "related-needs-other")
            });
            found.push(finding.render(&pack.file));
        }
    }
    found.extend(circles(&own, &by_name));
    found
}

/// Whether a pack of this version is one that a need asks for; a range that cannot be read was told where it stands.
fn is_suited(need: &Need, version: Option<&Version>) -> bool {
    match need.versions.as_deref().map(VersionReq::parse) {
        Some(Ok(range)) => version.is_some_and(|version| range.matches(version)),
        _ => true,
    }
}

/// Whether a pack answers to a need: it has the name, and a version that is asked for.
#[cfg(feature = "editing")]
pub(crate) fn meets(pack: &Pack, need: &Need) -> bool {
    let version = pack.about.version.as_deref().and_then(version_of);
    pack.about.name == need.pack && is_suited(need, version.as_ref())
}

/// The version of a pack, in which the last numbers may be left out: `1.2` is `1.2.0`. `None` for one that is numbered otherwise.
fn version_of(written: &str) -> Option<Version> {
    let numbers = written.split('.').count();
    let padded = if numbers < 3 { format!("{written}{}", ".0".repeat(3 - numbers)) } else { written.to_owned() };
    Version::parse(&padded).ok()
}

/// The circles of needs: each is told once, at the first of its packs.
fn circles(packs: &[&Pack], by_name: &BTreeMap<&str, &Pack>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for pack in packs {
        if told.contains(&pack.about.name.as_str()) {
            continue;
        }
        // The shortest way back to this pack, found breadth first: each pack with the need that led to it.
        let mut reached: BTreeMap<&str, (&Pack, &Need)> = BTreeMap::new();
        let mut next: Vec<&Pack> = vec![pack];
        while let Some(from) = (!next.is_empty()).then(|| next.remove(0)) {
            for need in from.needs.iter().take(limits::PACKS) {
                if let Some(to) = by_name.get(&*need.pack)
                    && !reached.contains_key(&*to.about.name)
                {
                    reached.insert(&to.about.name, (from, need));
                    next.push(to);
                }
            }
        }
        if !reached.contains_key(&*pack.about.name) {
            continue;
        }
        let mut circle: Vec<(&Pack, &Need)> = Vec::new();
        let mut name = pack.about.name.as_str();
        while let Some((from, need)) = reached.get(name) {
            circle.push((from, need));
            name = &from.about.name;
            if name == pack.about.name {
                break;
            }
        }
        circle.reverse();
        told.extend(circle.iter().map(|(from, _)| from.about.name.as_str()));
        let names = circle.iter().map(|(from, _)| from.about.name.as_str()).chain([pack.about.name.as_str()]);
        let way = names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" > ");
        let Some((_, first)) = circle.first() else { continue };
        let finding = Finding::error(NEEDS_CYCLE, first.span).with("way", way);
        let others = circle.iter().skip(1);
        let finding = others
            .fold(finding, |finding, (from, need)| finding.related_in(&from.file, need.span, "related-needs-other"));
        found.push(finding.render(&pack.file));
    }
    order::sort_by_key(&mut found, |diagnostic| diagnostic.file.clone());
    found
}
