//! Finds loops that nothing ends: `loop { ... }` and `while true { ... }` without a `break`, `return` or `throw` of their own.

use rhai::{ASTFlags, ASTNode, Position, Stmt};

/// Where a loop begins that nothing ends; `None` for any other statement.
pub(super) fn endless(statement: &Stmt) -> Option<Position> {
    let (flow, goes_on, position) = match statement {
        Stmt::While(flow, position) => (flow, true, position),
        // The flag tells `until` from `while`.
        Stmt::Do(flow, flags, position) => (flow, !flags.intersects(ASTFlags::NEGATED), position),
        _ => return None,
    };
    let condition = flow.expr.get_literal_value(None)?;
    // `loop` has no condition.
    let endless = condition.as_bool().map_or_else(|_| condition.is_unit(), |truth| truth == goes_on);
    (endless && !is_left(statement)).then_some(*position)
}

/// Whether something in a loop leaves it: a `return` or `throw` anywhere, a `break` that is not of a loop within it.
fn is_left(statement: &Stmt) -> bool {
    let mut left = false;
    statement.walk(&mut Vec::new(), &mut |path| {
        let is_loop = |node: &&ASTNode| matches!(node, ASTNode::Stmt(Stmt::While(..) | Stmt::Do(..) | Stmt::For(..)));
        match path.last() {
            Some(ASTNode::Stmt(Stmt::Return(..))) => left = true,
            Some(ASTNode::Stmt(Stmt::BreakLoop(_, flags, _))) if flags.intersects(ASTFlags::BREAK) => {
                left |= path.iter().filter(is_loop).count() == 1;
            }
            _ => {}
        }
        !left
    });
    left
}
