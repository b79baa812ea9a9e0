//! One made-up answer with something in every field, for the tests of what people see.

use cadans::book::vocabulary::{Channel, Role, Stage};
use cadans::calendar::{DATA_VERSIONS, Duration, Instant};
use cadans::decide::advice::*;
use cadans::diagnostics::{EvaluationError, EvaluationErrorCode, Span};
use cadans::pack::layers::LayerChange;
use cadans::wording::Sentence;

/// The moment all of it was asked for.
pub const NOW: &str = "2026-11-20T10:00:00+01:00";

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// A rule of the pack, on a line.
pub fn rule(name: &str, line: u32) -> RuleRef {
    let span = Span { line, column: 1, end_line: line + 3, end_column: 40 };
    RuleRef { pack: "Inside sales".into(), file: "rules/inside-sales.rhai".into(), name: name.into(), span }
}

fn factor(value: f64, because: &str) -> Factor {
    Factor { value, because: because.into() }
}

fn priority() -> Priority {
    Priority {
        total: 37.2,
        propensity: factor(0.2, "said by the rule"),
        context: factor(1.55, "said by the rule"),
        value: factor(100.0, "value 100, no churn known"),
        lever: factor(1.2, "said by the rule"),
    }
}

/// A phone call, later today.
pub fn call() -> Advice {
    Advice {
        lead: "L-0042".into(),
        lead_name: Some("Bakkerij Jansen & Zonen".into()),
        now: at(NOW),
        verdict: Verdict::Touch,
        touch: Some(AdvisedTouch {
            channel: Some(Channel::Phone),
            person: Some(PersonRef {
                id: "p1".into(),
                name: Some("Eva de Wit".into()),
                role: Some(Role::Decider),
                why: "The rule asks for the decider.".into(),
            }),
            rep: Some(RepRef {
                id: "r2".into(),
                name: Some("Noor Bakker".into()),
                instead_of_owner: Some("Sam is away until Monday.".into()),
            }),
            automatic: false,
            window: Some(AdviceWindow {
                from: at("2026-11-20T13:30:00+01:00"),
                until: at("2026-11-20T17:30:00+01:00"),
                local_from: "2026-11-20T13:30:00+01:00".into(),
                local_until: "2026-11-20T17:30:00+01:00".into(),
                zone: "Europe/Amsterdam".into(),
                late: false,
                why: "The first moment at which both can be reached.".into(),
            }),
            since: Some(at("2026-11-20T09:12:00+01:00")),
            due: Some(at("2026-11-20T17:30:00+01:00")),
            late: false,
            late_by: None,
            offer: Some("roi-calculator".into()),
            ask: Some("What would make this a success?".into()),
            answers: None,
            promised: None,
            acknowledges: false,
            find: None,
            hand_over: None,
            pack: None,
            rule: None,
            cadence: Some("Warm inbound".into()),
            step: Some(3),
        }),
        rule: Some(rule("Price page again: phone today", 22)),
        reason: "Looked at prices 3 times this week".into(),
        priority: Some(priority()),
        stage: Some(StageNow {
            stage: Stage::Consideration,
            was: Some(Stage::Interest),
            because: Some("three visits this month".into()),
        }),
        notes: vec![Note { code: "first-contact-notice", text: "Tell where we have the address from.".into() }],
        runners_up: vec![RunnerUp {
            rule: rule("Guide by mail", 40),
            channel: Some(Channel::Email),
            person: Some("p2".into()),
            priority: Priority { total: 12.1, ..priority() },
            behind: 25.1,
            lost_by: "lower chance of an answer: 0.065 against 0.2".into(),
        }],
        blocks: vec![
            Block {
                gate: Gate::Eligible,
                policy: "never",
                rule: rule("Say hello on LinkedIn", 61),
                channel: Some(Channel::Social),
                person: Some("p2".into()),
                by: Some(RuleRef { file: "rules/contact-policy/nl.rhai".into(), ..rule("never social", 9) }),
                reason: "objected to direct marketing on 3 March 2026".into(),
                lifts_at: None,
                hard: true,
            },
            Block {
                gate: Gate::Policy,
                policy: "pause",
                rule: rule("Call after a download", 30),
                channel: Some(Channel::Phone),
                person: Some("p3".into()),
                by: Some(rule("pause phone", 70)),
                reason: "two days of rest after a call that was not answered".into(),
                lifts_at: Some(at("2026-11-21T16:12:00+01:00")),
                hard: false,
            },
        ],
        faults: vec![Fault::new(
            rule("Big budget", 80),
            EvaluationError {
                code: EvaluationErrorCode::DivisionByZero,
                sentence: Sentence::as_is("a number is divided by zero"),
                span: Span { line: 81, column: 10, end_line: 81, end_column: 20 },
            },
        )],
        review_at: Some(at("2026-11-21T16:12:00+01:00")),
        review_at_local: Some("2026-11-21T16:12:00+01:00".into()),
        review_zone: Some("Europe/Amsterdam".into()),
        data_versions: DATA_VERSIONS,
    }
}

