# Wat een advies en zijn uitleg zeggen, in het Nederlands. Korte zinnen die je hardop kunt lezen, zonder punt. Ze noemen wat er is,
# nooit wiens schuld het is. Wie het leest is "je". Een zin die in een andere kan staan begint met een kleine letter.

# Tijdsduren en dagen

length-days = { $count } { $count -> [one] dag *[other] dagen }
length-hours = { $count } { $count -> [one] uur *[other] uur }
length-minutes = { $count } { $count -> [one] minuut *[other] minuten }
length-seconds = { $count } { $count -> [one] seconde *[other] seconden }
length-two = { $first } { $second }
length-minus = min { $length }
working-days = { $days } { $days -> [one] werkdag *[other] werkdagen }
length-working = { $length } werktijd
day = { $weekday } { $day } { $month }
day-of-year = { $weekday } { $day } { $month } { $year }
moment = { $day } { $clock }
weekday-mo = ma
weekday-tu = di
weekday-we = wo
weekday-th = do
weekday-fr = vr
weekday-sa = za
weekday-su = zo
month-jan = jan
month-feb = feb
month-mar = mrt
month-apr = apr
month-may = mei
month-jun = jun
month-jul = jul
month-aug = aug
month-sep = sep
month-oct = okt
month-nov = nov
month-dec = dec

# Openingstijden

hours-mo = ma
hours-tu = di
hours-we = wo
hours-th = do
hours-fr = vr
hours-sa = za
hours-su = zo
hours-holidays = feestdagen
hours-closed = gesloten
hours-not-on-holidays = niet op feestdagen

# Waarden, en meer dan een

value-unknown = niet bekend
value-true = waar
value-false = onwaar
value-quoted = "{ $text }"
value-empty = leeg
value-nothing = niets
list-and = { $items } en { $last }
list-or = { $items } of { $last }
then-also = { $first }; { $second }
with-reason = { $sentence }: { $reason }

# De woordenlijsten

channel-phone = telefoon
channel-email = mail
channel-social = social media
channel-chat = chat
channel-video = video
channel-visit = bezoek
channel-content = content
over-phone = telefoontjes
over-email = mails
over-social = berichten via social media
over-chat = chats
over-video = videogesprekken
over-visit = bezoeken
over-content = content
by-phone = per telefoon
by-email = per mail
by-social = via social media
by-chat = via chat
by-video = per video
by-visit = op bezoek
by-content = met content
address-phone = telefoonnummer
address-email = mailadres
address-social = profiel op social media
address-chat = chatadres
address-meeting = telefoonnummer of mailadres
role-initiator = initiatiefnemer
role-user = gebruiker
role-influencer = beïnvloeder
role-decider = beslisser
role-buyer = inkoper
role-gatekeeper = poortwachter
a-role-initiator = een initiatiefnemer
a-role-user = een gebruiker
a-role-influencer = een beïnvloeder
a-role-decider = een beslisser
a-role-buyer = een inkoper
a-role-gatekeeper = een poortwachter
roles-initiator = { $number -> [one] initiatiefnemer *[other] initiatiefnemers }
roles-user = { $number -> [one] gebruiker *[other] gebruikers }
roles-influencer = { $number -> [one] beïnvloeder *[other] beïnvloeders }
roles-decider = { $number -> [one] beslisser *[other] beslissers }
roles-buyer = { $number -> [one] inkoper *[other] inkopers }
roles-gatekeeper = { $number -> [one] poortwachter *[other] poortwachters }
stage-orientation = oriëntatie
stage-interest = interesse
stage-consideration = overweging
stage-proposal = voorstel
stage-decision = beslissing
stage-customer = klant
stage-lost = verloren

# Wat te doen, in enkele woorden

