# Wat alleen de opdracht `cadans` zegt, in het Nederlands.

# Aantallen

leads = { $count } { $number -> [one] lead *[other] leads }
files = { $count } { $number -> [one] bestand *[other] bestanden }
rule-files = { $count } { $number -> [one] regelbestand *[other] regelbestanden }
errors = { $count } { $number -> [one] fout *[other] fouten }
warnings = { $count } { $number -> [one] waarschuwing *[other] waarschuwingen }
bytes = { $count } { $number -> [one] byte *[other] bytes }
notes = { $count } { $number -> [one] opmerking *[other] opmerkingen }
examples = { $count } { $number -> [one] voorbeeld *[other] voorbeelden }

# Terwijl er gewerkt wordt

busy-reading = Leest { $what }
busy-deciding = Beslist
busy-advice = Schrijft het advies
busy-examples = Probeert { $examples }

# De wachtrij

column-lead = lead
column-channel = kanaal
column-person = persoon
column-rep = door
column-window = moment (hun tijd)
column-rule = regel
column-reason = reden
column-left = lead, contact, hun tijd
column-right = waarom (regel)
queue-touch = contact
queue-find = zoeken
queue-hand-over = overdragen
queue-wait = wachten
queue-hold = nu niet
queue-the-role = de { $role }
queue-to-team = aan { $team }
queue-by = door { $rep }
queue-automatic = een systeem
queue-bring = Neem mee: { $offer }
queue-ask = Vraag: { $question }
queue-for-nobody = Voor niemand: { $count }, zonder eigenaar die bij de verkopers staat ({ $leads })
queue-late = { $window }, { $late } te laat
queue-look-again = kijk opnieuw { $moment }
queue-first = de eerste { $most } van { $all } getoond
queue-refused = { $count } geweigerd
queue-all = --all toont ook de leads die wachten of nu niet mogen
tally = { $leads }: { $parts }
tally-touch = { $count } om contact mee op te nemen
tally-find = bij { $count } iemand zoeken
tally-hand-over = { $count } om over te dragen
tally-hold = bij { $count } mag het nu niet
tally-wait = { $count } kunnen wachten

# Momenten

today = vandaag
tomorrow = morgen
window-now = nu, tot { $end }
window-same-day = { $start }–{ $end }
window-end = tot { $end }

# De uitleg van één advies

why-asked-for = gevraagd voor { $moment }
why-label-when = wanneer
why-label-due = uiterlijk
why-label-who = wie
why-label-by = door
why-label-bring = met
why-label-ask = vraag
why-label-series = reeks
why-label-stage = fase
why-label-rule = regel
why-late = { $window }, { $late } te laat
why-due = { $due }
why-due-since = { $due }, geteld vanaf { $since }
why-step = { $cadence }, stap { $step }
why-stage-was = { $stage }, was { $was }
why-stage-because = { $stage }, was { $was }: { $because }
why-place = "{ $rule }", { $file } regel { $line }
why-notes = Let op
why-priority = Prioriteit
why-runners-up = Wat ook zou kunnen
why-blocks = Wat nu niet mag
why-near-misses = Regels die bijna gelden
why-faults = Regels die niet uit te rekenen waren
why-factor-p = kans op antwoord
why-factor-c = gewicht van het moment
why-factor-v = waarde
why-factor-l = hefboom
why-behind = { $total } ({ $behind } minder)
why-rule = regel { $place }
why-lifts-at = mag weer { $moment }
why-lifts-never = wet of toestemming: geen regel en niemand kan dit opheffen
why-lifts-with-record = mag weer als de gegevens veranderen
why-gate-eligible = niet toegestaan
why-gate-applicable = heeft nu geen zin
why-gate-suitable = niet in het belang van de klant
why-gate-policy = contactbeleid
why-stops = houdt { $rules } tegen
why-stops-because = houdt { $rules } tegen vanwege { $place }
why-for-person = { $rule } voor { $person }
why-contact = { $channel } naar { $person }
why-yes = ja
why-no = nee
why-until = Zonder nieuws van de lead geldt dit tot { $moment }
why-times = Tijden zonder zone zijn die van --now ({ $offset })
why-until-news = Dit geldt tot er nieuws van de lead is