/// Somebody to find; a name from outside that tries to write over the screen.
pub fn find() -> Advice {
    let touch = AdvisedTouch {
        channel: None,
        person: None,
        rep: None,
        automatic: false,
        window: None,
        since: None,
        due: None,
        late: false,
        late_by: None,
        offer: None,
        ask: None,
        answers: None,
        promised: None,
        acknowledges: false,
        find: Some(Role::Decider),
        hand_over: None,
        pack: None,
        rule: None,
        cadence: None,
        step: None,
    };
    Advice {
        lead: "L-7".into(),
        lead_name: Some("Müller\u{1b}[2J GmbH".into()),
        verdict: Verdict::Find,
        touch: Some(touch),
        rule: Some(rule("Nobody who decides", 52)),
        reason: "We know two users and nobody who decides".into(),
        ..bare()
    }
}

/// A call that comes too late for its promise, far from here.
pub fn late_call() -> Advice {
    let mut advice = call();
    advice.lead = "L-9".into();
    advice.lead_name = None;
    if let Some(touch) = &mut advice.touch {
        (touch.late, touch.late_by) = (true, Some(Duration::from_millis(2 * 3_600_000 + 720_000)));
    }
    if let Some(window) = advice.touch.as_mut().and_then(|touch| touch.window.as_mut()) {
        window.from = at("2026-11-23T09:00:00-08:00");
        window.until = at("2026-11-24T12:00:00-08:00");
        window.local_from = "2026-11-23T09:00:00-08:00".into();
        window.local_until = "2026-11-24T12:00:00-08:00".into();
        window.zone = "America/Los_Angeles".into();
        window.late = true;
    }
    advice
}

/// Nothing may be done before Monday.
pub fn hold() -> Advice {
    Advice {
        lead: "L-8".into(),
        lead_name: Some("Koster".into()),
        verdict: Verdict::Hold,
        reason: "Two calls in seven days are enough".into(),
        review_at: Some(at("2026-11-23T09:00:00+01:00")),
        ..bare()
    }
}

fn bare() -> Advice {
    Advice::waiting(String::new(), None, at(NOW), String::new())
}

/// The long answer for [`call`].
pub fn explanation() -> Explanation {
    let condition =
        |text: &str, holds, saw: &str| Condition { text: text.into(), holds, saw: saw.into(), span: Span::default() };
    Explanation {
        advice: call(),
        held: vec![rule("Price page again: phone today", 22)],
        nearly: vec![NearMiss {
            rule: rule("Form filled in: phone at once", 12),
            person: Some("p1".into()),
            held: 1,
            of: 2,
            summary: "1 of 2: needs a form less than 1 hour ago, has one of 3 days ago".into(),
            conditions: vec![
                condition("lead.since(\"form\") < 1.hour", false, "was 3 days"),
                condition("not lead.answered", true, "is no"),
            ],
        }],
        switched_off: vec![SwitchedOffHere {
            change: LayerChange {
                change: "off",
                kind: "rule",
                statement: rule("Read a lot: mail", 40),
                lever: None,
                by: rule("Read a lot: mail", 3),
                layer: Some("north".into()),
                rep: None,
                because: "They do not read mail".into(),
            },
            summary: "would hold here, but Inside sales switched it off: They do not read mail".into(),
        }],
    }
}
