use std::sync::Arc;

use crate::book::ingest::{LeadFormat, read_book};
use crate::calendar::{Duration, Instant};
use crate::decide::context::decision_context::{DecisionContext, SharedContext};
use crate::decide::context::evaluate_rules::evaluate_rules;
use crate::decide::context::statement_set::StatementFilter;
use crate::evaluate::facts::FactContext;
use crate::language::{PackSource, Rulebook};
use crate::pack::Overrides;

/// Packs that ship, and one with conditions of kinds that they do not have.
const PACKS: [&str; 8] = [
    include_str!("../../../../rules/inside-sales.rhai"),
    include_str!("../../../../rules/answers.rhai"),
    include_str!("../../../../rules/account-based.rhai"),
    include_str!("../../../../rules/social-selling.rhai"),
    include_str!("../../../../rules/sustainable-revenue.rhai"),
    include_str!("../../../../rules/contact-policy/nl.rhai"),
    include_str!("../../../../rules/contact-policy/be.rhai"),
    r#"
pack "Other kinds" #{};
rule "Sums" when lead.since("visit") + 1.day < 9.days and lead.visits(30.days) * 2 >= 4 then email;
rule "Errors" when lead.value > "much" or person.since("visit") < 2 then phone;
rule "Choices" when if lead.visits(7.days) > 1 { person.touches(9.days) is 0 } else { lead.age > 20.days } then email;
rule "Backwards" when 3.days < person.since("visit") and person.score(5.days) != 0.0 then social;
rule "Working" when person.last_touch() > 3.working_days unless lead.score(2.days) > 1.5 then phone;
rule "Texts" when lead.source.contains("e") and person.first("visit") in [1.day, 2.days] then email;
rule "Interpreted" when { let n = lead.visits(8.days); n > 1 } then email;
rule "Known" when (person.since("click") ?? lead.since("visit") ?? 1.day) > 2.days then email;
limit any 3 per 7.days when lead.since("form") < 5.days or person.opens(6.days) > 0;
cadence "Series" when person.visits(20.days) > 0 or lead.downloads(9.days) > 0
    steps [ email, phone.after(2.days) ]
    until person.replied(14.days);
"#,
];

#[test]
fn conditions_come_to_and_note_what_each_of_them_does_by_itself() {
    let source =
        |(number, text): (usize, &&str)| PackSource { file: format!("{number}.rhai"), text: (*text).to_owned() };
    let sources: Vec<PackSource> = PACKS.iter().enumerate().map(source).collect();
    let (rulebook, _) = Rulebook::new(&sources, &Overrides::default());
    assert_eq!(rulebook.packs().len(), PACKS.len());
    let book = read_book(&LeadFormat::Json, include_bytes!("../../../../www/sample/leads.json")).book;
    let shared = SharedContext::new(rulebook.packs(), book.reps());
    let day = Instant::parse("2026-11-20T10:00:00+01:00").unwrap();
    let mut compared = 0;
    for now in [day, day + Duration::from_millis(9 * 3_600_000), day - Duration::DAY] {
        let planned = DecisionContext::new(rulebook.packs(), &shared, now);
        let mut by_itself = DecisionContext::new(rulebook.packs(), &shared, now);
        by_itself.conditions = Arc::default();
        for lead in 0..book.len() {
            let records = book.group_records(lead);
            for (index, record) in records.leads().iter().enumerate() {
                let outcomes = |context: &DecisionContext<'_>| {
                    let facts = FactContext::new(&records, index, now).with_calendar(&context.places.calendar);
                    let all = (StatementFilter::All, &context.conditions.all_changes);
                    format!("{:#?}", evaluate_rules(context, &facts, all).0)
                };
                assert_eq!(outcomes(&planned), outcomes(&by_itself), "{} at {now}", record.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}
