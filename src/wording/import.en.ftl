# What importers refuse, leave out and remark on, in English.

# Files and tables

import-no-file = there is no file to import
import-csv-mapping = a CSV needs a mapping with "leads", which says what each column means
import-log-mapping = an event log needs a mapping with "log", which says what each activity means
import-cases-mapping = a table of cases needs "leads" in the mapping
import-file-xlsx = the file is a workbook (XLSX, ODS or another ZIP file) and no CSV; open it and save the sheet as CSV in UTF-8
import-file-xls = the file is a workbook (XLS) and no CSV; open it and save the sheet as CSV in UTF-8
import-file-workbook = the file is a workbook and no JSON; a table in it can be saved as CSV in UTF-8 and read with a mapping
import-file-empty-zip = the file is an empty ZIP file; export it again
import-file-gzip = the file is packed with gzip; unpack it first
import-file-pdf = the file is a PDF; export the table itself as CSV in UTF-8
import-file-parquet = the file is in Parquet; export the table as CSV in UTF-8
import-file-html = the file is a web page (HTML), whatever its name says; open it in a spreadsheet and save it as CSV in UTF-8
import-file-xml = the file is in XML, whatever its name says; open it in a spreadsheet and save it as CSV in UTF-8
import-header-quote = a quote opens in the header and goes on to line { $last }; close it (a quote within a name is written twice)
import-header-unreadable = the header cannot be read; save the file as CSV in UTF-8 again
import-no-header = there is no header; the first line must name the columns
import-header-not-utf8 = the header is not in UTF-8; in Windows-1252 it reads "{ $found }"; save the file as CSV in UTF-8
import-header-without = the header found is "{ $found }", which has no column { $columns }{ $cause }
import-cause-separator = ; its columns are separated by { $right }, and were looked for between { $wrong }: save it with commas
import-cause-mapping-separator = ; its columns are separated by { $right }, and were looked for between { $wrong }: set "separator" in the mapping
import-cause-below = ; a line further down has them ("{ $below }"): delete what stands above it
import-a-tab = a tab
import-column-unknown = there is no column "{ $column }"; the header found is "{ $found }"
import-column-meant = there is no column "{ $column }"; did you mean "{ $meant }"?
import-column-unclear = the header names the column "{ $column }" more than once, so it is not clear which is meant
import-column-doubled = the header names the column "{ $column }" twice; the first that is not empty counts, and of opt-outs a yes in any
import-column-repeated = the header names the column "{ $column }" { $times } times; the first that is not empty counts, and of opt-outs a yes in any
import-two-texts = this row has "{ $first }" and "{ $other }" in it
import-header-unlike-mapping = the header does not have the columns of the mapping
import-row-width = this row has { $cells } cells, and the header has { $header }
import-quote-closed-late = a quote opens on line { $line } and is closed on line { $last } only, which would make one row of lines { $line } to { $last }; they were read one by one: check them (a quote within a text is written twice, in a text with quotes around it)
import-quote-not-closed = a quote opens on line { $line } and is not closed, which would make one row of lines { $line } to { $last }; they were read one by one: check them (a quote within a text is written twice, in a text with quotes around it)
import-quote-open-at-end = a quote opens on line { $line }, the last of the file, and is not closed; it was read as a letter: check it (a quote within a text is written twice, in a text with quotes around it)
import-quote-unclear = a quote opens on line { $line } and is closed on line { $last }, so these may be one row or several; none is read (a quote within a text is written twice, in a text with quotes around it)
import-too-many-quotes = the table cannot be read further: too many quotes are not closed
import-row-not-utf8 = this row holds bytes that are not UTF-8; save the file as UTF-8
import-row-repeats-header = this row repeats the header
import-member-twice = { $path } is given twice; "{ $text }" is not used
import-no-object = is not a JSON object

# The mapping

import-mapping-not-json = the mapping is not valid JSON: { $why }
import-mapping-not-utf8 = the mapping holds bytes that are not UTF-8; save it as UTF-8
import-mapping-field-unknown = is not a field of a mapping; known here: { $known }
import-mapping-field-meant = is not a field of a mapping; did you mean "{ $meant }"?
import-separator = must be one character, such as , or ; or a tab (\t)
import-field-unknown = is not a field that a column can fill; known here: { $known }
import-field-meant = is not a field that a column can fill; did you mean "{ $meant }"?
import-no-lead-id = is missing: which column is the id of the lead?
import-time-format = "{ $format }" is not a format of times; write it as %Y-%m-%d %H:%M:%S
import-time-format-zones = "{ $format }" names the time zone (%Z) twice
a-value-source = the name of a column or an object

