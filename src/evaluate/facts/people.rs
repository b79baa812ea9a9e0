//! Facts as recorded: the fields of lead, person and account, and who is known in the buying group.
//!
//! What a person's record leaves open is taken from the lead, and what the lead's leaves open from the account. A time zone
//! is only taken over within the same country.

use crate::book::catalogue::{Fact, Subject};
use crate::book::failed_channels::{can_fail, failed_channels};
use crate::book::value::Value;
use crate::book::vocabulary::{LegalForm, Role, Stage, Stance};
use crate::book::{Lead, Person, Signal};
use crate::evaluate::facts::{FactContext, FactValue};
use crate::pack::fact_arguments::FactArguments;

impl FactContext {
    pub(crate) fn record_fact(&self, lead: &Lead, subject: Subject, fact: Fact, args: &FactArguments) -> FactValue {
        match subject {
            Subject::Lead => self.lead_fact(lead, fact, args),
            Subject::Account => self.account_fact(lead, fact),
            Subject::Person => match self.person() {
                Some(person) if fact == Fact::Has => self.has_channel(person, args),
                Some(person) => person_fact(lead, person, fact, args),
                None => FactValue::still(Value::Unknown),
            },
        }
    }

    fn lead_fact(&self, lead: &Lead, fact: Fact, args: &FactArguments) -> FactValue {
        let departures = self.departures();
        let people = lead.people.iter().enumerate();
        let there = people.clone().filter(|(nth, _)| departures.is_there(*nth, self.now()));
        let playing = |role: Role| there.clone().filter(move |(_, person)| person.roles.contains(&role));
        match fact {
            Fact::Id => FactValue::text(Some(&lead.id)),
            Fact::Name => FactValue::text(lead.name.as_deref().or(lead.account.name.as_deref())),
            Fact::Age => self.ago(lead.created_at),
            Fact::Source => FactValue::text(lead.source.as_deref()),
            Fact::Topic => FactValue::text(lead.topic.as_deref()),
            Fact::Country => FactValue::text(country_of(lead)),
            Fact::Zone => FactValue::text(zone_of(lead)),
            Fact::Language => FactValue::text(lead.language.as_deref()),
            Fact::LegalForm => FactValue::text(lead.account.legal_form.map(LegalForm::word)),
            Fact::Owner => FactValue::text(lead.owner.as_deref()),
            Fact::Worth => FactValue::still(lead.value),
            Fact::Churn => FactValue::still(lead.churn),
            Fact::People => {
                let number = args.role.map_or_else(|| there.clone().count(), |role| playing(role).count());
                FactValue::until(Value::Whole(number as i64), self.next_departure())
            }
            Fact::Knows => {
                let knows = args.role.is_some_and(|role| playing(role).next().is_some());
                FactValue::until(knows, self.next_departure())
            }
            Fact::RolesMissing => {
                let missing = words(Role::ALL.iter().filter(|role| playing(**role).next().is_none()));
                FactValue { until: self.next_departure(), ..missing }
            }
            Fact::Left => {
                let gone = |nth: usize| departures.gone_since(nth, self.now()).is_some();
                let mut of_role =
                    people.filter(|(_, person)| args.role.is_some_and(|role| person.roles.contains(&role)));
                FactValue::until(of_role.any(|(nth, _)| gone(nth)), self.next_departure())
            }
            _ => FactValue::still(Value::Unknown),
        }
    }

    /// Whether the chosen person, of whom this is the record, can be reached on a channel: there is an address for it, and it works.
    fn has_channel(&self, person: &Person, args: &FactArguments) -> FactValue {
        let Some(channel) = args.channel.filter(|channel| person.channels.contains(channel)) else {
            return FactValue::still(false);
        };
        let views = || self.log(Subject::Person).all().map(Signal::view);
        let fails = views().any(can_fail) && failed_channels(views()).has(channel);
        FactValue::until(!fails, self.next_signal(Subject::Person))
    }

    fn account_fact(&self, lead: &Lead, fact: Fact) -> FactValue {
        let account = &lead.account;
        match fact {
            Fact::Id => FactValue::text(Some(&account.id)),
            Fact::Name => FactValue::text(account.name.as_deref()),
            Fact::Country => FactValue::text(account.country.as_deref()),
            Fact::Region => FactValue::text(account.region.as_deref()),
            Fact::Zone => FactValue::text(account.zone.as_deref()),
            Fact::LegalForm => FactValue::text(account.legal_form.map(LegalForm::word)),
            Fact::Industry => FactValue::text(account.industry.as_deref()),
            Fact::Employees => FactValue::still(account.employees),
            // A lead whose recorded stage is customer makes its account a customer, also when it is not known since when.
            Fact::Customer => {
                let (since, coming) = self.split(account.customer_since);
                let mut leads = self.shared.leads_of_account(lead);
                let won = since.is_some() || leads.any(|lead| lead.stage == Some(Stage::Customer));
                FactValue::until(won, coming)
            }
            Fact::CustomerFor => self.ago(account.customer_since),
            Fact::Leads => FactValue::still(Value::Whole(self.shared.leads_of_account(lead).count() as i64)),
            _ => FactValue::still(Value::Unknown),
        }
    }
}

fn person_fact(lead: &Lead, person: &Person, fact: Fact, args: &FactArguments) -> FactValue {
    match fact {
        Fact::Id => FactValue::text(Some(&person.id)),
        Fact::Name => FactValue::text(person.name.as_deref()),
        Fact::Country => FactValue::text(person.country.as_deref().or_else(|| country_of(lead))),
        Fact::Zone => {
            let elsewhere = person.country.is_some() && person.country.as_deref() != country_of(lead);
            let borrowed = if elsewhere { None } else { zone_of(lead) };
            FactValue::text(person.zone.as_deref().or(borrowed))
        }
        Fact::Language => FactValue::text(person.language.as_deref().or(lead.language.as_deref())),
        Fact::Title => FactValue::text(person.title.as_deref()),
        Fact::Role => FactValue::text(person.roles.first().map(|role| role.word())),
        Fact::Roles => words(person.roles.iter()),
        Fact::IsA => FactValue::still(args.role.is_some_and(|role| person.roles.contains(&role))),
        Fact::LegalForm => FactValue::text(person.legal_form.or(lead.account.legal_form).map(LegalForm::word)),
        Fact::Influence => FactValue::still(person.influence),
        Fact::Stance => FactValue::text(person.stance.map(Stance::word)),
        _ => FactValue::still(Value::Unknown),
    }
}

fn country_of(lead: &Lead) -> Option<&str> {
    lead.country.as_deref().or(lead.account.country.as_deref())
}

/// The lead's zone, else the account's where both are in the same country.
fn zone_of(lead: &Lead) -> Option<&str> {
    let elsewhere = lead.country.is_some() && lead.account.country.is_some() && lead.country != lead.account.country;
    lead.zone.as_deref().or(if elsewhere { None } else { lead.account.zone.as_deref() })
}

fn words<'a>(roles: impl Iterator<Item = &'a Role>) -> FactValue {
    FactValue::still(Value::List(roles.map(|role| Value::text(role.word())).collect()))
}
