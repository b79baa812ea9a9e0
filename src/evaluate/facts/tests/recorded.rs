//! Facts that somebody recorded: fields of the lead, its people and their consent, quotes, plans and the stage.

use crate::evaluate::facts::tests::*;

#[test]
fn what_is_recorded_of_the_lead() {
    let cx = about(Lead {
        name: None,
        stage: Some(Stage::Interest),
        stage_since: Some(ago(days(3))),
        created_at: Some(ago(days(30))),
        source: Some("fair".to_owned()),
        topic: Some("solar".to_owned()),
        language: Some("nl".to_owned()),
        owner: Some("r1".to_owned()),
        value: Some(1200.0),
        churn: Some(0.05),
        account: Account {
            id: "A1".to_owned(),
            name: Some("Bakker".to_owned()),
            country: Some("DE".to_owned()),
            region: Some("BY".to_owned()),
            zone: Some("Europe/Berlin".to_owned()),
            legal_form: Some(LegalForm::SoleTrader),
            industry: Some("bakery".to_owned()),
            employees: Some(12),
            customer_since: Some(ago(days(400))),
        },
        fields: [
            ("budget".to_owned(), FieldValue::Number(5000.0)),
            ("vip".to_owned(), FieldValue::Truth(true)),
            ("crm".to_owned(), FieldValue::Text("x".to_owned())),
        ]
        .into(),
        ..lead_with(vec![])
    });
    let expected = [
        ("id", text("L1")),
        ("name", text("Bakker")),
        ("stage", text("interest")),
        ("stage_for", length(days(3))),
        ("age", length(days(30))),
        ("source", text("fair")),
        ("topic", text("solar")),
        ("country", text("DE")),
        ("zone", text("Europe/Berlin")),
        ("language", text("nl")),
        ("owner", text("r1")),
        ("value", Value::Number(1200.0)),
        ("churn", Value::Number(0.05)),
        ("open", Value::Truth(true)),
        ("legal_form", text("sole_trader")),
    ];
    for (name, value) in expected {
        assert_eq!(lead(&cx, name, &[]), value, "lead.{name}");
    }
    let expected = [
        ("id", text("A1")),
        ("name", text("Bakker")),
        ("country", text("DE")),
        ("region", text("BY")),
        ("zone", text("Europe/Berlin")),
        ("industry", text("bakery")),
        ("employees", whole(12)),
        ("customer", Value::Truth(true)),
        ("customer_for", length(days(400))),
        ("leads", whole(1)),
        ("legal_form", text("sole_trader")),
    ];
    for (name, value) in expected {
        assert_eq!(ask(&cx, Subject::Account, name, &[]), value, "account.{name}");
    }
    assert_eq!(cx.own("budget"), Value::Number(5000.0));
    assert_eq!(cx.own("vip"), Value::Truth(true));
    assert_eq!(cx.own("crm"), text("x"));
    assert_eq!(cx.own("nothing"), Value::Unknown);
}

#[test]
fn what_nobody_recorded_is_unknown_and_not_empty() {
    let cx = about(lead_with(vec![]));
    let fields = [
        "name",
        "stage",
        "stage_for",
        "age",
        "source",
        "topic",
        "country",
        "zone",
        "language",
        "owner",
        "value",
        "churn",
        "legal_form",
        "quote_open_for",
        "quote_amount",
        "last_quote",
        "quote_closed_for",
        "quote_valid_for",
    ];
    for name in fields {
        assert_eq!(lead(&cx, name, &[]), Value::Unknown, "lead.{name}");
    }
    assert_eq!(lead(&cx, "open", &[]), Value::Truth(true));
    assert_eq!(ask(&cx, Subject::Account, "customer", &[]), Value::Truth(false));
    assert_eq!(ask(&cx, Subject::Account, "employees", &[]), Value::Unknown);
}

