//! Facts as recorded: the fields of lead, person and account, and who is known in the buying group.
//!
//! What a person's record leaves open is taken from the lead, and what the lead's leaves open from the account. A time zone
//! is only taken over within the same country.

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{LegalForm, Role, Stage, Stance};
use crate::book::{Lead, Person};
use crate::evaluate::facts::arguments::Arguments;
use crate::evaluate::facts::{FactContext, Seen};

impl FactContext {
    pub(crate) fn record_fact(&self, lead: &Lead, subject: Subject, fact: Fact, args: &Arguments<'_>) -> Seen {
        match subject {
            Subject::Lead => self.lead_fact(lead, fact, args),
            Subject::Account => self.account_fact(lead, fact),
            Subject::Person => match self.person() {
                Some(person) => person_fact(lead, person, fact, args),
                None => Seen::still(Value::Unknown),
            },
        }
    }

    fn lead_fact(&self, lead: &Lead, fact: Fact, args: &Arguments<'_>) -> Seen {
        let playing = |role: Role| lead.people.iter().filter(move |person| person.roles.contains(&role));
        match fact {
            Fact::Id => Seen::text(Some(&lead.id)),
            Fact::Name => Seen::text(lead.name.as_deref().or(lead.account.name.as_deref())),
            Fact::Age => self.ago(lead.created_at),
            Fact::Source => Seen::text(lead.source.as_deref()),
            Fact::Topic => Seen::text(lead.topic.as_deref()),
            Fact::Country => Seen::text(country_of(lead)),
            Fact::Zone => Seen::text(zone_of(lead)),
            Fact::Language => Seen::text(lead.language.as_deref()),
            Fact::LegalForm => Seen::text(lead.account.legal_form.map(LegalForm::word)),
            Fact::Owner => Seen::text(lead.owner.as_deref()),
            Fact::Worth => Seen::still(lead.value),
            Fact::Churn => Seen::still(lead.churn),
            Fact::People => {
                let number = args.role.map_or(lead.people.len(), |role| playing(role).count());
                Seen::still(Value::Whole(number as i64))
            }
            Fact::Knows => Seen::still(args.role.is_some_and(|role| playing(role).next().is_some())),
            Fact::RolesMissing => words(Role::ALL.iter().filter(|role| playing(**role).next().is_none())),
            _ => Seen::still(Value::Unknown),
        }
    }

    fn account_fact(&self, lead: &Lead, fact: Fact) -> Seen {
        let account = &lead.account;
        match fact {
            Fact::Id => Seen::text(Some(&account.id)),
            Fact::Name => Seen::text(account.name.as_deref()),
            Fact::Country => Seen::text(account.country.as_deref()),
            Fact::Region => Seen::text(account.region.as_deref()),
            Fact::Zone => Seen::text(account.zone.as_deref()),
            Fact::LegalForm => Seen::text(account.legal_form.map(LegalForm::word)),
            Fact::Industry => Seen::text(account.industry.as_deref()),
            Fact::Employees => Seen::still(account.employees),
            // A lead on record as won makes its account a customer, also when nobody wrote down since when.
            Fact::Customer => {
                let (since, coming) = self.split(account.customer_since);
                let mut leads = self.shared.leads_of_account(lead);
                let won = since.is_some() || leads.any(|lead| lead.stage == Some(Stage::Customer));
                Seen::until(won, coming)
            }
            Fact::CustomerFor => self.ago(account.customer_since),
            Fact::Leads => Seen::still(Value::Whole(self.shared.leads_of_account(lead).count() as i64)),
            _ => Seen::still(Value::Unknown),
        }
    }
}

fn person_fact(lead: &Lead, person: &Person, fact: Fact, args: &Arguments<'_>) -> Seen {
    match fact {
        Fact::Id => Seen::text(Some(&person.id)),
        Fact::Name => Seen::text(person.name.as_deref()),
        Fact::Country => Seen::text(person.country.as_deref().or_else(|| country_of(lead))),
        Fact::Zone => {
            let elsewhere = person.country.is_some() && person.country.as_deref() != country_of(lead);
            let borrowed = if elsewhere { None } else { zone_of(lead) };
            Seen::text(person.zone.as_deref().or(borrowed))
        }
        Fact::Language => Seen::text(person.language.as_deref().or(lead.language.as_deref())),
        Fact::Title => Seen::text(person.title.as_deref()),
        Fact::Role => Seen::text(person.roles.first().map(|role| role.word())),
        Fact::Roles => words(person.roles.iter()),
        Fact::IsA => Seen::still(args.role.is_some_and(|role| person.roles.contains(&role))),
        Fact::LegalForm => Seen::text(person.legal_form.or(lead.account.legal_form).map(LegalForm::word)),
        Fact::Influence => Seen::still(person.influence),
        Fact::Stance => Seen::text(person.stance.map(Stance::word)),
        Fact::Has => Seen::still(args.channel.is_some_and(|channel| person.channels.contains(&channel))),
        _ => Seen::still(Value::Unknown),
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

fn words<'a>(roles: impl Iterator<Item = &'a Role>) -> Seen {
    Seen::still(Value::List(roles.map(|role| Value::text(role.word())).collect()))
}
