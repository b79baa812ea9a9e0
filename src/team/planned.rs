//! The plan of a team: that of its leads, in which each member has the share of the day that they want planned.

use std::collections::BTreeMap;

use crate::plan::{Plan, PlanSettings, plan};
use crate::team::TeamView;
use crate::wording::Language;

impl TeamView<'_> {
    /// The plan for some days from now on. What `settings` say of a rep counts before what the team file says.
    pub fn plan(&self, settings: &PlanSettings, language: Language) -> Plan {
        let wanted = self.file.members.iter().filter_map(|member| Some((member.rep.clone(), member.planned?)));
        let mut shares: BTreeMap<String, f64> = wanted.collect();
        shares.extend(settings.shares.clone());
        plan(self.rulebook, self.book, self.now, &PlanSettings { shares, ..settings.clone() }, language)
    }
}
