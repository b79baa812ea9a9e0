# What the functions for authors of rules say, in English.

# What a statement does (src/pack/form_descriptions.rs): "rule" ...

statement-pack = gives the pack its name, version, language, author and period
statement-fact = declares a fact of your own, which leads have as a field
statement-setting = names a value that a manager can change without changing a rule
statement-enter = moves a lead to a stage
statement-rule = proposes touches for the leads for which it holds
statement-never = forbids a channel
statement-limit = allows at most so many touches in any period of a length
statement-reachable = allows a channel only in these hours of the person's own time
statement-holidays = adds days to the public holidays of a country
statement-pause = forbids a channel for a while after the last signal on it
statement-cadence = proposes a series of touches, one after the other
statement-example = says what must be advised for a lead; `cadans test` runs it
statement-goal = says what the team wants to reach, and by when; nothing acts on it yet
statement-effort = says how long a touch takes a rep; nothing acts on it yet
statement-budget = says how many touches the team can spare; nothing acts on it yet
statement-const = names a value
statement-fn = defines a helper function

# What a part of the head of a statement is

head-quoted-name = a name between quotes
head-stage = a stage between quotes
head-identifier = a name without quotes
head-assignment = = and a value, computed once
head-optional-map = a map, which may be left out
head-channel = a channel, or any
head-count = a whole number, or a setting
head-length = a length of time, as 2.days
head-opening-hours = opening hours between quotes, as "Mo-Fr 09:00-17:30"
head-country = the code of a country between quotes
head-dates = a list of dates between quotes
head-parameters = the names of its parameters between parentheses
head-body = what it gives, between braces

# What a clause says

clause-as = the type of the fact
clause-range = the lowest and the highest value that it may have
clause-id = by what the rule is known in the records of what was done, also under another name
clause-formerly = the names that the rule had before
clause-when = the condition under which it holds
clause-unless = the condition under which it does not hold all the same
clause-then = the touch or touches that are proposed
clause-because = the reason, as the sales person reads it
clause-because-text = what it is for, or where it comes from
clause-per = the length of the period in which touches are counted
clause-per-budget = the length of the period for which the budget is
clause-across = whose touches are counted together
clause-across-cadence = whose steps are counted together
clause-across-budget = whose touches are counted together: those of the team, or of each rep
clause-steps = the touches, in order
clause-until = the condition under which the series stops
clause-until-goal = the last day that counts
clause-again-after = how long after the last step the series may begin anew
clause-given = the lead, its people and its signals
clause-expect = what must be advised
clause-measure = what is measured: what came of the work
clause-target = what the measure should come to
clause-for = the team or rep whose goal it is
clause-agreed-by = who agreed on it

# What a clause holds

content-condition = true or false
content-touches = a touch, or a list of touches
content-steps = a list of touches
content-expected = a touch, wait or hold
content-sentence = a sentence
content-given = a map with the fields of a lead
content-text = a text
content-names = a text, or a list of texts
content-type = truth, number, text or time
content-integer-range = a range of whole numbers, as 1..=10
content-length = a length of time, as 7.days
content-scope = a word between quotes
content-measure = a measure, without quotes
content-number = a number above 0
content-date = a day between quotes, as "2027-03-31"

# Analyses: what is certain about rules without a lead, and what cannot be told.
analysed-rule = rule "{ $name }"
analysed-cadence = cadence "{ $name }"
analysed-enter = enter "{ $stage }"
analysed-never = never { $channel }
analysed-limit = limit { $channel } { $most } per { $per }
analysed-reachable = reachable { $channel }
analysed-pause = pause { $channel }
cannot-tell = cannot tell { $question }
    .why = { $reason }
cannot-tell-interpreted = a part of the condition runs interpreted, so that it is not known what it needs
cannot-tell-too-many = the condition has more cases than are looked at
cannot-tell-propensity = over another channel, or with a factor of its own, it depends on what each person answers
cannot-tell-closed = whoever is a customer, or said no, may be left to others
cannot-tell-country = the limit is for people in some countries only
cannot-tell-person = the steps may go to several people, and the limit counts each apart
cannot-tell-side-by-side = the limit stands in another pack, and it is not known whether both are used together
never-holds = no lead can meet the condition of { $statement }
    .why = its tests exclude each other, or its exception applies wherever it would hold
    .help = leave out the test that is wrong, or write "or" between tests that are alternatives
never-holds-question = whether any lead can meet the condition of { $statement }
related-excludes = excludes it
always-holds = every lead meets the condition of { $statement }
    .why = it is true whatever is known of a lead, so that it says nothing
    .help = write "and" between things that must all be so, or leave the condition out where a statement can do without
