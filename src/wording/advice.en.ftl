# What an advice and its explanation say, in English. Short sentences that can be read aloud, without a full stop. They name what holds,
# never whose fault it is. A sentence that can stand inside another begins with a small letter.

# Lengths of time and days

length-days = { $count } { $count -> [one] day *[other] days }
length-hours = { $count } { $count -> [one] hour *[other] hours }
length-minutes = { $count } { $count -> [one] minute *[other] minutes }
length-seconds = { $count } { $count -> [one] second *[other] seconds }
length-two = { $first } { $second }
length-minus = minus { $length }
working-days = { $days } working { $days -> [one] day *[other] days }
length-working = { $length } of working time
day = { $weekday } { $day } { $month }
day-of-year = { $weekday } { $day } { $month } { $year }
moment = { $day } { $clock }
weekday-mo = Mon
weekday-tu = Tue
weekday-we = Wed
weekday-th = Thu
weekday-fr = Fri
weekday-sa = Sat
weekday-su = Sun
month-jan = Jan
month-feb = Feb
month-mar = Mar
month-apr = Apr
month-may = May
month-jun = Jun
month-jul = Jul
month-aug = Aug
month-sep = Sep
month-oct = Oct
month-nov = Nov
month-dec = Dec

# Opening hours

hours-mo = Mo
hours-tu = Tu
hours-we = We
hours-th = Th
hours-fr = Fr
hours-sa = Sa
hours-su = Su
hours-holidays = PH
hours-closed = off
hours-not-on-holidays = not on public holidays

# Values, and several of them

value-unknown = not known
value-true = true
value-false = false
value-quoted = "{ $text }"
value-empty = empty
value-nothing = nothing
list-and = { $items } and { $last }
list-or = { $items } or { $last }
then-also = { $first }; { $second }
with-reason = { $sentence }: { $reason }

# The vocabularies

channel-phone = phone
channel-email = email
channel-social = social
channel-chat = chat
channel-video = video
channel-visit = visit
channel-content = content
over-phone = calls
over-email = mails
over-social = social messages
over-chat = chats
over-video = video meetings
over-visit = visits
over-content = content
by-phone = by phone
by-email = by email
by-social = over social media
by-chat = by chat
by-video = by video
by-visit = in person
by-content = with content
address-phone = phone number
address-email = mail address
address-social = social profile
address-chat = chat address
address-meeting = phone number or mail address
role-initiator = initiator
role-user = user
role-influencer = influencer
role-decider = decider
role-buyer = buyer
role-gatekeeper = gatekeeper
a-role-initiator = an initiator
a-role-user = a user
a-role-influencer = an influencer
a-role-decider = a decider
a-role-buyer = a buyer
a-role-gatekeeper = a gatekeeper
roles-initiator = { $number -> [one] initiator *[other] initiators }
roles-user = { $number -> [one] user *[other] users }
roles-influencer = { $number -> [one] influencer *[other] influencers }
roles-decider = { $number -> [one] decider *[other] deciders }
roles-buyer = { $number -> [one] buyer *[other] buyers }
roles-gatekeeper = { $number -> [one] gatekeeper *[other] gatekeepers }
stage-orientation = orientation
stage-interest = interest
stage-consideration = consideration
stage-proposal = proposal
stage-decision = decision
stage-customer = customer
stage-lost = lost

# What to do, in a few words

deed-phone = Phone { $whom }
deed-email = Mail { $whom }
deed-social = Send { $whom } a social message
deed-chat = Chat with { $whom }
deed-video = Meet { $whom } by video
deed-visit = Visit { $whom }
deed-content = Share something to read with { $whom }
deed-them = them
deed-find = Find out who is the { $role }
deed-hand-over = Hand over to { $team }
deed-hold = On hold
deed-wait = Nothing for now
person-with-role = { $name } ({ $role })
headline-hold = Hold: { $reason }
headline-wait = Wait: { $reason }
headline-between = { $deed } between { $from } and { $until }, their time
headline-on-day = { $deed } on { $day } between { $from } and { $until }, their time
headline-late = { $headline } (late by { $late })
nothing-to-do = Nothing to do now: no rule asks for contact
no-such-lead = There is no such lead in the book
tick-back = The watch is at { $now }, and { $asked } lies before it
tick-back-help = Ask for a later moment; for an earlier one make a new Watch, or call decide
unknown-rep = There is no rep { $name } in this book, or more than one
unknown-rep-help = Give the id or the name of a rep, as the lead file has it