deed-phone = Bel { $whom }
deed-email = Mail { $whom }
deed-social = Stuur { $whom } een bericht via social media
deed-chat = Chat met { $whom }
deed-video = Spreek { $whom } per video
deed-visit = Ga langs bij { $whom }
deed-content = Deel iets om te lezen met { $whom }
deed-them = hen
deed-find = Zoek uit wie de { $role } is
deed-hand-over = Draag over aan { $team }
deed-hold = Nu even niet
deed-wait = Voorlopig niets
person-with-role = { $name } ({ $role })
headline-hold = Nu even niet: { $reason }
headline-wait = Afwachten: { $reason }
headline-between = { $deed } tussen { $from } en { $until } (hun tijd)
headline-on-day = { $deed } op { $day } tussen { $from } en { $until } (hun tijd)
headline-late = { $headline }, { $late } te laat
nothing-to-do = Nu niets te doen: geen enkele regel vraagt om contact
no-such-lead = Deze lead staat niet in het bestand
tick-back = De watch is bij { $now }, en { $asked } ligt daarvoor
tick-back-help = Vraag een later moment; maak voor een eerder moment een nieuwe Watch, of roep decide aan
unknown-rep = Er is geen verkoper { $name } in dit boek, of meer dan een
unknown-rep-help = Geef het id of de naam van een verkoper, zoals het leadbestand die heeft

# Waarom deze persoon, en waarom deze verkoper

person-interested = toonde de laatste twee weken de meeste belangstelling en hoorde in die tijd niets van ons
person-came-by = kwam de laatste vier weken uit zichzelf langs en hoorde nog nooit van ons
person-weighs-most = weegt in de beslissing het zwaarst van wie al vier weken niets van ons hoorde
person-not-contacted = hoorde al vier weken niets van ons
person-asked = vroeg { $ago } geleden iets
person-asked-tried = { $asked }; sindsdien { $number } { $number -> [one] vergeefse poging *[other] vergeefse pogingen }
person-left-alone = hoorde het langst niets van ons
person-wrote = schreef { $ago } geleden
person-rang = belde { $ago } geleden en kreeg niemand te pakken
person-only = is de enige die we daar kennen
person-of-rule = de regel geldt voor deze persoon
person-blocker = werkt ons tegen, maar er is niemand anders over; { $why }
person-named = de regel noemt deze persoon
person-only-role = de regel vraagt om de { $role }
person-of-role = de regel vraagt om { $role }, en deze { $why }
person-role-late = geen { $role } is op tijd te bereiken; daarom deze persoon: { $why }
person-role-unknown = er is niemand bekend als { $role }; daarom deze persoon: { $why }
rep-steps-in = valt in voor { $rep }, die afwezig is
rep-owner-unknown = de eigenaar, { $owner }, staat niet bij de verkopers
rep-no-owner = de lead heeft geen eigenaar
rep-owns-another = is eigenaar van een andere lead van dit bedrijf of deze mensen; { $why }
rep-knows = weet veel van { $skill }
rep-knows-owner-stays = weet veel van { $skill }; de lead blijft bij de eigenaar

# Waaruit de prioriteit bestaat, en waarop andere verloren

factor-by-rule = volgens de regel
factor-no-weight = de regel noemt geen gewicht
factor-no-lever = de regel noemt geen hefboom
factor-minutes = { $channel } kost een verkoper ongeveer { $minutes } minuten, een telefoontje { $usual }
factor-nobody-answers = hier hoeft niemand te antwoorden; het midden van de kanalen
factor-no-touches = { $channel }: nog geen contact met deze persoon, dus wat gebruikelijk is
factor-answered = { $channel }: { $answered } van { $touches } { $touches -> [one] contact *[other] contacten } beantwoord, afgevlakt
factor-value-of-lead = de waarde van de lead
factor-value-typical = geen waarde bekend, dus wat gebruikelijk is
factor-value-unknown = geen waarde bekend
factor-churn = { $source }, { $worth }, waarvan na een jaar { $stays }% over is
factor-chance = kans op antwoord
factor-weight = gewicht
factor-value = waarde
factor-lever = hefboom
planned-touch = Afgesproken contact
promised = Is hun { $channel } beloofd voor { $moment }
promised-no-outcome = Was hun { $channel } beloofd voor { $moment } en er is niets vastgelegd: leg vast hoe het ging, of maak het goed
lost-not-due = Is nog niet aan de beurt, en iets anders wel
lost-not-owed = Waar iemand op wacht gaat voor
lost-due-later = Moet later klaar zijn: { $due }
lost-never-due = Hoeft niet op een bekend moment klaar te zijn
lost-held-up = Is te laat en moet nog langer wachten, en iets anders kan eerder en op tijd
lost-not-late = Iets anders is te laat en gaat voor
lost-lower = Scoort lager op { $factor }: { $own } tegen { $winner }
lost-order = Even goed, maar de regel komt later