# Cells and values

import-no-time-as = "{ $written }" is not a time written as { $format }
import-time-zone-word = "{ $written }" ends in "{ $word }", which is no time zone that is known for certain; write an offset (%z), or name the zone under times.zone
import-time-without-zone = "{ $written }" has no time zone, and the mapping names none under times.zone
import-unlisted = "{ $written }" is not among the values of the mapping
import-unlisted-opt-out = "{ $written }" is not among the values of the mapping, and is neither a known yes nor a known no; taken for yes{ $whose }
import-no-known-truth = "{ $written }" is not a known yes or no; say under "values" which it is
import-no-whole-number-as = "{ $written }" is not a whole number written as { $notation }
import-no-number-as = "{ $written }" is not a number written as { $notation }
import-decimal-point = 1234.5 (for 1.234,5 the mapping needs decimal_comma)
import-cell-taken-for-yes = "{ $written }" is neither a known yes nor a known no; taken for yes{ $whose }
import-cell-taken-for-no = "{ $written }" is neither a known yes nor a known no; taken for no{ $whose }
import-cell-no-whole-number = "{ $written }" is not a whole number; taken for not known{ $whose }
import-cell-no-country = "{ $written }" is not a country; taken for not known{ $whose }
import-cell-several-countries = "{ $written }" is said of several countries; write the code of the one that is meant; taken for not known{ $whose }
import-cell-no-outcome = "{ $written }" is no outcome of a call that is known; taken for not known{ $whose }
import-cell-no-status = "{ $written }" is no status that is known; taken for UNSUBSCRIBED{ $whose }
import-no-number = "{ $written }" is not a number
import-no-count = { $written } is not a whole number of 0 or more
import-no-truth = "{ $written }" is neither yes nor no
import-no-truth-yes = "{ $written }" is neither yes nor no; taken for yes
import-no-country = "{ $written }" is not a country
import-several-countries = "{ $written }" is said of several countries; write the code of the one that is meant, such as CD or CG for Congo
import-wrong-type = { $written } is not { $needed }
import-a-country = a country
import-a-zone = a time zone
import-taken-for-unknown = { $why }; taken for not known
import-field = { $about }: { $field }: { $why }
import-at-column = { $column }: { $why }
import-both = { $one }; { $other }
import-contradiction = { $refused } on line { $line } contradicts { $kept } of an earlier row (from line { $first } on); the first is kept

# What was left out, and remarks

import-left-out-once = left out once: { $reason }
import-left-out = left out { $times } times: { $reason }
import-unread-fields = { $file }: values that are not used: { $fields }{ $rest }
import-unread-columns = { $table }: columns that are not read: { $columns }{ $rest }
import-unread-column = { $column } ({ $count } { $count -> [one] cell *[other] cells })
import-nameless-column = column { $place }, without a name
import-the-table = the table
import-more-unread = { " " }and { $more } more (--told lists all)
import-automatic = { $count } { $count -> [one] mail is *[other] mails are } automatic, by the beginning of the subject: not a reply of theirs
import-away = { $count } { $count -> [one] automatic reply tells *[other] automatic replies tell } until when somebody is away: kept with the person
import-row-refused = its row or record was refused
import-not-kept = was used, but is not kept as it is written
import-not-needed = is not needed for this row
import-not-used = is not used
import-column-not-read = the column is not read
import-only-that-there-is-one = only that there is one is kept
import-only-to-know-copies = only says which calls are the same
import-signal-kind = a signal of a kind that is not known
import-signal-later = a signal after the moment up to which was asked for

# Event logs

import-event-no-case = this event names no case
import-event-time = { $why } (case { $case })
import-event-later = an event after the moment up to which was asked for
import-activity = the activity is not in the mapping
import-activity-unmapped = the activity "{ $activity }"{ $step } is not in the mapping; events: { $count }

# Tables of HubSpot and Salesforce

