//! Counts the operations of a program that Rhai's interpreter runs, and stops it at its limit.
//!
//! A step of Rhai's interpreter is one operation. Work that takes longer the longer a text, list or map is, costs more than a step: reading a
//! variable that holds one (Rhai copies it, or the operator around it compares or joins it), a function of ours that searches or builds one,
//! and a fact that goes through the signals. A step of a program with very long literals costs more too, because Rhai builds a literal list
//! in one step.
//!
//! In: the limit of the run. Out: the result, and how many operations were spent. The counter is kept per thread while a program runs, like
//! the [facts](super::current_facts). Invariant: what is spent depends on the program and the lead alone, not on what ran before.

use std::cell::Cell;

use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, Map, Position};

use crate::language::scan::{TokenKind, scan};
use crate::pack::operations::{items_cost, text_cost};

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(Meter { limit: u64::MAX, step: 1, steps: 0, extra: 0 }) };
}

/// The count of the program that runs on this thread.
#[derive(Clone, Copy)]
struct Meter {
    /// At how many operations the program is stopped.
    limit: u64,
    /// How many operations a step of the interpreter costs.
    step: u64,
    /// The steps so far.
    steps: u64,
    /// The operations beside those of the steps.
    extra: u64,
}

impl Meter {
    fn spent(self) -> u64 {
        self.steps.saturating_mul(self.step).saturating_add(self.extra)
    }
}

/// Puts back the meter of the program around, also when the program panics.
struct Restore(Meter);

impl Drop for Restore {
    fn drop(&mut self) {
        METER.set(self.0);
    }
}

/// Runs `work` within `limit` operations, of which a step costs `step`. Returns its result and how many operations it took.
pub(super) fn metered<T>(limit: u64, step: u64, work: impl FnOnce() -> T) -> (T, u64) {
    let _restore = Restore(METER.replace(Meter { limit, step, steps: 0, extra: 0 }));
    let result = work();
    (result, METER.get().spent())
}

/// Adds operations to those of the program that runs.
///
/// # Errors
/// When its limit is exceeded.
pub(super) fn spend(operations: u64) -> Result<(), Box<EvalAltResult>> {
    let mut meter = METER.get();
    meter.extra = meter.extra.saturating_add(operations);
    METER.set(meter);
    if meter.spent() > meter.limit {
        return Err(Box::new(EvalAltResult::ErrorTooManyOperations(Position::NONE)));
    }
    Ok(())
}

/// Makes an engine count: each step, and each reading of a variable by the length of its value.
pub(super) fn count_operations(engine: &mut Engine) {
    engine.set_max_operations(0);
    engine.on_progress(|steps| {
        let mut meter = METER.get();
        meter.steps = steps;
        METER.set(meter);
        (meter.spent() > meter.limit).then_some(Dynamic::UNIT)
    });
    #[allow(deprecated, reason = "Rhai marks it so to say that it may change; the version is pinned")]
    engine.on_var(|name, _, context| {
        // The innermost variable with this name is the one that is read.
        let cost = context.scope().get(name).map_or(0, value_cost);
        if cost > 0 {
            spend(cost)?;
        }
        Ok(None)
    });
}

/// What copying, comparing or joining this value costs; 0 for a value without a length.
pub(super) fn value_cost(value: &Dynamic) -> u64 {
    if let Ok(list) = value.as_array_ref() {
        return items_cost(list.len()) + list.iter().map(part_cost).sum::<u64>();
    }
    if let Ok(map) = value.as_map_ref() {
        return map_cost(&map);
    }
    value.as_immutable_string_ref().map_or(0, |text| text_cost(text.len()))
}

/// What a value in a list or map costs beside its place in it. A short text is shared when it is copied.
fn part_cost(value: &Dynamic) -> u64 {
    if value.is_array() || value.is_map() {
        // However short it is: lists within lists grow without any of them being long.
        return 1 + value_cost(value);
    }
    value.read_lock::<ImmutableString>().map_or(0, |text| text_cost(text.len()) - 1)
}

fn map_cost(map: &Map) -> u64 {
    // A map copies its keys, and searches them.
    items_cost(map.len() * 4) + map.values().map(part_cost).sum::<u64>()
}

/// Bytes of the longest text literal, and items of the longest literal list or `switch`, for which a step costs an operation more.
const LITERAL_BYTES: usize = 512;
const LITERAL_ITEMS: usize = 64;

/// How many operations a step costs in a program of this text: 1 but for very long literals.
pub(super) fn step_cost(text: &str) -> u64 {
    let (tokens, _) = scan(text);
    let (mut bytes, mut items) = (0, 0);
    // The number of commas in each bracket that is open.
    let mut open: Vec<usize> = Vec::new();
    for token in &tokens {
        match token.kind {
            TokenKind::Text | TokenKind::RawText | TokenKind::Template => {
                bytes = bytes.max(token.end.saturating_sub(token.start));
            }
            TokenKind::Open(_) => open.push(0),
            TokenKind::Comma => {
                if let Some(commas) = open.last_mut() {
                    *commas += 1;
                    items = items.max(*commas);
                }
            }
            TokenKind::Close(_) => _ = open.pop(),
            _ => {}
        }
    }
    let more = bytes / LITERAL_BYTES + items / LITERAL_ITEMS;
    u64::try_from(more).unwrap_or(u64::MAX).saturating_add(1)
}