# Aandachtspunten

note-other-channel = Geen antwoord { $by }: { $why }
channel-came-back = wat daarheen ging kwam terug
channel-tried = daar vergeefs geprobeerd
channel-not-soon = dat kan niet voor het einde van de volgende werkochtend
note-answered-elsewhere = { $rep } geeft antwoord op wat { $who } vroeg, in { $lead }
note-answered-elsewhere-nobody = Wat { $who } vroeg wordt beantwoord in { $lead }
note-missing-role = Er is niemand bekend als { $role }: vraag wie dat is
note-first-contact = Eerste contact met { $who }: vertel erbij dat bezwaar maken mag
note-content-gap = Er is nog geen content "{ $id }"; laat marketing weten dat ernaar gevraagd is
note-content-misfit = "{ $title }" { $misfits }
misfit-and = { $first }; het { $second }
misfit-language = bestaat in { $languages }, en niet in de taal van de lezer ({ $language })
misfit-role = is voor een andere rol geschreven
misfit-stage = is niet voor de fase { $stage } geschreven
note-holidays-unknown = Niet alle feestdagen van { $country } in { $year } zijn bekend: kijk of dit er een is, of voeg ze in een pack toe met holidays "{ $code }"
note-zone-unknown = Vraag naar het land of de tijdzone: tot die tijd nemen we geen contact op, zodat we niemand op een verkeerd uur storen
note-law-ended = "{ $pack }" liep af op { $end }: wat erin staat wordt niet meer toegepast
note-no-policy = Geen pack dat geldt zegt wat de wet toestaat in { $countries }: zoek dat eerst uit
note-no-policy-strict = Geen pack dat geldt zegt wat de wet toestaat in { $countries }, dus het strenge voor elders telt
country-not-known = een land dat niet bekend is
note-zone-missing = Vraag naar de tijdzone en leg die vast: tot dan tellen alleen momenten die in alle zones van het land passen
note-planned = Ze wachten op antwoord: laat het geplande contact ({ $channel }) vervallen, of geef het antwoord daar
note-machine-signals = { $count } { $count -> [one] keer *[other] keer } mail geopend of aangeklikt door een machine, op het moment van bezorgen of op alle links tegelijk: telt niet mee
note-planned-rep-away = De afspraak ({ $channel }) van { $moment }: { $rep } werkt die dag niet. Vraag { $other } om die over te nemen, of spreek een ander moment af
note-planned-rep-away-nobody = De afspraak ({ $channel }) van { $moment }: { $rep } werkt die dag niet, en niemand anders werkt dan. Spreek een ander moment af
note-planned-rep-unknown = De afspraak ({ $channel }) van { $moment }: { $rep } staat niet bij de verkopers. Vraag { $other } om die over te nemen, of spreek een ander moment af
note-planned-rep-unknown-nobody = De afspraak ({ $channel }) van { $moment }: { $rep } staat niet bij de verkopers, en niemand werkt dan. Spreek een ander moment af
note-owner-unknown = Eigenaar niet bekend: { $rep } doet dit. Geef de lead een eigenaar; { $owner } staat niet bij de verkopers
note-owner-unknown-idle = Eigenaar niet bekend: { $owner } staat niet bij de verkopers. Geef de lead een eigenaar
note-no-owner = Geen eigenaar: { $rep } doet dit. Geef de lead een eigenaar
note-no-owner-idle = De lead heeft geen eigenaar. Geef er een
note-nobody-before = Niemand werkt voor { $moment }: { $rep } is de eerste die kan. Kan het niet wachten, vraag dan iemand om het over te nemen
note-language-not-spoken = Niemand van de verkopers staat genoteerd voor de taal { $language }: { $rep } doet dit
note-language-of-rep = { $rep } staat niet genoteerd voor de taal { $language }

# Wat nu niet mag

