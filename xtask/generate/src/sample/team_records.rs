//! Three months of what a team records beside its leads: `www/sample/team.json`, from the sample leads and a seed.

use cadans::book::vocabulary::{Role, Stage};
use cadans::book::{Book, Lead};
use cadans::calendar::{Duration, Instant};
use cadans::team::records::{
    Comment, ContentRequest, Contract, Department, HandOver, Member, Order, ProposalDecision, StageMove, TeamFile,
    TeamPromise, TeamProposal, Visibility,
};

use crate::sample::{NOW, SEED, SeededRng, rng_of};

/// How far back the records go, in days.
const DAYS: i64 = 92;
/// Numbers of random sequences that no lead has.
const OF_TEAM: usize = 1_000_000;

/// The records of the team of this book.
pub(super) fn made_up(book: &Book) -> TeamFile {
    let leads = book.leads();
    let mut file = TeamFile { members: members(book), ..TeamFile::default() };
    for (nth, lead) in leads.iter().enumerate() {
        let mut rng = rng_of(SEED, OF_TEAM + nth);
        journey(lead, &mut rng, &mut file);
    }
    file.promises = vec![
        promise(30, "manager", "lotte", "ask legal about the clause on data", 12, None),
        promise(45, "manager", "team", "a training on security questions", 20, Some(15)),
        promise(14, "bram", "jana", "share the notes of the visit to Falkenstein", -5, None),
    ];
    file.requests = requests(&leads);
    file.proposals = proposals();
    file.hand_overs = hand_overs(&leads);
    file.stage_moves.sort_by_key(|one| one.at);
    file.orders.sort_by_key(|one| one.at);
    file.contracts.sort_by_key(|one| one.at);
    file
}

fn days_ago(days: i64) -> Instant {
    NOW - Duration::DAY.times(days).unwrap_or_default()
}

/// Two of them share their figures. One looks after a list of what makes her easier to find.
fn members(book: &Book) -> Vec<Member> {
    let member = |(nth, rep): (usize, &cadans::book::rep::Rep)| Member {
        rep: rep.id.clone(),
        team: Some(if nth < 3 { "North" } else { "West" }.to_owned()),
        shares: nth % 3 == 0,
        time: (nth == 1).then_some(0.8),
        planned: None,
        visibility: (nth == 0)
            .then(|| Visibility {
                topic: "route planning".to_owned(),
                profile: true,
                shared_at: Some(days_ago(120)),
                answered_at: None,
            })
            .into_iter()
            .collect(),
    };
    book.reps().iter().enumerate().map(member).collect()
}

/// How a lead came to its stage, and what it ordered.
fn journey(lead: &Lead, rng: &mut SeededRng, file: &mut TeamFile) {
    const WAY: [Stage; 6] =
        [Stage::Orientation, Stage::Interest, Stage::Consideration, Stage::Proposal, Stage::Decision, Stage::Customer];
    let Some(stage) = lead.stage else { return };
    let mut at = days_ago(rng.between(1, 20));
    let mut moves = Vec::new();
    let mut reached = stage;
    if stage == Stage::Lost {
        let reasons = ["Too dear", "No time this year", "Chose another supplier", "Too dear"];
        let because = rng.pick(&reasons).map(str::to_owned);
        reached = Stage::Consideration;
        moves.push(StageMove { at, lead: lead.id.clone(), from: Some(reached), to: Stage::Lost, because });
        at = at - Duration::DAY.times(rng.between(5, 25)).unwrap_or_default();
    }
    let steps = WAY.iter().position(|one| *one == reached).unwrap_or_default();
    for step in (1..=steps).rev() {
        if at < days_ago(DAYS) {
            break;
        }
        let (from, to) = (WAY.get(step - 1).copied(), WAY.get(step).copied().unwrap_or(reached));
        moves.push(StageMove { at, lead: lead.id.clone(), from, to, because: None });
        if to == Stage::Customer {
            let amount = lead.value.unwrap_or(10_000.0);
            file.orders.push(Order { at, lead: lead.id.clone(), amount });
        }
        at = at - Duration::DAY.times(rng.between(6, 30)).unwrap_or_default();
    }
    file.stage_moves.extend(moves);
    if stage == Stage::Customer {
        let yearly = lead.value.unwrap_or(10_000.0);
        let before = days_ago(rng.between(200, 900));
        file.contracts.push(Contract { at: before, lead: lead.id.clone(), yearly, because: None });
        let (changed, because) = match rng.below(10) {
            0 => (0.0, "Went elsewhere"),
            1 => (yearly * 0.8, "One site fewer"),
            2..=4 => (yearly * 1.3, "A second site"),
            _ => return,
        };
        let at = days_ago(rng.between(5, 40));
        let because = Some(because.to_owned());
        file.contracts.push(Contract { at, lead: lead.id.clone(), yearly: changed, because });
    }
}

