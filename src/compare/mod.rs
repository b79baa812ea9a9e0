//! What differs between two versions of packs: by statement and clause, and in the advice that they give.
//!
//! [`compare`] reads both texts as statements (`outline`, of `tokens` and `expression`), finds which belong together (`matching`), leaves out
//! what makes no difference (layout, comments, spelling, order that decides nothing: `order`; another way to write the same: `meaning`), and puts
//! the rest into words (`describe`).
//!
//! [`compare_advice`] decides all leads with both, and finds for each lead with other advice which part of the change made it so (`attribution`, with
//! texts of `variants` decided by a `side`).
//!
//! [`History`] follows statements through revisions of files, of which the command reads those of a repository.
//!
//! Invariant: everything here is a function of its arguments. No file is read and no program is run; the command does that.

mod advice;
mod attribution;
mod changes;
mod common_items;
mod describe;
mod expression;
mod history;
mod keys;
mod layered;
mod matching;
mod meaning;
mod order;
mod outline;
mod side;
mod tokens;
mod told;
mod variants;

pub use advice::{
    AdviceChanges, AdviceDifference, AdviceExample, CauseGroup, KindGroup, SameAdvice, SideGroup, compare_advice,
};
pub use attribution::WhyChanged;
pub use changes::{BrokenFile, ChangeKind, Changes, StatementChange, compare};
pub use describe::Detail;
pub use history::{
    BlameLine, Commit, History, HistoryChange, HistoryEntry, Revision, StatementHistory, UnreadRevision, blame,
};
pub use keys::{FileKeyChanges, KeyChange};
pub use layered::Version;
pub use order::OrderChange;
pub(crate) use outline::{Outline, OutlineStatement};
pub use told::{ToldBroken, ToldChanges, ToldDetail, ToldKey, ToldOrder, ToldPlace, ToldStatement, told_statement};