block-objection = { $who } maakte bezwaar tegen direct marketing: geen contact, via geen enkel kanaal
block-do-not-call = { $who } vroeg om niet gebeld te worden
block-do-not-email = { $who } vroeg om geen mail te krijgen
block-unsubscribed = { $who } vroeg om niets meer te krijgen via { $channel }
block-consent-withdrawn = { $who } trok de toestemming voor { $channel } in
block-never = "{ $pack }" verbiedt { $over }
block-closed = De lead staat op { $stage }, en de regel zegt niet dat die ook voor zulke leads geldt
block-channel-unknown = Van { $who } is geen { $address } bekend
block-skill-missing = Niemand in het team staat genoteerd voor "{ $skill }"
block-withdrawn = Ze wachten op antwoord van ons: dat gaat voor onze eigen plannen
block-replied = Ze reageerden { $ago } geleden: een gesprek gaat voor een reeks
block-pitch-too-early = { $who } kijkt nog rond: eerst advies, pas een aanbod als de behoefte bekend is
block-blocker = { $who } werkt ons tegen, en duwen maakt dat sterker
block-zone-unknown = Van { $who } kennen we tijdzone noch land: vraag ernaar, voordat het daar nacht is
block-unread = "{ $statement }" ({ $file }, regel { $line }) is wet en niet te lezen; tot dat verholpen is wacht wat die kan verbieden
block-unread-rest = Vanaf regel { $line } van { $file } is de wet niet te lezen; tot dat verholpen is wacht al het contact
block-unread-file = De wet in { $file } doet door een fout niet mee; tot dat verholpen is wacht al het contact
block-zone-missing = De tijdzone van { $who } in { $country } is niet bekend, en geen moment past in alle zones van het land ({ $cause }): met een tijdzone in de gegevens kan het wel
block-unsure = Of "{ $statement }" ({ $file }, regel { $line }) geldt is voor deze lead niet vast te stellen, en bij twijfel verbiedt de wet
block-too-late = Het moment hiervoor is voorbij
block-possible-from = { $reason }; het kan vanaf { $moment }
block-possible-by = { $reason }; het kan weer vanaf { $moment }, door { $rep }
block-no-use-after = { $reason }; na { $moment } heeft het geen zin meer

# Wat een moment uitsluit, en waarom een contact valt wanneer het valt

cause-hours = geen { $over } buiten { $hours }
cause-own-hours = { $who } is bereikbaar { $hours }
cause-rep = { $rep } werkt dan niet
cause-limit = niet meer dan { $rate } { $across }
cause-pause = { $rest } rust na het laatste contact, dat { $ago } geleden was
cause-promised = { $who } is iets anders beloofd voor { $moment }
cause-consent-ends = de toestemming van { $who } voor { $channel } eindigt { $end }, en daarvoor is geen moment over
cause-law-starts = "{ $pack }" gaat gelden op { $start }, en daarvoor is geen moment over: vraag het dan opnieuw
rate = { $most } { $most -> [one] contact *[other] contacten } per { $per }
rate-on-channel = { $most } { $most -> [one] contact *[other] contacten } ({ $channel }) per { $per }
across-person = met { $who }
across-lead = voor deze lead
across-account = voor het hele bedrijf
moment-all-zones = alleen uren die in alle tijdzones van { $country } passen, want die van { $who } is niet bekend; met een tijdzone in de gegevens is er meer ruimte
moment-best = in het uur vanaf { $hour }:00 antwoorden ze het vaakst
moment-near-best = in het uur vanaf { $hour }:00 antwoorden ze het vaakst, en dit is het dichtst daarbij wat mag
moment-no-evidence = geen aanwijzingen: de eigen tijd van de regel
moment-first = het eerste moment dat mag
moment-not-sooner = niet eerder: { $cause }
moment-due = de stap is aan de beurt op { $moment }
moment-rule-waits = de regel vraagt om tot dan te wachten
moment-now = het mag nu
moment-late = het moest { $due }

# Regels die bijna gelden: wat ze nodig hebben en wat er gezien is