# Why this person, and why this rep

person-interested = shows most interest in the last two weeks and was not contacted in them
person-came-by = came by themselves in the last four weeks and never heard from us
person-weighs-most = weighs most in the decision of those not contacted in four weeks
person-not-contacted = was not contacted in four weeks
person-asked = asked { $ago } ago
person-asked-tried = { $asked }; { $number } { $number -> [one] attempt *[other] attempts } in vain since
person-left-alone = was left alone longest
person-wrote = wrote { $ago } ago
person-rang = rang { $ago } ago and reached nobody
person-only = is the only one we know there
person-of-rule = the rule holds for this person
person-blocker = works against us, and nobody else is left; { $why }
person-named = the rule names this person
person-only-role = the rule asks for the { $role }
person-of-role = the rule asks for { $role }, and of those: { $why }
person-role-late = no { $role } can be contacted in time; instead: { $why }
person-role-unknown = nobody is known as { $role }; instead: { $why }
rep-steps-in = steps in for { $rep }, who is away
rep-owner-unknown = the owner, { $owner }, is not among the reps
rep-no-owner = the lead has no owner
rep-owns-another = owns another lead of this company or these people; { $why }
rep-knows = knows about { $skill }
rep-knows-owner-stays = knows about { $skill }; the owner keeps the lead

# What the priority is made of, and what others lost by

factor-by-rule = said by the rule
factor-no-weight = the rule gives no weight
factor-no-lever = the rule gives no lever
factor-minutes = { $channel } takes about { $minutes } minutes of a rep, a call { $usual }
factor-nobody-answers = nobody has to answer; the middle of the channels
factor-no-touches = no { $channel } touches to this person yet; what is usual on { $channel }
factor-answered = { $answered } of { $touches } { $channel } { $touches -> [one] touch *[other] touches } answered, smoothed
factor-value-of-lead = the value of the lead
factor-value-typical = no value known, so what is typical
factor-value-unknown = no value known
factor-churn = { $source }, { $worth }, of which { $stays } % stays after a year
factor-chance = chance of an answer
factor-weight = weight
factor-value = value
factor-lever = lever
planned-touch = Planned touch
promised = Was promised to them { $channel } for { $moment }
promised-no-outcome = Was promised to them { $channel } for { $moment } and nothing is logged: log how it went, or make up for it
lost-not-due = It is not due yet, and something else is
lost-not-owed = What somebody waits for comes first
lost-due-later = It is due later, { $due }
lost-never-due = It is not due at a known moment
lost-held-up = It is late and must wait for longer, and something else can be done sooner and in time
lost-not-late = Something else is late and comes first
lost-lower = Its { $factor } is lower: { $own } against { $winner }
lost-order = As good, but its rule comes later

# Notes

