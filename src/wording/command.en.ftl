# What only the `cadans` command says, in English.

# Counts

leads = { $count } { $number -> [one] lead *[other] leads }
files = { $count } { $number -> [one] file *[other] files }
rule-files = { $count } { $number -> [one] rule file *[other] rule files }
errors = { $count } { $number -> [one] error *[other] errors }
warnings = { $count } { $number -> [one] warning *[other] warnings }
bytes = { $count } { $number -> [one] byte *[other] bytes }
notes = { $count } { $number -> [one] note *[other] notes }
examples = { $count } { $number -> [one] example *[other] examples }

# While work goes on

busy-reading = Reading { $what }
busy-deciding = Deciding
busy-advice = Writing the advice
busy-examples = Running { $examples }

# The queue

column-lead = lead
column-channel = channel
column-person = person
column-rep = by
column-window = window (their time)
column-rule = rule
column-reason = reason
column-left = lead, contact, their time
column-right = why (rule)
queue-touch = touch
queue-find = find
queue-hand-over = hand over
queue-wait = wait
queue-hold = hold
queue-the-role = the { $role }
queue-to-team = to { $team }
queue-by = by { $rep }
queue-automatic = a system
queue-bring = Bring: { $offer }
queue-ask = Ask: { $question }
queue-for-nobody = For nobody: { $count }, without an owner who is among the reps ({ $leads })
queue-late = { $window }, late by { $late }
queue-look-again = look again { $moment }
queue-first = the first { $most } of { $all } shown
queue-refused = { $count } refused
queue-all = --all shows the leads that wait or are on hold too
tally = { $leads }: { $parts }
tally-touch = { $count } to contact
tally-find = { $count } to find somebody for
tally-hand-over = { $count } to hand over
tally-hold = { $count } on hold
tally-wait = { $count } can wait

# Moments

today = today
tomorrow = tomorrow
window-now = now, until { $end }
window-same-day = { $start }–{ $end }
window-end = to { $end }

# The explanation of one advice

why-asked-for = asked for { $moment }
why-label-when = when
why-label-due = due
why-label-who = who
why-label-by = by
why-label-bring = bring
why-label-ask = ask
why-label-series = series
why-label-stage = stage
why-label-rule = rule
why-late = { $window }, late by { $late }
why-due = { $due }
why-due-since = { $due }, counted from { $since }
why-step = { $cadence }, step { $step }
why-stage-was = { $stage }, was { $was }
why-stage-because = { $stage }, was { $was }: { $because }
why-place = "{ $rule }", { $file } line { $line }
why-notes = Keep in mind
why-priority = Priority
why-runners-up = What else could be done
why-blocks = What may not be done now
why-near-misses = Rules that nearly hold
why-faults = Rules that could not be worked out
why-factor-p = chance of an answer
why-factor-c = weight of the moment
why-factor-v = value
why-factor-l = lever
why-behind = { $total } ({ $behind } less)
why-rule = rule { $place }
why-lifts-at = lifts { $moment }
why-lifts-never = law or consent: no rule or person can lift it
why-lifts-with-record = lifts when the record changes
why-gate-eligible = not allowed
why-gate-applicable = makes no sense now
why-gate-suitable = not in the customer's interest
why-gate-policy = contact policy
why-stops = stops { $rules }
why-stops-because = stops { $rules } because of { $place }
why-for-person = { $rule } for { $person }
why-contact = { $channel } to { $person }
why-yes = yes
why-no = no
why-until = Without news from the lead this holds until { $moment }
why-times = Times without a zone are in that of --now ({ $offset })
why-until-news = This holds until there is news from the lead

# Findings in rule files

finding-why = why
finding-help = to do
finding-also = also
finding-fixed = so
finding-at = at
findings-nothing-wrong = nothing wrong
findings-verbose = --verbose shows { $notes } too
packs-errors = { $errors } in the rule files
packs-left-out = what they stand in is left out
packs-law-waits = a law that cannot be read holds every contact that it may forbid
packs-see-check = to see the lines and what to do: cadans check, with the same files
packs-passed-over = passed over { $folder }, which is broken on purpose; name the folder itself to read it