miss-summary = { $held } van de { $of }: { $missing }
needs-source = nodig: { $text }
needs-source-not-so = nodig: { $text }, en dat is niet zo
stopped-by-source = tegengehouden door "{ $text }"
not-evaluated = { $text } is niet vast te stellen: { $why }
saw-not-evaluated = niet vast te stellen
saw-so = is zo
saw-not-so = is niet zo
saw-value = is { $value }
saw-count = nu { $count }
needs-counted = nodig: { $needs }, { $saw }
needs-value = { $noun } { $saw }, nodig is { $needs }
needs-choice = nodig: { $needs }
choice-counted = { $needs } ({ $saw })
choice-value = { $noun } { $needs } ({ $saw })
either = ofwel { $choices }
or-else = { $first }, of { $second }
bound-exactly = precies { $value }
bound-anything-but = iets anders dan { $value }
bound-less = minder dan { $value }
bound-fewer = minder dan { $value }
bound-at-most = hoogstens { $value }
bound-more = meer dan { $value }
bound-at-least = minstens { $value }
needs-other-number = een ander aantal { $counted } dan { $number }
needs-unknown = dat het niet bekend is
needs-known = dat het bekend is
needs-from-to = van { $first } tot en met { $last }
needs-not-from-to = niet van { $first } tot en met { $last }
needs-among = { $value } erbij
needs-not-among = { $value } er niet bij
number-counted = { $number } { $counted }
fact-number-of = aantal { $counted }
fact-of-person = { $noun } van de persoon
fact-of-account = { $noun } van het bedrijf
fact-now = tijdstip
in-window = { $what } in { $window }
by-channel = { $what } { $by }
counted-inbound = { $counted } van hen
counted-outbound = { $counted } van ons
counted-with-person = { $counted } met deze persoon
counted-from-person = { $counted } van deze persoon
counted-at-account = { $counted } bij het bedrijf
count-touches = { $number -> [one] contact *[other] contacten }
count-unanswered = { $number -> [one] onbeantwoord contact *[other] onbeantwoorde contacten } op rij
count-unanswered-by = { $number -> [one] onbeantwoord contact *[other] onbeantwoorde contacten } { $by } op rij
count-tried = { $number -> [one] vergeefse poging *[other] vergeefse pogingen }
count-planned = { $number -> [one] gepland contact *[other] geplande contacten }
count-people = bekende { $number -> [one] persoon *[other] mensen }
count-people-in-role = bekende { $roles }
count-leads = { $number -> [one] lead *[other] leads }
count-quotes-open = open { $number -> [one] offerte *[other] offertes }

# Soorten signalen, en waarover ze gaan

signal-any = { $number -> [one] signaal *[other] signalen }
signal-visit = { $number -> [one] bezoek *[other] bezoeken }
signal-search = { $number -> [one] zoekopdracht *[other] zoekopdrachten }
signal-download = { $number -> [one] download *[other] downloads }
signal-form = { $number -> [one] formulier *[other] formulieren }
signal-open = { $number -> [one] geopende mail *[other] geopende mails }
signal-click = { $number -> [one] klik *[other] klikken }
signal-reply = { $number -> [one] reactie *[other] reacties }
signal-auto-reply = { $number -> [one] automatische reactie *[other] automatische reacties }
signal-missed-call = { $number -> [one] gemiste oproep *[other] gemiste oproepen } van hen
signal-call = { $number -> [one] telefoontje *[other] telefoontjes }
signal-email = { $number -> [one] mail *[other] mails }
signal-message = { $number -> [one] bericht *[other] berichten }
signal-chat = { $number -> [one] chat *[other] chats }
signal-meeting = { $number -> [one] afspraak *[other] afspraken }
signal-quote = { $number -> [one] offerte *[other] offertes }
signal-engage = { $number -> [one] reactie op een post *[other] reacties op posts }
signal-unsubscribe = { $number -> [one] afmelding *[other] afmeldingen }
signal-bounce = { $number -> [one] teruggekomen mail *[other] teruggekomen mails }
signal-order = { $number -> [one] bestelling *[other] bestellingen }
signal-contact-changed = { $number -> [one] gewijzigd adres of nummer *[other] gewijzigde adressen of nummers }
signal-note = { $number -> [one] notitie *[other] notities }
signal-of = { $signal } aan { $topic }
signal-for = { $signal } naar { $topic }
signal-about = { $signal } over { $topic }
signal-on = { $signal } op { $topic }
signal-from = { $signal } voor { $topic }
signal-download-of = { $signal } van { $topic }
signal-order-for = { $signal } van { $topic }
signal-quote-for = { $signal } voor { $topic }

