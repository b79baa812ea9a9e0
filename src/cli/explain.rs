//! `cadans explain`: the explanation of the advice for one lead.

use clap::Args;

use super::decide::over_budget;
use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::packs::{self, RuleArgs};
use super::screen::{ReportFormat, Screen};
use super::why;
use cadans::decide::{Budget, Decider};

const EXAMPLES: &str = "\
Examples:
  cadans explain L-042 --rules rules/inside-sales.rhai rules/contact-policy \\
      --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

The explanation has what is advised and why; what the priority is made of;
what else could be done and what it lost by; what may not be done now and when
that changes; which rules nearly hold, condition by condition; and until when
the answer stands.";

/// Why this advice for one lead, why not another, and until when it holds
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
#[command(override_usage = "cadans explain <LEAD> --rules <DIR|FILE>... --leads <FILE> --now <TIME> [OPTIONS]")]
pub struct ExplainArgs {
    /// Id of the lead
    #[arg(value_name = "LEAD")]
    lead: String,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    leads: LeadArgs,
    /// The moment to decide for, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME")]
    now: Now,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// The most operations that explaining may take in all; a run that needs more gives no answer. A step of an interpreted
    /// rule is one operation
    #[arg(long, value_name = "N")]
    budget: Option<u64>,
}

/// Explains and prints.
///
/// # Errors
/// Files that cannot be read, a lead or settings that do not exist, a budget that does not suffice.
pub fn run(args: &ExplainArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let (rulebook, packs_exit) = packs::rulebook(&args.rules, screen)?;
    packs::tell_ended(&rulebook, args.now.at, screen);
    let intake = leads::read(&args.leads, screen)?;
    let index = leads::index(&intake.book, &args.lead)?;
    let budget = args.budget.map_or_else(Budget::default, Budget::of);
    let decider = Decider::new(&rulebook, &intake.book, args.now.at).in_language(screen.language).within(budget);
    let explanation = decider.explain_within(index).map_err(over_budget)?;
    match args.format {
        ReportFormat::Text => {
            screen.print(&why::text(&explanation, &intake.book, &args.now, screen.language, screen.width))?;
        }
        ReportFormat::Json => screen.print_json(&explanation)?,
    }
    Ok(packs_exit.and(leads::exit(args.leads.strict, &intake)))
}