# Examples

test-passed = passed
test-failed = FAILED
test-line = line
test-expected = expected
test-came = came
test-differs = differs
test-summary = { $passed } passed, { $failed } failed
test-none = There are no examples in these files
test-row = { $example }, row { $row }
test-row-named = { $example }, row { $row }: { $name }
test-holds = yes
test-holds-not = no
test-conditions = Conditions of "{ $rule }", { $held } of { $of }:
test-conditions-person = Conditions of "{ $rule }" for { $person }, { $held } of { $of }:
aspect-action = what
aspect-person = to whom
aspect-offer = offer
aspect-question = question
aspect-begins = begins
aspect-rule = by
aspect-reason = reason
aspect-since = since
aspect-due = due
aspect-blocked = blocked by
sarif-failed = An example does not come out as it says
sarif-not-covered = No example tries this
failure-no-example = there is no example "{ $name }" in these files
failure-no-example-help = cadans test without --example lists their names
failure-no-row = the example "{ $name }" has no row { $row }
failure-no-row-help = its last row is { $last }; the row of column names does not count
failure-no-rows-help = it has no rows: leave --row out
watch-waits = Waits for a rule file to change. Ctrl-C stops.
watch-changed = { $file } changed
coverage-side-always = false in no example
coverage-side-never = true in no example
coverage-side-not-reached = reached in no example
coverage-never-holds = can hold for no lead: mend it or take it out
coverage-failed = could be evaluated in no example
coverage-not-tried = tried by no example
coverage-never-held = holds in no example
coverage-always-held = holds in every example
coverage-policy-no-effect = in no example would the advice differ without it
coverage-policy-always = in no example is a touch advised that it leaves alone
coverage-step = step { $number } of { $what }
coverage-step-not-advised = advised in no example
coverage-all = All together
coverage-counts = statements { $statements }, sides { $sides }, together { $percent } %
coverage-of = { $covered } of { $of }
coverage-nothing = nothing to cover
coverage-no-examples = It has no examples
coverage-failed-examples = Not counted, because they failed: { $examples }
coverage-interpreted = Sides are not known where a condition runs interpreted: { $statements }
coverage-reached = That is at least the { $min } % of --min
coverage-not-reached = That is less than the { $min } % of --min
statements = { $count } { $count -> [one] statement *[other] statements }

# Leads

intake-refused-in = refused in { $file }
intake-refused-of = refused { $count } of { $leads } in { $file }
intake-note = note
intake-line = line { $line }
intake-file = file
intake-standard-input = standard input
import-done = { $leads } in { $file }

# When the command could not do its work

