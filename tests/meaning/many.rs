//! Evaluators of many leads at once: for each statement and lead whether it holds for somebody, and whether it fails for somebody.

use cadans::book::Dossier;
use cadans::book::columns::{Draft, Page, Words};
use cadans::book::sketch::Sketch;
use cadans::decide::columnar::{Kind, Plan, Records};
use cadans::decide::evaluate::{Problem, holds, stands};
use cadans::decide::facts::FactContext;
use cadans::rulebook::tree::Clause;

use super::world::World;

/// What an evaluator of many says of one statement, lead by lead.
pub struct Said {
    /// Which: kind, pack, and place among its kind in the pack.
    pub statement: (Kind, usize, usize),
    /// For each lead whether it holds for somebody, and whether it fails for somebody.
    pub leads: Vec<(bool, bool)>,
}

/// Answers everything about a world.
pub type Evaluator = fn(&World) -> Vec<Said>;

const KINDS: [Kind; 7] = [Kind::Enter, Kind::Rule, Kind::Never, Kind::Limit, Kind::Hours, Kind::Pause, Kind::Cadence];

/// On columns.
pub fn by_columns(world: &World) -> Vec<Said> {
    let (mut draft, mut words) = (Draft::default(), Words::default());
    for lead in world.dossier.leads() {
        draft.push(&Sketch::from(lead), 0, &mut words);
    }
    let page: Page = draft.seal();
    let plan = Plan::new(&world.rulebook, &KINDS);
    let mut asking = plan.at(&words, world.now);
    let answers = asking.page(&page, &mut Behind(&world.dossier));
    let bit = |mask: &[u64], lead: usize| mask[lead / 64] >> (lead % 64) & 1 == 1;
    let said = plan.conditions().zip(answers.iter()).map(|(condition, (holds, fails))| Said {
        statement: (condition.kind, condition.pack, condition.place),
        leads: (0..world.leads.len()).map(|lead| (bit(holds, lead), bit(fails, lead))).collect(),
    });
    said.collect()
}

/// The records behind the page.
struct Behind<'a>(&'a Dossier);

impl Records for Behind<'_> {
    fn dossier(&mut self, lead: usize) -> Option<(Dossier, usize)> {
        Some((self.0.clone(), lead))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.0.of_account(&self.0.leads()[lead].account.id).len() > 1
    }
}

/// The differences between an evaluator of many and Rhai's walker, told for a human.
pub fn differences(world: &World, name: &str, all: &[Said]) -> Vec<String> {
    let contexts: Vec<_> = (0..world.leads.len()).map(|lead| world.contexts(lead)).collect();
    let mut found = Vec::new();
    for said in all {
        for (lead, came) in said.leads.iter().enumerate() {
            let (recorded, entered) = &contexts[lead];
            let (wanted, source) = by_walker(world, said.statement, lead, recorded, entered);
            if *came != wanted {
                let statement = said.statement;
                found.push(format!(
                    "{source}\n   {statement:?}, lead {lead}: {name} (holds, fails) {came:?}, walker {wanted:?}"
                ));
            }
        }
    }
    found
}

/// What Rhai's walker says of a statement for a lead, and its condition.
fn by_walker(
    world: &World,
    (kind, pack, place): (Kind, usize, usize),
    lead: usize,
    recorded: &FactContext,
    entered: &FactContext,
) -> ((bool, bool), String) {
    let pack = &world.walked[pack];
    let (when, unless, then) = match kind {
        Kind::Enter => {
            let enter = &pack.enters[place];
            let stage = world.leads[lead].stage;
            let may_move = enter.may_go_back || stage.is_none_or(|stage| enter.stage > stage);
            let answer = if may_move { holds(&enter.when, recorded) } else { Ok(false) };
            return (somebody([answer]), enter.when.source.to_string());
        }
        Kind::Rule => {
            let rule = &pack.rules[place];
            (Some(&rule.when), rule.unless.as_ref(), rule.then.reads_person)
        }
        Kind::Never => (pack.nevers[place].when.as_ref(), pack.nevers[place].unless.as_ref(), false),
        Kind::Limit => (pack.limits[place].when.as_ref(), None, false),
        Kind::Hours => (pack.hours[place].when.as_ref(), None, false),
        Kind::Pause => (Some(&pack.pauses[place].when), None, false),
        Kind::Cadence => {
            let cadence = &pack.cadences[place];
            let source = cadence.when.source.to_string();
            return (somebody([runs(&cadence.when, cadence.until.as_ref(), entered)]), source);
        }
    };
    let by_person = then || [when, unless].into_iter().flatten().any(|clause| clause.reads_person);
    let answers = askings(by_person, entered).into_iter().map(|cx| stands(when, unless, &cx));
    let sources: Vec<&str> = [when, unless].into_iter().flatten().map(|clause| &*clause.source).collect();
    (somebody(answers), sources.join("\n   unless "))
}

/// A cadence runs when its `when` holds for somebody and its `until` for nobody.
fn runs(when: &Clause, until: Option<&Clause>, cx: &FactContext) -> Result<bool, Problem> {
    let anybody = |clause: &Clause| {
        let answers: Result<Vec<bool>, Problem> =
            askings(clause.reads_person, cx).iter().map(|cx| holds(clause, cx)).collect();
        answers.map(|answers| answers.contains(&true))
    };
    match until {
        Some(until) if anybody(when)? => anybody(until).map(|ends| !ends),
        _ => anybody(when),
    }
}

fn askings(by_person: bool, cx: &FactContext) -> Vec<FactContext> {
    let people = cx.lead().map_or(0, |lead| lead.people.len());
    if by_person { (0..people).map(|person| cx.for_person(Some(person))).collect() } else { vec![cx.for_person(None)] }
}

fn somebody(answers: impl IntoIterator<Item = Result<bool, Problem>>) -> (bool, bool) {
    let (mut held, mut failed) = (false, false);
    for answer in answers {
        held |= matches!(answer, Ok(true));
        failed |= answer.is_err();
    }
    (held, failed)
}