# Bevindingen in regelbestanden

finding-why = waarom
finding-help = doe dit
finding-also = ook
finding-fixed = dus
finding-at = op
findings-nothing-wrong = niets mis
findings-verbose = --verbose toont ook { $notes }
packs-errors = { $errors } in de regelbestanden
packs-left-out = waar ze in staan doet niet mee
packs-law-waits = een wet die niet te lezen is houdt elk contact tegen dat die kan verbieden
packs-see-check = om de regels te zien en wat je eraan doet: cadans check, met dezelfde bestanden
packs-passed-over = { $folder } overgeslagen: die is met opzet kapot; noem de map zelf om hem te lezen

# Voorbeelden

test-passed = goed
test-failed = FOUT
test-line = regel
test-expected = verwacht
test-came = gekregen
test-differs = verschil
test-summary = { $passed } goed, { $failed } fout
test-none = Er staan geen voorbeelden in deze bestanden
test-row = { $example }, rij { $row }
test-row-named = { $example }, rij { $row }: { $name }
test-holds = ja
test-holds-not = nee
test-conditions = Voorwaarden van "{ $rule }", { $held } van { $of }:
test-conditions-person = Voorwaarden van "{ $rule }" voor { $person }, { $held } van { $of }:
aspect-action = wat
aspect-person = voor wie
aspect-offer = aanbod
aspect-question = vraag
aspect-begins = begint
aspect-rule = door
aspect-reason = reden
aspect-since = sinds
aspect-due = uiterlijk
aspect-blocked = tegengehouden door
sarif-failed = Een voorbeeld komt niet uit zoals het zegt
sarif-not-covered = Geen voorbeeld probeert dit
failure-no-example = er is geen voorbeeld "{ $name }" in deze bestanden
failure-no-example-help = cadans test zonder --example noemt hun namen
failure-no-row = het voorbeeld "{ $name }" heeft geen rij { $row }
failure-no-row-help = de laatste rij is { $last }; de rij met namen van kolommen telt niet mee
failure-no-rows-help = het heeft geen rijen: laat --row weg
watch-waits = Wacht tot een regelbestand verandert. Ctrl-C stopt.
watch-changed = { $file } is veranderd
coverage-side-always = in geen voorbeeld onwaar
coverage-side-never = in geen voorbeeld waar
coverage-side-not-reached = in geen voorbeeld aan de beurt
coverage-never-holds = kan voor geen lead gelden: herstel het of haal het weg
coverage-failed = kon in geen voorbeeld worden bepaald
coverage-not-tried = door geen voorbeeld geprobeerd
coverage-never-held = geldt in geen voorbeeld
coverage-always-held = geldt in elk voorbeeld
coverage-policy-no-effect = in geen voorbeeld zou het advies zonder dit anders zijn
coverage-policy-always = in geen voorbeeld wordt een contact geadviseerd dat dit met rust laat
coverage-step = stap { $number } van { $what }
coverage-step-not-advised = in geen voorbeeld geadviseerd
coverage-all = Alles samen
coverage-counts = opdrachten { $statements }, kanten { $sides }, samen { $percent } %
coverage-of = { $covered } van { $of }
coverage-nothing = niets om te dekken
coverage-no-examples = Het heeft geen voorbeelden
coverage-failed-examples = Niet meegeteld, want mislukt: { $examples }
coverage-interpreted = Kanten zijn niet bekend waar een voorwaarde geïnterpreteerd wordt: { $statements }
coverage-reached = Dat is minstens de { $min } % van --min
coverage-not-reached = Dat is minder dan de { $min } % van --min
statements = { $count } { $count -> [one] opdracht *[other] opdrachten }