#[test]
fn what_is_recorded_of_a_person() {
    let mut lead = lead_with(vec![]);
    lead.country = Some("NL".to_owned());
    lead.zone = Some("Europe/Amsterdam".to_owned());
    lead.language = Some("nl".to_owned());
    lead.account.legal_form = Some(LegalForm::LegalEntity);
    lead.people = vec![
        Person {
            name: Some("Ada".to_owned()),
            title: Some("CTO".to_owned()),
            channels: vec![Channel::Phone],
            influence: Some(0.7),
            stance: Some(Stance::Champion),
            do_not_call: true,
            ..person("p1", &[Role::Decider, Role::User])
        },
        Person { country: Some("US".to_owned()), legal_form: Some(LegalForm::Consumer), ..person("p2", &[]) },
    ];
    let cx = about(lead);
    let one = cx.for_person(Some(0));
    let expected = [
        ("id", vec![], text("p1")),
        ("name", vec![], text("Ada")),
        ("title", vec![], text("CTO")),
        ("country", vec![], text("NL")),
        ("zone", vec![], text("Europe/Amsterdam")),
        ("language", vec![], text("nl")),
        ("role", vec![], text("decider")),
        ("roles", vec![], Value::List([text("decider"), text("user")].into())),
        ("is_a", vec![text("user")], Value::Truth(true)),
        ("is_a", vec![text("buyer")], Value::Truth(false)),
        ("legal_form", vec![], text("legal_entity")),
        ("influence", vec![], Value::Number(0.7)),
        ("stance", vec![], text("champion")),
        ("do_not_call", vec![], Value::Truth(true)),
        ("do_not_email", vec![], Value::Truth(false)),
        ("objected", vec![], Value::Truth(false)),
        ("has", vec![text("phone")], Value::Truth(true)),
        ("has", vec![text("email")], Value::Truth(false)),
    ];
    for (name, args, value) in expected {
        assert_eq!(ask(&one, Subject::Person, name, &args), value, "person.{name}");
    }
    let other = cx.for_person(Some(1));
    assert_eq!(ask(&other, Subject::Person, "zone", &[]), Value::Unknown, "a Dutch zone says nothing of an American");
    assert_eq!(ask(&other, Subject::Person, "legal_form", &[]), text("consumer"));
    assert_eq!(ask(&other, Subject::Person, "role", &[]), Value::Unknown);
}

#[test]
fn the_buying_group() {
    let mut one = lead_with(vec![
        by("p1", touch(Channel::Phone, ago(days(5)))),
        by("p2b", touch(Channel::Email, ago(days(3)))),
        by("p3", touch(Channel::Email, ago(days(1)))),
    ]);
    one.people = vec![
        person("p1", &[Role::Decider]),
        Person { aliases: vec!["p2b".to_owned()], ..person("p2", &[Role::Decider, Role::Buyer]) },
        person("p3", &[]),
    ];
    let cx = about(one);
    assert_eq!(lead(&cx, "people", &[]), whole(3));
    assert_eq!(lead(&cx, "people", &[text("decider")]), whole(2));
    assert_eq!(lead(&cx, "knows", &[text("buyer")]), Value::Truth(true));
    assert_eq!(lead(&cx, "knows", &[text("user")]), Value::Truth(false));
    let missing = ["initiator", "user", "influencer", "gatekeeper"].map(text);
    assert_eq!(lead(&cx, "roles_missing", &[]), Value::List(missing.into()));
    assert_eq!(lead(&cx, "last_touch_to", &[text("decider")]), length(days(3)));
    assert_eq!(lead(&cx, "last_touch_to", &[text("user")]), Value::Unknown);
}

#[test]
fn consent_counts_from_when_it_is_given_until_it_is_taken_back() {
    let consent = |channel, basis, given, withdrawn| Consent {
        channel,
        basis,
        given_at: given,
        withdrawn_at: withdrawn,
        valid_to: None,
        proof: None,
    };
    let mut one = lead_with(vec![]);
    one.people = vec![Person {
        consents: vec![
            consent(Some(Channel::Phone), Basis::Requested, ago(days(9)), None),
            consent(None, Basis::OptIn, ago(days(5)), Some(now() + days(2))),
            consent(Some(Channel::Email), Basis::DoubleOptIn, ago(days(5)), Some(ago(days(1)))),
            consent(Some(Channel::Social), Basis::LegitimateInterest, now() + days(1), None),
        ],
        ..person("p1", &[])
    }];
    let cx = about(one).for_person(Some(0));
    assert_eq!(ask(&cx, Subject::Person, "consent_basis", &[text("phone")]), text("opt_in"), "the newest");
    assert_eq!(cx.next_change(), Some(now() + days(2)));
    assert_eq!(ask(&cx, Subject::Person, "consent", &[text("email")]), Value::Truth(true), "the one for every channel");
    assert_eq!(ask(&cx, Subject::Person, "consent_basis", &[text("social")]), text("opt_in"));
    assert_eq!(cx.next_change(), Some(now() + days(1)), "then our interest begins");
}