note-other-channel = Not answered { $by }: { $why }
channel-came-back = what was sent there came back
channel-tried = tried there in vain
channel-not-soon = not possible before the next working morning is over
note-answered-elsewhere = { $rep } answers what { $who } asked, in { $lead }
note-answered-elsewhere-nobody = What { $who } asked is answered in { $lead }
note-missing-role = Nobody is known as { $role }: ask who that is
note-first-contact = First contact with { $who }: say that they may object to hearing from us
note-content-gap = There is no content "{ $id }" yet; tell marketing that it was asked for
note-content-misfit = "{ $title }" { $misfits }
misfit-and = { $first }; it { $second }
misfit-language = exists in { $languages }, and they read { $language }
misfit-role = was written for another role
misfit-stage = was not written for the { $stage } stage
note-holidays-unknown = Not all public holidays of { $country } in { $year } are known: look whether this is one, or add them in a pack with holidays "{ $code }"
note-zone-unknown = Ask for the country or the time zone: until then nobody is contacted at a wrong hour
note-law-ended = "{ $pack }" ended on { $end }: what it says is not applied any more
note-no-policy = No pack in force says what the law permits in { $countries }: find that out first
note-no-policy-strict = No pack in force says what the law permits in { $countries }, so the strict one for elsewhere counts
country-not-known = a country that is not known
note-zone-missing = Ask for the time zone and put it on the record: until then only moments that suit all zones of the country are used
note-planned = They wait for an answer: leave out the { $channel } planned next, or bring the answer there
note-machine-signals = { $count } { $count -> [one] open or click *[other] opens and clicks } of mail made by a machine, in the moment of delivery or on all links at once: left out
note-planned-rep-away = The { $channel } appointment of { $moment }: { $rep } does not work that day. Ask { $other } to take it, or agree on another moment
note-planned-rep-away-nobody = The { $channel } appointment of { $moment }: { $rep } does not work that day, and nobody else works then. Agree on another moment
note-planned-rep-unknown = The { $channel } appointment of { $moment }: { $rep } is not among the reps. Ask { $other } to take it, or agree on another moment
note-planned-rep-unknown-nobody = The { $channel } appointment of { $moment }: { $rep } is not among the reps, and nobody works then. Agree on another moment
note-owner-unknown = Owner not known: { $rep } does this one. Give the lead an owner; { $owner } is not among the reps
note-owner-unknown-idle = Owner not known: { $owner } is not among the reps. Give the lead an owner
note-no-owner = No owner: { $rep } does this one. Give the lead an owner
note-no-owner-idle = The lead has no owner. Give it one
note-nobody-before = Nobody works before { $moment }: { $rep } is the first who can. If it cannot wait, ask somebody to take over
note-language-not-spoken = No rep is down for the language { $language }: { $rep } does this one
note-language-of-rep = { $rep } is not down for the language { $language }

# What may not be done now

block-objection = { $who } objected to direct marketing: no contact on any channel
block-do-not-call = { $who } asked not to be called
block-do-not-email = { $who } asked not to be mailed
block-unsubscribed = { $who } asked to get nothing more over { $channel }
block-consent-withdrawn = { $who } took back the consent for { $channel }
block-never = "{ $pack }" forbids { $over }
block-closed = The lead is { $stage }, and the rule does not say that it is for such leads
block-channel-unknown = No { $address } of { $who } is known
block-skill-missing = Nobody in the team is down for "{ $skill }"
block-withdrawn = They wait for an answer from us: that comes before any plan of ours
block-replied = They replied { $ago } ago: a conversation goes before a series
block-pitch-too-early = { $who } is still looking around: advice first, an offer when the need is known
block-blocker = { $who } works against us, and pushing makes that stronger
block-zone-unknown = Neither time zone nor country of { $who } is known: ask, before it is night there
block-unread = "{ $statement }" ({ $file }, line { $line }) is law and cannot be read; until it is mended, what it may forbid waits
block-unread-rest = From line { $line } of { $file } on, law cannot be read; until it is mended, all contact waits
block-unread-file = The law in { $file } is left out because of an error; until it is mended, all contact waits
block-zone-missing = The time zone of { $who } in { $country } is not known, and no moment suits all zones of the country ({ $cause }): a time zone on the record lifts this
block-unsure = Whether "{ $statement }" ({ $file }, line { $line }) holds cannot be told for this lead, and in doubt the law forbids
block-too-late = The moment for it has passed
block-possible-from = { $reason }; possible from { $moment }
block-possible-by = { $reason }; possible from { $moment }, by { $rep }
block-no-use-after = { $reason }; after { $moment } it is no use

# What closes a moment, and why a touch is placed when it is