import-hubspot-table = "{ $table }" is not a HubSpot table that is known here; the header found is "{ $found }"
import-hubspot-export = { $file } was read as HubSpot's own export of the table { $table }; times without a zone as UTC
import-hubspot-deleted = a row of { $table } that HubSpot marks as deleted
import-salesforce-table = is neither a lead table (is_converted, last_name) nor a task table (who_id); the header found is "{ $found }"
import-salesforce-deleted = a row that Salesforce marks as deleted
import-table-ignored = the table { $table } says nothing about a lead and was not read
import-table-without-leads = this table says nothing about a lead
import-table-columns = the table does not have the columns that say what its rows are about
import-no-id-column = the table has no column id
import-no-id = this row has no id
import-company-without-id = this company has no id
import-contact-without-id = this contact has no id
import-deal-without-id = this deal has no deal_id
import-row-without-time = there is no time in this row
import-older-version = an older version of a row
import-other-version = another version of a row of { $table }
import-not-in-tables = { $what } is not in the tables given
import-deal-or-company = deal { $deal } or company { $company }
import-deal-or-contact = deal { $deal } or contact { $contact }
import-lead-of-engagement = the contact, deal or company of engagement { $id }
import-details-of-engagement = the details of engagement { $id }
import-email-event = the email_event { $id }
import-recipient = the contact with the recipient's address
import-engagement = { $why } (engagement { $id })
import-contact-merged = a contact that was merged into another
import-contact-refused = the lead of this contact was refused
import-merged-in-circle = the contacts { $contacts } were merged in a circle; they are taken as one: { $kept }
import-merged-away = the contacts { $contacts } were merged in a circle; they are taken as one: none is left
import-further-contact = a further contact of a mail, call or note that is one contact's
import-mail-event = a mail event of type { $type }, which is no signal
import-meeting-moved = a meeting that was cancelled or moved
import-task = task { $id }
import-task-of-nobody = task { $id } is about nobody: who_id, account_id and what_id are empty
import-task-without-time = a task without a time
import-task-later = a task after the moment up to which was asked for
import-task-not-done = a task that is not done: no contact moment
import-task-no-contact = a task that is no contact moment
import-task-done = a task that is done: the touch itself has a row of its own
import-further-people = the further people of a task with several (who_count): the table has only the one in who_id

# Records of Pipedrive, Mautic and Segment

import-deal = deal { $id }
import-person = person { $id }
import-organisation = organisation { $id }
import-the-activity = activity { $id }
import-contact = contact { $id }
import-page = page
import-batch = batch
import-call = call
import-call-again = a call that was there before, by its messageId
import-contact-list = contact list
import-empty-page = a page without records
import-stream = the stream "{ $stream }" is not read
import-pipedrive-record = is neither a deal, a lead, an activity, a person nor an organisation
import-pipedrive-deal-without-id = a deal without an id
import-lead-without-id = a lead without an id
import-activity-without-id = an activity without an id
import-person-without-id = a person without an id
import-organisation-without-id = an organisation without an id
import-deal-deleted = a deal that Pipedrive marks as deleted or archived
import-lead-deleted = a lead that Pipedrive marks as deleted or archived
import-activity-deleted = an activity that Pipedrive marks as deleted
import-person-deleted = a person that Pipedrive marks as deleted
import-organisation-deleted = an organisation that Pipedrive marks as deleted
import-related-person = a related person of no lead
import-related-organisation = a related organisation of no lead
import-activity-of-nobody = { $about } belongs to no deal, lead, person or organisation
import-activity-not-taken = an activity of a deal or lead that was not taken in
import-activity-type = is no type of activity with a channel that is known
import-activity-without-time = an activity without a time
import-activity-later = an activity after the moment up to which was asked for
import-deadline-not-done = a task or deadline that is not done: no contact moment
import-deal-status = "{ $written }" is not a status of a deal that is known; taken for open
import-marketing-status = "{ $written }" is not a marketing status that is known; taken for unsubscribed
import-no-contact-list = is not a contact list: it has no "contacts"
import-mautic-contact-without-id = a contact without an id
import-contact-total = says how many contacts there are
import-no-stop = 0 says that there is no stop
import-every-stop = every reason not to contact somebody counts
import-unknown-channel = is no channel that is known; taken for all of them
import-no-batch = a batch is a list of calls
import-call-later = a call after the moment up to which was asked for
import-call-type = a call of type "{ $type }", which says nothing about a lead
import-call-of-nobody = has neither userId nor anonymousId
import-call-without-type = has no type
import-call-without-event = is a track call without an event
import-call-without-time = has no timestamp
import-shared-device = { $device } is a device of several users ({ $users }); what was done on it anonymously stays a lead of its own
import-whole-name = the name is given as a whole
import-later-call = a later call gives another
import-unreadable-again = cannot be read, as in an earlier call
