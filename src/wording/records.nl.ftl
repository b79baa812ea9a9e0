# Waarom leads, verkopers, content en kolommen geweigerd worden, in het Nederlands. De zinnen volgen op het pad van een veld: "people[0].zone: ontbreekt".

record-at = { $place }: { $reason }
record-on-line = regel { $line }
record-of-lead = lead { $lead }

# Het bestand

record-file-utf16 = het bestand staat in UTF-16; sla het op als UTF-8
record-file-utf32 = het bestand staat in UTF-32; sla het op als UTF-8
record-file-empty = het bestand is leeg
record-file-too-large = het bestand is { $size } bytes; er kunnen er hoogstens { $most } in, dus splits het
record-file-cut-off = het bestand is meer dan { $most } bytes; wat daarna komt is weggelaten, dus splits het
record-file-not-json = het bestand is geen JSON: het begint met "{ $written }", niet met { "{" } of [
record-too-many-leads = het bestand heeft meer dan { $most } leads; splits het
record-too-many-reps = het bestand heeft meer dan { $most } verkopers; laat wie weg is eruit
record-too-many-contents = het bestand heeft meer dan { $most } stukken content; laat weg wat geen regel aanbiedt
record-too-many-fields = hiermee heeft het bestand meer dan { $most } verschillende velden; laat de velden weg die geen regel leest
record-more-problems = nog { $count } { $count -> [one] probleem staat *[other] problemen staan } niet in de lijst; herstel deze eerst
record-after-list = er staat iets na de ] van deze lijst
record-after-object = er staat iets na het einde van het object; gebruik NDJSON voor één lead per regel
record-no-brace = het bestand eindigt te vroeg: de laatste { "}" } ontbreekt
record-no-bracket = het bestand eindigt te vroeg: de ] van deze lijst ontbreekt
record-no-member = "{ $written }" is geen "naam": waarde
record-part-twice = staat er tweemaal; de eerste telt
record-part-unknown = is geen deel van een leadbestand; dat heeft leads, reps en content
record-part-meant = is geen deel van een leadbestand; bedoelde je "{ $meant }"?

# De tekst van een record

record-line = een regel moet één object { "{...}" } bevatten, en begint met "{ $written }"
record-after-record = er staat iets na de { "}" } van het record; schrijf één record per regel
record-cut = het bestand eindigt midden in dit record
record-two-commas = is leeg: er volgen twee komma's op elkaar
record-too-deep = heeft haakjes binnen haakjes, { $depth } diep; hoogstens { $most } kan
record-not-utf8 = bevat bytes die geen UTF-8 zijn (op regel { $line } ervan); sla het bestand op als UTF-8
record-ends-early = het record eindigt te vroeg: een haakje of aanhalingsteken is niet gesloten
record-no-number = { $written } is in JSON geen getal; laat het veld weg als het niet bekend is{ $place }
record-number-too-large = { $written } is een getal dat voor elke computer te groot is; kijk naar de cijfers{ $place }
record-not-json = is geen geldige JSON bij "{ $near }"{ $place }
record-on-its-line = { " " }(regel { $line } van het record)

# Soorten waarden

record-misfit = moet { $must } zijn, en is { $found }
record-the-number = het getal { $number }
record-the-text = de tekst "{ $text }"
an-object = een object
true-or-false = true of false
a-whole-number = een heel getal, zonder decimale punt geschreven
a-field-value = true of false, een getal of een tekst
record-field-unknown = is geen veld van het leadformaat; hier bekend: { $known }
record-field-meant = is geen veld van het leadformaat; bedoelde je "{ $meant }"? De eigen gegevens van het team staan onder "fields"
record-word-unknown = "{ $written }" is niet één van { $known }
record-word-meant = "{ $written }" is niet één van { $known }; bedoelde je "{ $meant }"?
record-missing = ontbreekt
record-no-value = heeft geen waarde
record-twice = staat er tweemaal
record-long-name = is een veldnaam van { $size } bytes; hoogstens { $most } kan
record-long-text = is een tekst van { $size } bytes; hoogstens { $most } kan
record-empty-text = is een lege tekst; laat het veld weg als het niet bekend is

# Waarden van velden