failure-error = error:
failure-to-do = to do:
failure-because = { $what }: { $why }
failure-no-code = there is no code { $code }
failure-no-code-help = codes stand in square brackets behind what is wrong, as [unknown-fact]
failure-read = cannot read { $file }
failure-write = cannot write { $file }
failure-not-found = there is no such file or folder
failure-not-found-help = check the spelling and the folder you are in
failure-not-allowed = you are not allowed to
failure-not-allowed-help = ask for access, or copy the file to a folder of yours
failure-no-file = it is a pipe or a device, and no file
failure-no-file-help = save the rules as a file and name that
failure-full = the disk is full
failure-full-help = free some space, or write to another disk; a file that was there before is unchanged
failure-out-is-input = { $file } is read and would be overwritten
failure-out-is-input-why = the output would take the place of one of the inputs
failure-out-is-input-help = give --out another name
failure-is-folder = it is a folder
failure-is-folder-help = name a file in it
failure-file-help = check that it is a file that can be opened
failure-too-large = { $file } is too large
failure-too-large-why = a file has at most { $most }
failure-too-large-help = split it into several files
failure-print = cannot print the answer
failure-print-help = check where the output goes: is the disk full?
failure-csv = cannot write CSV
failure-csv-help = try --format json
failure-no-leads = no leads in { $file } that can be read
failure-no-leads-import = no leads in { $files }
failure-above = what is wrong is told above
failure-no-leads-help = see the page on the lead format, or make a lead file with cadans import
failure-no-leads-import-help = check that the files are what cadans import --help says of this kind
failure-mapping = { $file } is no mapping
failure-mapping-help = mend these; the page on the lead format shows a mapping
failure-format = cannot tell what kind of lead file { $file } is
failure-format-why = it looks like neither JSON nor NDJSON
failure-format-help = for CSV add --mapping, with the mapping file that says which column is which field
failure-no-lead = no lead "{ $id }"
failure-no-lead-why = none of the { $leads } has this id
failure-no-lead-help = give an id as it stands in the lead file, such as { $id }
failure-no-lead-empty = the book is empty: all leads were refused
failure-no-rep = no rep "{ $name }"
failure-no-rep-why = none of the { $reps } reps has this id or name, or several have
failure-no-rep-help = give the id of a rep as it stands in the lead file, such as { $id }
failure-no-rep-empty = the lead file has no reps
failure-import-mapping = import { $kind } needs --mapping
failure-import-mapping-why = only you know what its columns mean
failure-import-mapping-help = write a mapping file; the page on the lead format shows how
failure-lead-file = cannot write the lead file
failure-no-rules = no rule files in { $places }
failure-no-rules-why = none of its files ends in .rhai
failure-no-rules-help = name a rule file, or a folder that holds some
failure-setting = --set: { $what }
failure-set = --set { $setting } does not say which value
failure-set-help = write name=value, such as hot_visits=3 or answer_within=4.hours
failure-text = a text could not be put together

# A simulation

busy-simulating = Simulating
simulate-title = A simulation
simulate-about = { $leads }, { $reps }, { $days } from { $start } in steps of { $step }; response model "{ $model }"; seeds: { $seeds }
simulate-rep-count = { $count } { $number -> [one] rep *[other] reps }
simulate-day-count = { $count } { $number -> [one] day *[other] days }
simulate-incidents = What should not happen
incident-promise-moved = promises that moved later by themselves
incident-behind-other-work = questions that stood behind other work of the same rep
incident-somebody-else = touches to somebody else while the one who asked could be reached
incident-other-channel = answers over another channel than that of the question, which was open
incident-unadvised = questions on hold or with nothing to do, without law, hours or zone as the reason
incident-same-rule = the same rule to the same person three times in two weeks
incident-same-offer = offers of what the person has already
incident-day-off = touches due on a day off of the rep
incident-after-conversation = touches within a working day of a real conversation
incident-away-or-gone = touches to somebody who was away or had left
simulate-questions = Questions of customers
simulate-forms = Forms
simulate-forms-in-hours = Forms that came in working hours, in working time
simulate-asked = asked
simulate-answered = answered, or tried
simulate-reached = reached
simulate-median = first answer, median
simulate-nine-in-ten = first answer, nine in ten
simulate-held = held by law, hours or zone
simulate-median-others = first answer to the others, median
simulate-nine-in-ten-others = first answer to the others, nine in ten
simulate-longest = forms that waited longest
simulate-work = Touches
simulate-touches = touches
simulate-by-channel = by { $channel }
simulate-automatic = sent by a system
simulate-appointments = appointments kept
simulate-tasks = people to find, leads to hand over
simulate-touched = leads touched
simulate-lead-median = touches per lead touched, median
simulate-lead-nine-in-ten = touches per lead touched, nine in ten
simulate-lead-most = touches per lead touched, the most
simulate-without-rep = leads with something due and no rep
simulate-declined = advice that reps declined
simulate-snoozed = advice that reps put off
simulate-reps = Reps, with their load
simulate-load = load
simulate-rep = { $rep }
simulate-stages = Leads by stage, start and end
simulate-blocked = Leads with something stopped, by policy
simulate-blocked-by = { $policy }, { $statement }
simulate-percent = { $number } %
simulate-minutes = { $number } min
simulate-hours = { $number } h
simulate-days = { $number } days
simulate-case-rep = by { $words }
simulate-case-rule = "{ $words }"
simulate-case-since = since { $words }
simulate-case-due = was due { $words }
simulate-case-other = beside { $words }
simulate-keep = The commands read the file that --keep FILE writes
simulate-chart = Touches a day
failure-model = { $file } is no response model
failure-model-help = cadans simulate --print-model prints one that is right, to be changed