# Leads

intake-refused-in = geweigerd in { $file }
intake-refused-of = { $count } van de { $leads } geweigerd in { $file }
intake-note = let op
intake-line = regel { $line }
intake-file = bestand
intake-standard-input = standaardinvoer
import-done = { $leads } in { $file }

# Als de opdracht zijn werk niet kon doen

failure-error = fout:
failure-to-do = doe dit:
failure-because = { $what }: { $why }
failure-no-code = er is geen code { $code }
failure-no-code-help = codes staan tussen vierkante haken achter wat er mis is, zoals [unknown-fact]
failure-read = kan { $file } niet lezen
failure-write = kan { $file } niet schrijven
failure-not-found = er is geen bestand of map die zo heet
failure-not-found-help = kijk naar de spelling, en in welke map je bent
failure-not-allowed = je hebt er geen toegang toe
failure-not-allowed-help = vraag toegang, of kopieer het bestand naar een map van jezelf
failure-no-file = het is een pijp of een apparaat, en geen bestand
failure-no-file-help = sla de regels op als bestand en noem dat
failure-full = de schijf is vol
failure-full-help = maak ruimte, of schrijf naar een andere schijf; een bestand dat er al stond is niet veranderd
failure-out-is-input = { $file } wordt gelezen en zou overschreven worden
failure-out-is-input-why = de uitvoer zou op de plaats van een van de invoerbestanden komen
failure-out-is-input-help = geef --out een andere naam
failure-is-folder = het is een map
failure-is-folder-help = noem een bestand in die map
failure-file-help = kijk of het een bestand is dat open kan
failure-too-large = { $file } is te groot
failure-too-large-why = een bestand heeft ten hoogste { $most }
failure-too-large-help = splits het in meer bestanden
failure-print = kan het antwoord niet afdrukken
failure-print-help = kijk waar de uitvoer heen gaat: is de schijf vol?
failure-csv = kan geen CSV schrijven
failure-csv-help = probeer --format json
failure-no-leads = geen leads in { $file } die te lezen zijn
failure-no-leads-import = geen leads in { $files }
failure-above = wat er mis is staat hierboven
failure-no-leads-help = lees de pagina over het leadformaat, of maak een leadbestand met cadans import
failure-no-leads-import-help = kijk of de bestanden zijn wat cadans import --help van deze soort zegt
failure-mapping = { $file } is geen mapping
failure-mapping-help = verbeter dit; de pagina over het leadformaat laat een mapping zien
failure-format = niet te zien wat voor leadbestand { $file } is
failure-format-why = het lijkt op JSON noch op NDJSON
failure-format-help = voeg voor CSV --mapping toe, met het mappingbestand dat zegt welke kolom welk veld is
failure-no-lead = geen lead "{ $id }"
failure-no-lead-why = geen van de { $leads } heeft deze id
failure-no-lead-help = geef een id zoals het in het leadbestand staat, bijvoorbeeld { $id }
failure-no-lead-empty = er zijn geen leads: ze werden allemaal geweigerd
failure-no-rep = geen verkoper "{ $name }"
failure-no-rep-why = geen van de { $reps } verkopers heeft dit id of deze naam, of meer dan een
failure-no-rep-help = geef het id van een verkoper zoals het in het leadbestand staat, zoals { $id }
failure-no-rep-empty = het leadbestand heeft geen verkopers
failure-import-mapping = import { $kind } vraagt om --mapping
failure-import-mapping-why = alleen jij weet wat de kolommen betekenen
failure-import-mapping-help = schrijf een mappingbestand; de pagina over het leadformaat laat zien hoe
failure-lead-file = kan het leadbestand niet schrijven
failure-no-rules = geen regelbestanden in { $places }
failure-no-rules-why = geen bestand daarin eindigt op .rhai
failure-no-rules-help = noem een regelbestand, of een map waar er een paar in staan
failure-setting = --set: { $what }
failure-set = --set { $setting } zegt niet welke waarde
failure-set-help = schrijf naam=waarde, bijvoorbeeld hot_visits=3 of answer_within=4.hours
failure-text = een tekst kon niet worden gemaakt