#[test]
fn an_unsubscribe_holds_until_a_later_opt_in() {
    let stop = |signal: Signal| Signal { kind: SignalKind::Unsubscribe, ..signal };
    let no_mail = |signals: Vec<Signal>, consents: Vec<Consent>| {
        let mut one = lead_with(signals);
        one.people = vec![Person { consents, ..person("p1", &[]) }];
        ask(&about(one).for_person(Some(0)), Subject::Person, "do_not_email", &[])
    };
    let opt_in = |given| Consent {
        channel: None,
        basis: Basis::OptIn,
        given_at: given,
        withdrawn_at: None,
        valid_to: None,
        proof: None,
    };
    let own = || by("p1", stop(visit("x", ago(days(4)))));
    assert_eq!(no_mail(vec![own()], vec![]), Value::Truth(true));
    assert_eq!(no_mail(vec![own()], vec![opt_in(ago(days(5)))]), Value::Truth(true), "the older opt-in is overruled");
    assert_eq!(no_mail(vec![own()], vec![opt_in(ago(days(3)))]), Value::Truth(false));
    let by_phone = Signal { channel: Some(Channel::Phone), ..own() };
    assert_eq!(no_mail(vec![by_phone], vec![]), Value::Truth(false), "about calls, not mail");
    let somebody = stop(visit("x", ago(days(4))));
    assert_eq!(no_mail(vec![somebody], vec![]), Value::Truth(true), "nobody named: everybody");
    let colleague = by("p2", stop(visit("x", ago(days(4)))));
    assert_eq!(no_mail(vec![colleague], vec![]), Value::Truth(false));
}

#[test]
fn quotes_as_they_were_at_the_moment_asked() {
    let quote =
        |sent, status, amount, decided| Quote { sent_at: sent, status, amount, decided_at: decided, valid_until: None };
    let mut one = lead_with(vec![]);
    one.quotes = vec![
        quote(ago(days(20)), QuoteStatus::Declined, Some(100.0), Some(ago(days(10)))),
        quote(ago(days(8)), QuoteStatus::Open, Some(250.0), None),
        quote(ago(days(3)), QuoteStatus::Accepted, Some(50.0), Some(now() + days(1))), // decided tomorrow
        quote(ago(days(2)), QuoteStatus::Open, None, None),
        quote(now() + days(2), QuoteStatus::Open, Some(1000.0), None),
        quote(ago(days(30)), QuoteStatus::Expired, Some(7.0), None),
    ];
    let cx = about(one);
    assert_eq!(lead(&cx, "quotes_open", &[]), whole(3));
    assert_eq!(cx.next_change(), Some(now() + days(1)));
    assert_eq!(lead(&cx, "quote_open_for", &[]), length(days(8)));
    assert_eq!(lead(&cx, "quote_amount", &[]), Value::Number(300.0));
    assert_eq!(lead(&cx, "last_quote", &[]), text("open"));
    assert_eq!(lead(&cx, "quote_closed_for", &[]), Value::Unknown);
}

#[test]
fn the_last_quote_is_the_open_one_else_the_one_that_ended_last() {
    use QuoteStatus::{Accepted, Declined, Expired, Open};
    let standing = |quotes: &[(i64, QuoteStatus, Option<i64>)]| {
        let quote = |(sent, status, decided): &(i64, QuoteStatus, Option<i64>)| Quote {
            sent_at: ago(days(*sent)),
            status: *status,
            amount: None,
            decided_at: decided.map(|decided| ago(days(decided))),
            valid_until: None,
        };
        let cx = about(Lead { quotes: quotes.iter().map(quote).collect(), ..lead_with(vec![]) });
        (lead(&cx, "last_quote", &[]), lead(&cx, "quote_closed_for", &[]))
    };
    assert_eq!(standing(&[(20, Declined, Some(5)), (30, Open, None)]), (text("open"), Value::Unknown));
    assert_eq!(standing(&[(20, Declined, Some(5)), (30, Accepted, Some(4))]), (text("accepted"), length(days(4))));
    assert_eq!(standing(&[(20, Declined, Some(5)), (10, Accepted, Some(9))]), (text("declined"), length(days(5))));
    // Nobody wrote down when it ended: not before it was sent.
    assert_eq!(standing(&[(20, Expired, None)]), (text("expired"), Value::Unknown));
    assert_eq!(standing(&[(20, Expired, None), (40, Declined, Some(21))]), (text("expired"), Value::Unknown));
    assert_eq!(standing(&[(20, Expired, None), (40, Declined, Some(19))]), (text("declined"), length(days(19))));
    // A decision and a quote that are still to come.
    assert_eq!(standing(&[(20, Declined, Some(-1))]), (text("open"), Value::Unknown));
    assert_eq!(standing(&[(-1, Open, None)]), (Value::Unknown, Value::Unknown));
    // Decided, and nobody wrote down how.
    assert_eq!(standing(&[(20, Open, Some(3))]), (Value::Unknown, length(days(3))));
}