fn promise(made: i64, by: &str, to: &str, what: &str, due: i64, kept: Option<i64>) -> TeamPromise {
    TeamPromise {
        at: days_ago(made),
        by: by.to_owned(),
        to: to.to_owned(),
        what: what.to_owned(),
        due: days_ago(due),
        kept_at: kept.map(days_ago),
    }
}

fn requests(leads: &[Lead]) -> Vec<ContentRequest> {
    let asked = [
        ("security", Role::Buyer),
        ("security", Role::Decider),
        ("security", Role::User),
        ("prices abroad", Role::Buyer),
    ];
    let request = |(nth, (topic, role)): (usize, (&str, Role))| ContentRequest {
        at: days_ago(10 + 12 * i64::try_from(nth).unwrap_or_default()),
        topic: topic.to_owned(),
        lead: leads.get(20 + 7 * nth).map(|lead| lead.id.clone()),
        role: Some(role),
        rep: leads.get(20 + 7 * nth).and_then(|lead| lead.owner.clone()),
        content: None,
    };
    asked.into_iter().enumerate().map(request).collect()
}

fn proposals() -> Vec<TeamProposal> {
    vec![
        TeamProposal {
            id: "ask-the-user".to_owned(),
            at: days_ago(50),
            by: "lotte".to_owned(),
            statement: "rule \"Ask the user first\" when lead.stage is \"interest\" and lead.knows(\"user\") then email.to(\"user\")"
                .to_owned(),
            because: Some("Users know what hurts".to_owned()),
            comments: vec![Comment { at: days_ago(48), by: "bram".to_owned(), text: "Not for a single user".to_owned() }],
            decided: Some(ProposalDecision {
                at: days_ago(40),
                adopted: true,
                because: "Three of us tried it and were told more".to_owned(),
            }),
        },
        TeamProposal {
            id: "call-on-mondays".to_owned(),
            at: days_ago(12),
            by: "owen".to_owned(),
            statement: "setting quiet_monday = true because \"Mondays are for mail\"".to_owned(),
            because: None,
            comments: Vec::new(),
            decided: None,
        },
    ]
}

/// Three leads that went to marketing, with the reason, and one that came back to whom it was.
fn hand_overs(leads: &[Lead]) -> Vec<HandOver> {
    let over = |nth: usize, days: i64, to: Department, because: &str| {
        let lead = leads.get(nth)?;
        Some(HandOver {
            at: days_ago(days),
            lead: lead.id.clone(),
            to,
            because: because.to_owned(),
            rep: lead.owner.clone(),
        })
    };
    let all = [
        over(12, 60, Department::Marketing, "No budget before the spring"),
        over(33, 45, Department::Marketing, "Only looking around"),
        over(54, 30, Department::Marketing, "Waits for the new director"),
        over(54, 6, Department::Sales, "The new director asked for us"),
    ];
    all.into_iter().flatten().collect()
}