# A simulation

busy-simulating = Simuleren
simulate-title = Een simulatie
simulate-about = { $leads }, { $reps }, { $days } vanaf { $start } in stappen van { $step }; antwoordmodel "{ $model }"; seeds: { $seeds }
simulate-rep-count = { $count } { $number -> [one] verkoper *[other] verkopers }
simulate-day-count = { $count } { $number -> [one] dag *[other] dagen }
simulate-incidents = Wat niet mag gebeuren
incident-promise-moved = beloften die vanzelf naar later schoven
incident-behind-other-work = vragen die achter ander werk van dezelfde verkoper stonden
incident-somebody-else = contacten met een ander terwijl de vrager te bereiken was
incident-other-channel = antwoorden over een ander kanaal dan dat van de vraag, dat open was
incident-unadvised = vragen in de wacht of zonder iets te doen, zonder wet, uren of tijdzone als reden
incident-same-rule = dezelfde regel driemaal in twee weken aan dezelfde persoon
incident-same-offer = aanbod van wat de persoon al heeft
incident-day-off = contacten op een vrije dag van de verkoper
incident-after-conversation = contacten binnen een werkdag na een echt gesprek
incident-away-or-gone = contacten met iemand die weg was of vertrokken is
simulate-questions = Vragen van klanten
simulate-forms = Formulieren
simulate-forms-in-hours = Formulieren die in werktijd kwamen, in werktijd
simulate-asked = gevraagd
simulate-answered = beantwoord, of geprobeerd
simulate-reached = bereikt
simulate-median = eerste antwoord, mediaan
simulate-nine-in-ten = eerste antwoord, negen van de tien
simulate-held = opgehouden door wet, uren of tijdzone
simulate-median-others = eerste antwoord aan de anderen, mediaan
simulate-nine-in-ten-others = eerste antwoord aan de anderen, negen van de tien
simulate-longest = formulieren die het langst wachtten
simulate-work = Contacten
simulate-touches = contacten
simulate-by-channel = per { $channel }
simulate-automatic = door een systeem verstuurd
simulate-appointments = nagekomen afspraken
simulate-tasks = mensen te vinden, leads over te dragen
simulate-touched = leads met contact
simulate-lead-median = contacten per lead met contact, mediaan
simulate-lead-nine-in-ten = contacten per lead met contact, negen van de tien
simulate-lead-most = contacten per lead met contact, de meeste
simulate-without-rep = leads met iets te doen en geen verkoper
simulate-declined = adviezen die verkopers afwezen
simulate-snoozed = adviezen die verkopers uitstelden
simulate-reps = Verkopers, met hun belasting
simulate-load = belasting
simulate-rep = { $rep }
simulate-stages = Leads per fase, begin en eind
simulate-blocked = Leads waar iets werd tegengehouden, per beleid
simulate-blocked-by = { $policy }, { $statement }
simulate-percent = { $number } %
simulate-minutes = { $number } min
simulate-hours = { $number } uur
simulate-days = { $number } dagen
simulate-case-rep = door { $words }
simulate-case-rule = "{ $words }"
simulate-case-since = sinds { $words }
simulate-case-due = was beloofd voor { $words }
simulate-case-other = naast { $words }
simulate-keep = De opdrachten lezen het bestand dat --keep BESTAND schrijft
simulate-chart = Contacten per dag
failure-model = { $file } is geen antwoordmodel
failure-model-help = cadans simulate --print-model drukt er een af die klopt, om te wijzigen

# Wat verschilt tussen twee verzamelingen regels