# What differs between two sets of rules

diff-title = What changes in the rules
diff-same = Both say the same
diff-rewritten = Written in another way, with the same meaning: { $titles }
diff-used-by = used by { $users }
diff-broken-before = Before: { $file } has { $errors }; the first, in line { $line }: { $message }
diff-broken-after = After: { $file } has { $errors }; the first, in line { $line }: { $message }
diff-advice = { $count } of { $leads } get other advice at { $moment }
diff-before = before
diff-after = after
diff-lead = lead
diff-moved = { $lead } { $before } to { $after }
diff-same-rule = The same advice by another rule: { $leads } ({ $examples })
diff-same-priority = The same advice with another priority: { $leads } ({ $examples })
diff-same-place = The same advice in another place of the queue: { $leads } ({ $examples })
diff-same-review = The same advice until another moment: { $leads } ({ $examples })
busy-history = Reading the history
log-uncommitted = not committed yet
log-cut-off = This clone is shallow: what was done before its earliest commits is not here. git fetch --unshallow gets it
log-unread = { $file } has { $errors } in { $commit }; what of it can be read is told
log-gone = { $title } (gone)
log-none = No changes of rules or settings here
log-not-known = not in the history that is here
failure-history = the history cannot be read
failure-no-git = the program git was not found
failure-no-git-help = install git, or compare two folders: cadans diff OLD NEW
failure-no-repository = this is in no git repository
failure-no-repository-help = name files in a repository, or make one: git init, git add, git commit
failure-git-help = see whether git log works in that folder
failure-no-revision = there is no revision { $revision }
failure-no-revision-why = git knows no commit of that name here
failure-no-revision-help = name a branch, a tag or a commit: main, HEAD~1, v1.2; in a shallow clone it may be missing
failure-no-rules-then = there were none at { $revision }
failure-other-repository = { $path } is in another repository
failure-other-repository-why = the first path is in { $top }
failure-other-repository-help = ask for each repository by itself
failure-two-sides = two sets of rules are compared
failure-two-sides-why = { $count } were given
failure-two-sides-help = write cadans diff OLD NEW, each a file or folder, or cadans diff --from REV FILE
failure-blame = cannot blame { $file }
failure-blame-why = it is no rule file, settings file or rulebook.toml that is here
failure-blame-help = name one file that ends in .rhai or .settings.toml; cadans log has those that are gone too

# Layout

fmt-changed = laid out anew: { $file }
fmt-would-change = would be laid out anew: { $file }
fmt-summary = { $changed } laid out anew, { $same } as they were, { $refused } left alone
fmt-would-summary = { $changed } would be laid out anew, { $same } stay as they are, { $refused } left alone
fmt-syntax = { $file } was left as it is: mend these first
failure-stdin-beside-files = - stands for standard input, which has no files beside it
failure-not-utf8 = it is not UTF-8
failure-not-utf8-help = save it as UTF-8, and look whether its accents are right
failure-layout = internal error: { $file } was left as it is
failure-layout-why = its layout would not say what the file says
failure-layout-help = this is a bug of Cadans; report it with the file
propose-none = no lead was found for which rule "{ $rule }" of { $file } wins: write an example by hand
propose-all = Each rule has an example that makes it win
