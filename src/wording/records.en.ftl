# Why leads, reps, content and columns are refused, in English. The sentences follow the path of a field: "people[0].zone: is missing".

record-at = { $place }: { $reason }
record-on-line = line { $line }
record-of-lead = lead { $lead }

# The file

record-file-utf16 = the file is in UTF-16; save it as UTF-8
record-file-utf32 = the file is in UTF-32; save it as UTF-8
record-file-empty = the file is empty
record-file-too-large = the file has { $size } bytes; at most { $most } are taken, so split it
record-file-cut-off = the file has more than { $most } bytes; what follows is left out, so split it
record-file-not-json = the file is not JSON: it starts with "{ $written }", not with { "{" } or [
record-too-many-leads = the file has more than { $most } leads; split it
record-too-many-reps = the file has more than { $most } reps; leave out those who left
record-too-many-contents = the file has more than { $most } pieces of content; leave out what no rule offers
record-too-many-fields = with these the file has more than { $most } different fields; leave out those that no rule reads
record-more-problems = { $count } more { $count -> [one] problem is *[other] problems are } not listed; mend these first
record-after-list = something stands after the ] of this list
record-after-object = something stands after the end of the object; for one lead a line use NDJSON
record-no-brace = the file ends too early: the last { "}" } is missing
record-no-bracket = the file ends too early: the ] of this list is missing
record-no-member = "{ $written }" is not a "name": value
record-part-twice = is given twice; the first is kept
record-part-unknown = is not a part of a lead file; a lead file has leads, reps and content
record-part-meant = is not a part of a lead file; did you mean "{ $meant }"?

# The text of a record

record-line = a line must hold one object { "{...}" }, and starts with "{ $written }"
record-after-record = something stands after the { "}" } of the record; write one record a line
record-cut = the file ends in the middle of this record
record-two-commas = is empty: two commas follow each other
record-too-deep = has brackets within brackets { $depth } deep; at most { $most } are taken
record-not-utf8 = holds bytes that are not UTF-8 (on its line { $line }); save the file as UTF-8
record-ends-early = the record ends too early: a bracket or a quote is not closed
record-no-number = { $written } is not a number in JSON; leave the field out when it is not known{ $place }
record-number-too-large = { $written } is a number too large for any computer; check the digits{ $place }
record-not-json = is not valid JSON near "{ $near }"{ $place }
record-on-its-line = { " " }(line { $line } of the record)

# Types of fields

record-misfit = must be { $must }, and is { $found }
record-the-number = the number { $number }
record-the-text = the text "{ $text }"
an-object = an object
true-or-false = true or false
a-whole-number = a whole number, written without a decimal point
a-field-value = true or false, a number or a text
record-field-unknown = is not a field of the lead format; known here: { $known }
record-field-meant = is not a field of the lead format; did you mean "{ $meant }"? The team's own facts go under "fields"
record-word-unknown = "{ $written }" is not one of { $known }
record-word-meant = "{ $written }" is not one of { $known }; did you mean "{ $meant }"?
record-missing = is missing
record-no-value = has no value
record-twice = is given twice
record-long-name = is a field name of { $size } bytes; at most { $most } are taken
record-long-text = is a text of { $size } bytes; at most { $most } are taken
record-empty-text = is an empty text; leave the field out when it is not known

# Values of fields

record-outside = must lie between { $low } and { $high }, and is { $found }
record-beyond = { $found } is beyond any real amount; check the digits
record-negative = must be 0 or more, and is { $found }
record-language = "{ $written }" is not a language; write two letters, as nl or en
record-too-many-entries = has { $count } entries; at most { $most } are taken
record-same-id = an earlier lead has this id; the first is kept, with what people refuse in either
record-rep-twice = "{ $id }" is the id of an earlier rep too
record-content-twice = "{ $id }" is the id of earlier content too
record-person-twice = "{ $id }" is the id of an earlier person too
record-alias-twice = "{ $id }" is an id of an earlier person too
record-human-twice = "{ $human }" is the human of an earlier person too; give them once, with aliases
record-person-unknown = "{ $id }" is not among the people of this lead; somebody who left stays among them, with left_at
record-person-meant = "{ $id }" is not among the people of this lead; did you mean "{ $meant }"?
record-other-account = is "{ $own }", and beside the record the account is "{ $given }"; give the same one twice, or leave one out
record-human-too-large = "{ $id }" links { $leads } leads of several accounts; at most { $most } are decided together, so check that it stands for one human
record-account-too-large = { $most } leads of this account, or of those that people link to it, came before; a group that large is no account, so give each its own id
record-step = steps count from 1
record-acknowledges = only a touch of ours acknowledges; give it the direction "outbound", or leave this out
record-before-given = lies before given_at
record-before-sent = lies before sent_at
record-until-from = must lie after from
record-until-at = must lie after at
record-until-not-snoozed = goes with the verdict "snoozed" only
record-until-missing = is missing; say until when it is put off

# Remarks

record-rep-unknown-once = the rep "{ $id }" is named once and is not among the reps of this file
record-rep-unknown = the rep "{ $id }" is named { $times } times and is not among the reps of this file
record-backup-unknown = the backup "{ $id }" is not among the reps of this file

# Columns of a table

table-values = has { $count } values; it must have { $needed }
table-marks = has { $count } marks in known; it must have { $needed }
table-of-numbers = must be numbers
table-of-bytes = must be bytes
table-of-codes = must be codes and words
table-word = has the word "{ $word }" at { $place }, which { $why }
table-text = is "{ $text }", which { $why }
table-empty-text = is empty; mark the row as not known
table-long-text = has { $size } bytes; at most { $most } are taken
table-spelled = must be written { $spelling }
table-language = is not a language; write two letters, as nl or en
table-no-word = is not a word of the lead format for this
table-starts = has { $count } values; it must have { $needed }, one more than leads
table-first-start = must begin with 0
table-start-back = is { $end }, less than { $start } before it
table-start-far = gives one lead { $count }; at most { $most } are taken
table-unknown-column = is not a column here; known are { $known }
table-bits = has bits beyond the { $count } words of its list
table-number = is { $found }; it must be a number from { $low } to { $high }, or not known
table-whole-number = is { $found }; it must be a whole number from { $low } to { $high }, or not known
table-code = is the code { $code }; there are { $count } words, counted from 0
table-too-many-leads = is { $count }; at most { $most } leads are taken
table-lead-twice = is "{ $id }" as an earlier lead's
table-not-added = is "{ $id }", a lead that cannot be added: { $why }
table-not-known = must be known
table-person-twice = is "{ $id }" as an earlier person's of this lead
table-person = is { $number }; the lead has { $count } people, counted from 0
table-acknowledges = is true for a signal of theirs; only a touch of ours acknowledges
table-getter = cannot be read: its getter throws
table-no-object = are not an object such as { "{ size: 2, fields: { budget: new Float64Array([1, 2]) } }" }
table-size = must be how many leads there are, at most { $most }
table-unknown-part = is not known; known are size, ids, lead, fields, people, signals
table-no-columns = must be an object with columns by name
table-no-texts = must be a list of texts
table-no-text = must be a text
table-no-starts = must be a Uint32Array
table-no-marks = must be a Uint8Array
table-no-codes = must be a Uint8Array, Uint16Array or Uint32Array
table-no-values = must be a Float64Array, a Uint8Array for yes and no, { "{ values, known }" } or { "{ codes, words, known }" }
table-shortened = is no longer there: the array has changed