diff-title = Wat er in de regels verandert
diff-same = Beide zeggen hetzelfde
diff-rewritten = Anders geschreven, met dezelfde betekenis: { $titles }
diff-used-by = gebruikt door { $users }
diff-broken-before = Ervoor: { $file } heeft { $errors }; de eerste, in regel { $line }: { $message }
diff-broken-after = Erna: { $file } heeft { $errors }; de eerste, in regel { $line }: { $message }
diff-advice = { $count } van { $leads } krijgen ander advies op { $moment }
diff-before = ervoor
diff-after = erna
diff-lead = lead
diff-moved = { $lead } van { $before } naar { $after }
diff-same-rule = Hetzelfde advies van een andere regel: { $leads } ({ $examples })
diff-same-priority = Hetzelfde advies met een andere prioriteit: { $leads } ({ $examples })
diff-same-place = Hetzelfde advies op een andere plaats in de rij: { $leads } ({ $examples })
diff-same-review = Hetzelfde advies tot een ander moment: { $leads } ({ $examples })
busy-history = De geschiedenis lezen
log-uncommitted = nog niet vastgelegd
log-cut-off = Deze kloon is ondiep: wat voor de oudste commits ervan is gedaan, is hier niet. git fetch --unshallow haalt het op
log-unread = { $file } heeft { $errors } in { $commit }; wat ervan te lezen is, wordt verteld
log-gone = { $title } (weg)
log-none = Hier geen wijzigingen van regels of instellingen
log-not-known = niet in de geschiedenis die hier is
failure-history = de geschiedenis kan niet worden gelezen
failure-no-git = het programma git is niet gevonden
failure-no-git-help = installeer git, of vergelijk twee mappen: cadans diff OUD NIEUW
failure-no-repository = dit staat in geen git-repository
failure-no-repository-help = noem bestanden in een repository, of maak er een: git init, git add, git commit
failure-git-help = kijk of git log in die map werkt
failure-no-revision = er is geen revisie { $revision }
failure-no-revision-why = git kent hier geen commit met die naam
failure-no-revision-help = noem een branch, een tag of een commit: main, HEAD~1, v1.2; in een ondiepe kloon kan die ontbreken
failure-no-rules-then = er waren er geen bij { $revision }
failure-other-repository = { $path } staat in een andere repository
failure-other-repository-why = het eerste pad staat in { $top }
failure-other-repository-help = vraag elke repository apart
failure-two-sides = twee verzamelingen regels worden vergeleken
failure-two-sides-why = er zijn er { $count } gegeven
failure-two-sides-help = schrijf cadans diff OUD NIEUW, elk een bestand of map, of cadans diff --from REV BESTAND
failure-blame = kan { $file } niet toewijzen
failure-blame-why = het is geen regelbestand, instellingenbestand of rulebook.toml dat hier is
failure-blame-help = noem een bestand dat eindigt op .rhai of .settings.toml; cadans log heeft ook wat weg is

# Opmaak

fmt-changed = opnieuw opgemaakt: { $file }
fmt-would-change = zou opnieuw worden opgemaakt: { $file }
fmt-summary = { $changed } opnieuw opgemaakt, { $same } zoals ze waren, { $refused } met rust gelaten
fmt-would-summary = { $changed } zouden opnieuw worden opgemaakt, { $same } blijven zoals ze zijn, { $refused } met rust gelaten
fmt-syntax = { $file } bleef zoals het is: herstel dit eerst
failure-stdin-beside-files = - staat voor standaardinvoer, en daar horen geen bestanden naast
failure-not-utf8 = het is geen UTF-8
failure-not-utf8-help = sla het op als UTF-8, en kijk of de accenten kloppen
failure-layout = interne fout: { $file } bleef zoals het is
failure-layout-why = de opmaak zou niet zeggen wat het bestand zegt
failure-layout-help = dit is een fout van Cadans; meld het met het bestand erbij
propose-none = er is geen lead gevonden waarvoor regel "{ $rule }" van { $file } wint: schrijf zelf een voorbeeld
propose-all = Elke regel heeft een voorbeeld dat haar laat winnen