#[test]
fn a_quote_that_is_no_longer_valid_ran_out() {
    use QuoteStatus::{Accepted, Expired, Open};
    let asked = |status, decided: Option<i64>, valid: i64| {
        let (decided_at, valid_until) = (decided.map(|decided| ago(days(decided))), Some(ago(days(valid))));
        let quote = Quote { sent_at: ago(days(20)), status, amount: Some(5.0), decided_at, valid_until };
        let cx = about(Lead { quotes: vec![quote], ..lead_with(vec![]) });
        let (last, change) = (lead(&cx, "last_quote", &[]), cx.next_change());
        ([last, lead(&cx, "quote_closed_for", &[]), lead(&cx, "quote_valid_for", &[])], change)
    };
    let unknown = || Value::Unknown;
    assert_eq!(asked(Open, None, -3), ([text("open"), unknown(), length(days(3))], Some(now() + days(3))));
    assert_eq!(asked(Open, None, 3), ([text("expired"), length(days(3)), unknown()], None));
    assert_eq!(asked(Open, None, 0), ([text("expired"), length(days(0)), unknown()], None));
    // Taken after it had run out, and before.
    assert_eq!(asked(Accepted, Some(2), 3), ([text("accepted"), length(days(2)), unknown()], None));
    assert_eq!(asked(Accepted, Some(-1), 3).0, [text("expired"), length(days(3)), unknown()]);
    assert_eq!(asked(Accepted, Some(4), -3).0, [text("accepted"), length(days(4)), unknown()]);
    assert_eq!(asked(Expired, None, 3).0, [text("expired"), length(days(3)), unknown()]);
    assert_eq!(asked(Expired, None, -3).0, [text("expired"), unknown(), unknown()]);
    let cx = about(Lead {
        quotes: [Some(now() + days(5)), None, Some(now() + days(2))]
            .map(|valid_until| Quote {
                sent_at: ago(days(2)),
                status: Open,
                amount: None,
                decided_at: None,
                valid_until,
            })
            .to_vec(),
        ..lead_with(vec![])
    });
    assert_eq!(lead(&cx, "quote_valid_for", &[]), length(days(2)));
}

#[test]
fn planned_touches_are_those_still_to_come() {
    let planned = |channel, at, person: Option<&str>| PlannedTouch {
        at,
        channel,
        person: person.map(str::to_owned),
        rep: None,
        zone: None,
    };
    let mut one = lead_with(vec![]);
    one.people = vec![person("p1", &[])];
    one.planned = vec![
        planned(Channel::Phone, ago(hours(1)), None),
        planned(Channel::Phone, now() + hours(5), Some("p1")),
        planned(Channel::Email, now() + hours(9), None),
    ];
    let cx = about(one);
    assert_eq!(lead(&cx, "planned", &[]), whole(2));
    assert_eq!(lead(&cx, "planned", &[text("email")]), whole(1));
    assert_eq!(ask(&cx.for_person(Some(0)), Subject::Person, "planned", &[]), whole(1));
}

#[test]
fn a_stage_entered_hides_the_one_on_record() {
    let cx = about(Lead { stage: Some(Stage::Interest), stage_since: Some(ago(days(3))), ..lead_with(vec![]) });
    assert_eq!(lead(&cx, "stage", &[]), text("interest"));
    let moved = cx.with_stage(Stage::Lost, None);
    assert_eq!(lead(&moved, "stage", &[]), text("lost"));
    assert_eq!(lead(&moved, "stage_for", &[]), Value::Unknown);
    assert_eq!(lead(&moved, "open", &[]), Value::Truth(false));
    assert_eq!(lead(&cx, "stage", &[]), text("interest"));
}