cause-hours = no { $over } outside { $hours }
cause-own-hours = { $who } can be reached { $hours }
cause-rep = { $rep } is not at work then
cause-limit = no more than { $rate } { $across }
cause-pause = a rest of { $rest } since the last contact, { $ago } ago
cause-promised = { $who } was promised something else for { $moment }
cause-consent-ends = the consent of { $who } for { $channel } ends { $end }, and no moment before that is left
cause-law-starts = "{ $pack }" comes into force { $start }, and no moment before that is left: ask again then
rate = { $most } { $most -> [one] touch *[other] touches } per { $per }
rate-on-channel = { $most } { $channel } { $most -> [one] touch *[other] touches } per { $per }
across-person = for { $who }
across-lead = for this lead
across-account = for the whole account
moment-all-zones = only hours that suit all time zones of { $country }, for that of { $who } is not known; a time zone on the record lifts this
moment-best = the hour from { $hour }:00 is when they answer most
moment-near-best = they answer most in the hour from { $hour }:00, and this is the nearest that is allowed
moment-no-evidence = no evidence: the rule's own time
moment-first = the first moment that is allowed
moment-not-sooner = not sooner: { $cause }
moment-due = the step is due { $moment }
moment-rule-waits = the rule asks to wait until then
moment-now = it may be done now
moment-late = it was due { $due }

# Rules that nearly hold: what they need and what was seen

miss-summary = { $held } of { $of }: { $missing }
needs-source = needs { $text }
needs-source-not-so = needs { $text }, and that is not so
stopped-by-source = stopped by "{ $text }"
not-evaluated = { $text } cannot be told: { $why }
saw-not-evaluated = cannot be told
saw-so = is so
saw-not-so = is not so
saw-value = is { $value }
saw-count = has { $count }
needs-counted = needs { $needs }, { $saw }
needs-value = { $noun } { $saw }, needs { $needs }
needs-choice = needs { $needs }
choice-counted = { $needs } ({ $saw })
choice-value = { $noun } { $needs } ({ $saw })
either = either { $choices }
or-else = { $first }, or { $second }
bound-exactly = exactly { $value }
bound-anything-but = anything but { $value }
bound-less = less than { $value }
bound-fewer = fewer than { $value }
bound-at-most = at most { $value }
bound-more = more than { $value }
bound-at-least = at least { $value }
needs-other-number = a number of { $counted } other than { $number }
needs-unknown = it to be not known
needs-known = it to be known
needs-from-to = from { $first } to { $last }
needs-not-from-to = not from { $first } to { $last }
needs-among = { $value } among them
needs-not-among = { $value } not among them
number-counted = { $number } { $counted }
fact-number-of = number of { $counted }
fact-of-person = the person's { $noun }
fact-of-account = the account's { $noun }
fact-now = the time
in-window = { $what } in { $window }
by-channel = { $what } { $by }
counted-inbound = { $counted } of theirs
counted-outbound = { $counted } of ours
counted-with-person = { $counted } with this person
counted-from-person = { $counted } with this person
counted-at-account = { $counted } at the account
count-touches = { $number -> [one] touch *[other] touches }
count-unanswered = unanswered { $number -> [one] touch *[other] touches } in a row
count-unanswered-by = unanswered { $number -> [one] touch *[other] touches } { $by } in a row
count-tried = { $number -> [one] attempt *[other] attempts } in vain
count-planned = planned { $number -> [one] touch *[other] touches }
count-people = known { $number -> [one] person *[other] people }
count-people-in-role = known { $roles }
count-leads = { $number -> [one] lead *[other] leads }
count-quotes-open = open { $number -> [one] quote *[other] quotes }

# Kinds of signal, and what they are about