always-holds-question = whether every lead meets the condition of { $statement }
duplicate = { $statement } says what { $first } says
    .why = both hold for the same leads and do the same, so that this one adds nothing
    .help = leave one of the two out, or write what differs
duplicate-question = whether { $statement } holds for the same leads as { $first }
related-same = says the same
shadowed = { $first } always goes before { $statement }
    .why = it holds wherever this one does, over the same channel and with a higher priority, or the same and earlier in the file
    .help = give the special case the higher .weight, or leave it out of the general one with "unless"
shadowed-by-wait = { $first } always stops { $statement }
    .why = it holds wherever this one does and says wait, so that nothing of it is ever advised
    .help = leave the case out of the rule that waits with "unless"
shadowed-question = whether { $first } always goes before { $statement }
related-goes-first = goes first
always-forbidden = all that { $statement } proposes is always forbidden
    .why = forbidden by { $policies }, wherever it holds
    .help = propose another channel, or change one of the two
always-forbidden-question = whether all that { $statement } proposes is always forbidden
related-forbids = forbids it
stage-without-rule = no rule can hold in the stage "{ $stage }"
    .why = a lead that gets there falls silent
    .help = write a rule or cadence for this stage, or do not move leads there
stage-without-rule-question = whether a rule is missing for the stage "{ $stage }"
cap-breaks-cadence = step { $step } of { $cadence } always comes later than written
    .why = { $number } touches within { $within } are more than { $limit } allows
    .help = put the steps further apart, or over other channels
cap-breaks-cadence-question = whether { $limit } always breaks { $cadence }
related-cap = allows fewer
promise-never-kept = no moment is open for what { $statement } promises
    .why = { $policies } and the times of the touch leave nothing
    .help = choose times that are reachable, or another channel
promise-never-kept-after = what { $statement } promises may begin only when the promise is over
    .why = .after counts from now, and the promise at the latest from now too
    .help = make .within longer than .after
promise-never-kept-held = { $policies } always holds back what { $statement } promises
    .why = wherever the rule holds, the last contact was too short a time ago for another one within the promise
    .help = promise a longer time, or another channel
promise-never-kept-question = whether the promise of { $statement } can ever be kept
related-keeps-back = stands in the way

# What differs between two versions of packs

compare-became = { $before } became { $after }
compare-of-became = { $subject }: { $before } became { $after }
compare-moved = { $subject } { $before } to { $after }
compare-name = name { $before } became { $after }
compare-pack = moved from pack "{ $before }" to "{ $after }"
compare-what = { $subject } { $value }
compare-added = { $what } added
compare-gone = { $what } gone
compare-asks = { $clause } also asks { $what }
compare-asks-not = { $clause } no longer asks { $what }
compare-way-added = { $clause } is also met by { $what }
compare-way-gone = { $clause } is no longer met by { $what }
compare-in-step = touch { $number }: { $what }
compare-step-added = touch { $number } added: { $what }
compare-step-gone = touch { $number } gone: { $what }
compare-is-added = added
compare-is-removed = removed
compare-order-before = { $title } now comes before { $others }: where they hold and are equally urgent, the first is advised
compare-order-after = { $title } now comes after { $others }: where they hold and are equally urgent, the first is advised
compare-order-enter-before = { $title } now comes before { $others }: of several that hold the last counts
compare-order-enter-after = { $title } now comes after { $others }: of several that hold the last counts
compare-more = { $count } more
compare-title-words = { $title } ({ $words })
compare-do-touch = a touch
compare-do-find = find somebody
compare-do-hand-over = hand over
compare-do-wait = wait
compare-do-hold = hold
compare-other-action = { $before } to { $after }
compare-other-person = another person
compare-other-rep = another rep
compare-other-due = due at another moment
compare-other-window = at another time
compare-other-content = other content
compare-by = by { $what }
compare-brings = brings { $what }
compare-asks-them = asks "{ $what }"
compare-due = due { $what }
compare-says = rule "{ $rule }"
compare-no-review = at the next signal
compare-why = { $why }: { $what }
compare-why-rule-added = rule added
compare-why-rule-removed = rule removed
compare-why-rule-changed = rule changed
compare-why-setting = setting moved
compare-why-policy = policy changed
compare-why-stage = stage statement changed
compare-why-helper = helper changed
compare-why-header = pack statement changed
compare-why-pack-added = pack added
compare-why-pack-removed = pack removed
compare-why-order = order changed
compare-why-statement = statement changed
compare-why-several = several changes together
compare-cannot-tell = which of them cannot be told
compare-pack-order = the packs stand in another order
compare-cut-off = was there before the earliest commit that is here
