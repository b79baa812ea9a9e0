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