record-outside = moet tussen { $low } en { $high } liggen, en is { $found }
record-beyond = { $found } gaat elk echt bedrag te boven; kijk naar de cijfers
record-negative = moet 0 of meer zijn, en is { $found }
record-language = "{ $written }" is geen taal; schrijf twee letters, zoals nl of en
record-too-many-entries = heeft { $count } onderdelen; hoogstens { $most } kan
record-same-id = een eerdere lead heeft dit id; de eerste telt, met wat iemand in een van beide weigert
record-rep-twice = "{ $id }" is ook het id van een eerdere verkoper
record-content-twice = "{ $id }" is ook het id van eerdere content
record-person-twice = "{ $id }" is ook het id van een eerdere persoon
record-alias-twice = "{ $id }" is ook een id van een eerdere persoon
record-human-twice = "{ $human }" is ook de mens achter een eerdere persoon; noem die één keer, met aliassen
record-person-unknown = "{ $id }" hoort niet bij de personen van deze lead; wie weg is blijft erbij staan, met left_at
record-person-meant = "{ $id }" hoort niet bij de personen van deze lead; bedoelde je "{ $meant }"?
record-other-account = is "{ $own }", en naast het record is het account "{ $given }"; geef tweemaal hetzelfde, of laat er één weg
record-human-too-large = "{ $id }" verbindt { $leads } leads van verschillende accounts; hoogstens { $most } worden samen beslist, dus kijk of het voor één mens staat
record-account-too-large = er kwamen al { $most } leads van dit account, of van accounts die er door personen aan vastzitten; een groep zo groot is geen account, dus geef elk een eigen id
record-step = stappen tellen vanaf 1
record-acknowledges = alleen een contact van ons bevestigt de ontvangst; geef het de richting "outbound", of laat dit weg
record-before-given = ligt voor given_at
record-before-sent = ligt voor sent_at
record-until-from = moet na from liggen
record-until-at = moet na at liggen
record-until-not-snoozed = hoort alleen bij het oordeel "snoozed"
record-until-missing = ontbreekt; zeg tot wanneer het uitgesteld is

# Opmerkingen

record-rep-unknown-once = de verkoper "{ $id }" wordt één keer genoemd en staat niet bij de verkopers van dit bestand
record-rep-unknown = de verkoper "{ $id }" wordt { $times } keer genoemd en staat niet bij de verkopers van dit bestand
record-backup-unknown = de vervanger "{ $id }" staat niet bij de verkopers van dit bestand

# Kolommen van een tabel

table-values = heeft { $count } waarden; het moeten er { $needed } zijn
table-marks = heeft { $count } tekens in known; het moeten er { $needed } zijn
table-of-numbers = moet uit getallen bestaan
table-of-bytes = moet uit bytes bestaan
table-of-codes = moet uit codes en woorden bestaan
table-word = heeft op plaats { $place } het woord "{ $word }": dat { $why }
table-text = is "{ $text }": dat { $why }
table-empty-text = is leeg; markeer de rij als niet bekend
table-long-text = heeft { $size } bytes; hoogstens { $most } kan
table-spelled = moet geschreven zijn als { $spelling }
table-language = is geen taal; schrijf twee letters, zoals nl of en
table-no-word = is geen woord dat het leadformaat hier kent
table-starts = heeft { $count } waarden; het moeten er { $needed } zijn, één meer dan er leads zijn
table-first-start = moet met 0 beginnen
table-start-back = is { $end }, minder dan de { $start } ervoor
table-start-far = geeft één lead er { $count }; hoogstens { $most } kan
table-unknown-column = is hier geen kolom; bekend zijn { $known }
table-bits = heeft bits voorbij de { $count } woorden van zijn lijst
table-number = is { $found }; het moet een getal van { $low } tot { $high } zijn, of niet bekend
table-whole-number = is { $found }; het moet een heel getal van { $low } tot { $high } zijn, of niet bekend
table-code = is de code { $code }; er zijn { $count } woorden, geteld vanaf 0
table-too-many-leads = is { $count }; hoogstens { $most } leads kan
table-lead-twice = is "{ $id }", net als bij een eerdere lead
table-not-added = is "{ $id }", een lead die er niet bij kan: { $why }
table-not-known = moet bekend zijn
table-person-twice = is "{ $id }", net als bij een eerdere persoon van deze lead
table-person = is { $number }; de lead heeft { $count } personen, geteld vanaf 0
table-acknowledges = is waar bij een signaal van hen; alleen een contact van ons bevestigt de ontvangst
table-getter = is niet te lezen: de getter geeft een fout
table-no-object = zijn geen object zoals { "{ size: 2, fields: { budget: new Float64Array([1, 2]) } }" }
table-size = moet zeggen hoeveel leads er zijn, hoogstens { $most }
table-unknown-part = is niet bekend; bekend zijn size, ids, lead, fields, people, signals
table-no-columns = moet een object zijn met kolommen bij naam
table-no-texts = moet een lijst van teksten zijn
table-no-text = moet een tekst zijn
table-no-starts = moet een Uint32Array zijn
table-no-marks = moet een Uint8Array zijn
table-no-codes = moet een Uint8Array, Uint16Array of Uint32Array zijn
table-no-values = moet een Float64Array zijn, een Uint8Array voor ja en nee, { "{ values, known }" } of { "{ codes, words, known }" }
table-shortened = is er niet meer: de array is veranderd