signal-any = { $number -> [one] signal *[other] signals }
signal-visit = { $number -> [one] visit *[other] visits }
signal-search = { $number -> [one] search *[other] searches }
signal-download = { $number -> [one] download *[other] downloads }
signal-form = { $number -> [one] form *[other] forms } filled in
signal-open = { $number -> [one] mail *[other] mails } opened
signal-click = { $number -> [one] click *[other] clicks }
signal-reply = { $number -> [one] reply *[other] replies }
signal-auto-reply = automatic { $number -> [one] reply *[other] replies }
signal-missed-call = missed { $number -> [one] call *[other] calls } of theirs
signal-call = { $number -> [one] call *[other] calls }
signal-email = { $number -> [one] mail *[other] mails }
signal-message = { $number -> [one] message *[other] messages }
signal-chat = { $number -> [one] chat *[other] chats }
signal-meeting = { $number -> [one] meeting *[other] meetings }
signal-quote = { $number -> [one] quote *[other] quotes }
signal-engage = { $number -> [one] reaction to a post *[other] reactions to posts }
signal-unsubscribe = { $number -> [one] unsubscribe *[other] unsubscribes }
signal-bounce = { $number -> [one] mail that came back *[other] mails that came back }
signal-order = { $number -> [one] order *[other] orders }
signal-contact-changed = { $number -> [one] change of address or number *[other] changes of address or number }
signal-note = { $number -> [one] note *[other] notes }
signal-of = { $signal } of { $topic }
signal-for = { $signal } for { $topic }
signal-about = { $signal } about { $topic }
signal-on = { $signal } on { $topic }
signal-from = { $signal } from { $topic }
signal-download-of = { $signal } of { $topic }
signal-order-for = { $signal } for { $topic }
signal-quote-for = { $signal } for { $topic }

# What a fact is called

fact-stage-for = time in this stage
fact-age = age of the lead
fact-customer-for = time as a customer
fact-quote-open-for = age of the oldest open quote
fact-quote-amount = worth of the open quotes
fact-last-quote = status of the last quote
fact-quote-closed-for = time since the last quote ended
fact-since = time since the last { $signal }
fact-first = time since the first { $signal }
fact-last-touch = time since our last touch
fact-last-touch-to = time since our last touch to { $role }
fact-last-outcome = outcome of our last touch
fact-consent-basis = ground for contact
fact-inbound-share = share of contact started by them
fact-score = score
fact-roles-missing = list of roles missing
fact-id = id
fact-name = name
fact-stage = stage
fact-source = source
fact-topic = topic
fact-country = country
fact-region = region
fact-zone = zone
fact-language = language
fact-owner = owner
fact-value = value
fact-churn = churn
fact-open = open
fact-title = title
fact-role = role
fact-roles = roles
fact-is-a = is a
fact-legal-form = legal form
fact-influence = influence
fact-stance = stance
fact-do-not-call = do not call
fact-do-not-email = do not email
fact-objected = objected
fact-has = has
fact-consent = consent
fact-industry = industry
fact-employees = employees
fact-customer = customer
fact-replied = replied
fact-answered = answered
fact-waiting = waiting
fact-waiting-for = time for which they have waited
fact-question = what waits for our answer
fact-knows = knows

# Facts that hold or do not

needs-reply = a reply
needs-no-reply = no reply
needs-answered = everything of theirs answered
needs-not-answered = something of theirs that still waits for an answer
needs-waiting = somebody who asked and was not reached since
needs-not-waiting = nobody who asked and was not reached since
needs-open = an open lead
needs-closed = a closed lead
needs-is-a = { $role }
needs-is-no = somebody who is no { $role }
needs-knows = a known { $role }
needs-knows-no = no known { $role }
needs-do-not-call = somebody who asked not to be called
needs-may-call = somebody who may be called
needs-do-not-email = somebody who asked not to be mailed
needs-may-email = somebody who may be mailed
needs-objected = somebody who objected to contact
needs-not-objected = somebody who did not object
needs-way = a way to contact them
needs-no-way = no way to contact them
needs-ground = a ground for contact
needs-no-ground = no ground for contact
needs-customer = a customer
needs-no-customer = an account that is no customer yet
saw-not-known = which is not known
saw-one = there was one
saw-none = there was none
saw-nothing-waits = nothing waits
saw-something-waits = something waits
saw-open = this one is open
saw-closed = this one is closed
saw-there-is = there is one
saw-there-is-none = there is none
saw-person-did = this person did
saw-person-did-not = this person did not
saw-person-may = this person may
saw-person-may-not = this person may not
saw-person-is = this person is
saw-person-is-not = this person is not
saw-account-is = this account is
saw-account-is-not = this account is not

# A simulation

simulate-note = This compares assumptions and forecasts nothing: reps follow every advice, and customers answer as the response model says