# Hoe een feit heet

fact-stage-for = tijd in deze fase
fact-age = leeftijd van de lead
fact-customer-for = tijd als klant
fact-quote-open-for = leeftijd van de oudste open offerte
fact-quote-amount = waarde van de open offertes
fact-last-quote = stand van de laatste offerte
fact-quote-closed-for = tijd sinds de laatste offerte afliep
fact-since = tijd sinds laatste { $signal }
fact-first = tijd sinds eerste { $signal }
fact-last-touch = tijd sinds ons laatste contact
fact-last-touch-to = tijd sinds ons laatste contact met { $role }
fact-last-outcome = uitkomst van ons laatste contact
fact-consent-basis = grond voor contact
fact-inbound-share = aandeel van het contact dat van hen uitging
fact-score = score
fact-roles-missing = lijst van ontbrekende rollen
fact-id = id
fact-name = naam
fact-stage = fase
fact-source = herkomst
fact-topic = onderwerp
fact-country = land
fact-region = regio
fact-zone = tijdzone
fact-language = taal
fact-owner = eigenaar
fact-value = waarde
fact-churn = verloop
fact-open = open
fact-title = functie
fact-role = rol
fact-roles = rollen
fact-is-a = is een
fact-legal-form = rechtsvorm
fact-influence = invloed
fact-stance = houding
fact-do-not-call = niet bellen
fact-do-not-email = niet mailen
fact-objected = bezwaar
fact-has = bereikbaar
fact-consent = toestemming
fact-industry = branche
fact-employees = aantal medewerkers
fact-customer = klant
fact-replied = gereageerd
fact-answered = beantwoord
fact-waiting = wachtend
fact-waiting-for = tijd dat ze al wachten
fact-question = wat op ons antwoord wacht
fact-knows = bekend

# Feiten die gelden of niet

needs-reply = een reactie
needs-no-reply = geen reactie
needs-answered = antwoord op alles wat ze vroegen
needs-not-answered = een vraag van hen die nog op antwoord wacht
needs-waiting = iemand die iets vroeg en daarna niet bereikt is
needs-not-waiting = niemand die iets vroeg en daarna niet bereikt is
needs-open = een open lead
needs-closed = een gesloten lead
needs-is-a = { $role }
needs-is-no = iemand die geen { $role } is
needs-knows = een bekende { $role }
needs-knows-no = geen bekende { $role }
needs-do-not-call = iemand die vroeg om niet gebeld te worden
needs-may-call = iemand die gebeld mag worden
needs-do-not-email = iemand die vroeg om geen mail te krijgen
needs-may-email = iemand die gemaild mag worden
needs-objected = iemand die bezwaar maakte tegen contact
needs-not-objected = iemand die geen bezwaar maakte
needs-way = een manier om contact op te nemen
needs-no-way = geen manier om contact op te nemen
needs-ground = een grond voor contact
needs-no-ground = geen grond voor contact
needs-customer = een klant
needs-no-customer = een bedrijf dat nog geen klant is
saw-not-known = wat niet bekend is
saw-one = die was er
saw-none = die was er niet
saw-nothing-waits = er wacht niets
saw-something-waits = er wacht iets
saw-open = deze is open
saw-closed = deze is gesloten
saw-there-is = die is er
saw-there-is-none = die is er niet
saw-person-did = deze persoon deed dat
saw-person-did-not = deze persoon deed dat niet
saw-person-may = deze persoon mag dat
saw-person-may-not = deze persoon mag dat niet
saw-person-is = dat is deze persoon
saw-person-is-not = dat is deze persoon niet
saw-account-is = dat is dit bedrijf
saw-account-is-not = dat is dit bedrijf niet

# A simulation

simulate-note = Dit vergelijkt aannames en voorspelt niets: verkopers volgen elk advies, en klanten antwoorden zoals het antwoordmodel zegt
