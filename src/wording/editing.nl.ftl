# Wat de functies voor schrijvers van regels zeggen, in het Nederlands.

# Wat een statement doet (src/pack/form_descriptions.rs): "rule" ...

statement-pack = geeft het pakket zijn naam, versie, taal, schrijver en periode
statement-fact = legt een eigen gegeven vast, dat leads als veld hebben
statement-setting = geeft een naam aan een waarde die een manager kan veranderen zonder een regel te veranderen
statement-enter = brengt een lead naar een fase
statement-rule = stelt contacten voor bij de leads waarvoor de regel geldt
statement-never = verbiedt een kanaal
statement-limit = staat hoogstens zoveel contacten toe in elke periode van die lengte
statement-reachable = staat een kanaal alleen toe op deze uren, in de tijd van de persoon zelf
statement-holidays = voegt dagen toe aan de feestdagen van een land
statement-pause = verbiedt een kanaal een tijd lang na het laatste signaal erop
statement-cadence = stelt een reeks contacten voor, het een na het ander
statement-example = zegt wat er voor een lead geadviseerd moet worden; `cadans test` kijkt het na
statement-goal = zegt wat het team wil bereiken, en wanneer; er wordt nog niets mee gedaan
statement-effort = zegt hoeveel tijd een contact een verkoper kost; er wordt nog niets mee gedaan
statement-budget = zegt voor hoeveel contacten het team ruimte heeft; er wordt nog niets mee gedaan
statement-const = geeft een waarde een naam
statement-fn = legt een hulpfunctie vast

# Wat een deel van het begin van een statement is

head-quoted-name = een naam tussen aanhalingstekens
head-stage = een fase tussen aanhalingstekens
head-identifier = een naam zonder aanhalingstekens
head-assignment = = en een waarde, die eenmaal wordt berekend
head-optional-map = een map, die weg mag blijven
head-channel = een kanaal, of any
head-count = een heel getal, of een instelling
head-length = een tijdsduur, zoals 2.days
head-opening-hours = openingstijden tussen aanhalingstekens, zoals "Mo-Fr 09:00-17:30"
head-country = de code van een land tussen aanhalingstekens
head-dates = een lijst van datums tussen aanhalingstekens
head-parameters = de namen van de parameters tussen haakjes
head-body = wat eruit komt, tussen accolades

# Wat een onderdeel zegt

clause-as = het soort gegeven
clause-range = de laagste en de hoogste waarde die het mag hebben
clause-id = waaronder de regel bekend is in wat er is gedaan, ook als hij anders gaat heten
clause-formerly = de namen die de regel eerder had
clause-when = de voorwaarde waaronder dit geldt
clause-unless = de voorwaarde waaronder dit toch niet geldt
clause-then = het contact of de contacten die worden voorgesteld
clause-because = de reden, zoals de verkoper die leest
clause-because-text = waar het voor is, of waar het vandaan komt
clause-per = de lengte van de periode waarin contacten worden geteld
clause-per-budget = de lengte van de periode waarvoor het budget is
clause-across = wiens contacten samen worden geteld
clause-across-cadence = wiens stappen samen worden geteld
clause-across-budget = wiens contacten samen worden geteld: die van het team, of van elke verkoper
clause-steps = de contacten, op volgorde
clause-until = de voorwaarde waaronder de reeks ophoudt
clause-until-goal = de laatste dag die meetelt
clause-again-after = hoe lang na de laatste stap de reeks opnieuw mag beginnen
clause-given = de lead, de mensen en de signalen
clause-expect = wat er geadviseerd moet worden
clause-measure = wat er wordt gemeten: wat het werk heeft opgeleverd
clause-target = waar de maat op uit moet komen
clause-for = het team of de verkoper wiens doel het is
clause-agreed-by = wie het heeft afgesproken

# Wat een onderdeel bevat

content-condition = waar of onwaar
content-touches = een contact, of een lijst van contacten
content-steps = een lijst van contacten
content-expected = een contact, wait of hold
content-sentence = een zin
content-given = een map met de velden van een lead
content-text = een tekst
content-names = een tekst, of een lijst van teksten
content-type = truth, number, text of time
content-integer-range = een bereik van hele getallen, zoals 1..=10
content-length = een tijdsduur, zoals 7.days
content-scope = een woord tussen aanhalingstekens
content-measure = een maat, zonder aanhalingstekens
content-number = een getal boven 0
content-date = een dag tussen aanhalingstekens, zoals "2027-03-31"

# Analyses: wat zonder lead zeker is over regels, en wat niet te zeggen is.
analysed-rule = rule "{ $name }"
analysed-cadence = cadence "{ $name }"
analysed-enter = enter "{ $stage }"
analysed-never = never { $channel }
analysed-limit = limit { $channel } { $most } per { $per }
analysed-reachable = reachable { $channel }
analysed-pause = pause { $channel }
cannot-tell = niet te zeggen { $question }
    .why = { $reason }
cannot-tell-interpreted = een deel van de voorwaarde wordt geïnterpreteerd, zodat niet bekend is wat het nodig heeft
cannot-tell-too-many = de voorwaarde heeft meer gevallen dan er worden bekeken
cannot-tell-propensity = over een ander kanaal, of met een eigen factor, hangt het ervan af wat elk mens antwoordt
cannot-tell-closed = wie klant is of nee heeft gezegd, kan aan anderen zijn overgelaten
cannot-tell-country = de limiet geldt alleen voor mensen in sommige landen
cannot-tell-person = de stappen kunnen naar meer mensen gaan, en de limiet telt ieder apart
cannot-tell-side-by-side = de limiet staat in een ander pack, en het is niet bekend of beide samen worden gebruikt
never-holds = geen lead kan aan de voorwaarde van { $statement } voldoen
    .why = de eisen sluiten elkaar uit, of de uitzondering geldt overal waar ze zou opgaan
    .help = laat de verkeerde eis weg, of schrijf "or" tussen eisen die alternatieven zijn
never-holds-question = of een lead aan de voorwaarde van { $statement } kan voldoen
related-excludes = sluit dit uit
always-holds = elke lead voldoet aan de voorwaarde van { $statement }
    .why = ze is waar wat er ook van een lead bekend is, en zegt dus niets
    .help = schrijf "and" tussen wat allemaal zo moet zijn, of laat de voorwaarde weg waar dat mag
always-holds-question = of elke lead aan de voorwaarde van { $statement } voldoet
duplicate = { $statement } zegt wat { $first } zegt
    .why = beide gelden voor dezelfde leads en doen hetzelfde, dus deze voegt niets toe
    .help = laat een van de twee weg, of schrijf wat er verschilt
duplicate-question = of { $statement } voor dezelfde leads geldt als { $first }
related-same = zegt hetzelfde
shadowed = { $first } gaat altijd voor { $statement }
    .why = ze geldt overal waar deze geldt, over hetzelfde kanaal en met een hogere prioriteit, of dezelfde en eerder in het bestand
    .help = geef het bijzondere geval de hogere .weight, of zonder het met "unless" uit van het algemene
shadowed-by-wait = { $first } houdt { $statement } altijd tegen
    .why = ze geldt overal waar deze geldt en zegt wait, zodat er nooit iets van wordt geadviseerd
    .help = zonder het geval met "unless" uit van de regel die wacht
shadowed-question = of { $first } altijd voor { $statement } gaat
related-goes-first = gaat voor
always-forbidden = al wat { $statement } voorstelt is altijd verboden
    .why = verboden door { $policies }, overal waar ze geldt
    .help = stel een ander kanaal voor, of verander een van de twee
always-forbidden-question = of al wat { $statement } voorstelt altijd verboden is
related-forbids = verbiedt dit
stage-without-rule = geen regel kan gelden in de fase "{ $stage }"
    .why = een lead die daar komt, hoort niets meer
    .help = schrijf een regel of cadence voor deze fase, of laat er geen leads heen gaan
stage-without-rule-question = of er een regel ontbreekt voor de fase "{ $stage }"
cap-breaks-cadence = stap { $step } van { $cadence } komt altijd later dan er staat
    .why = { $number } contacten binnen { $within } zijn er meer dan { $limit } toelaat
    .help = zet de stappen verder uit elkaar, of kies andere kanalen
cap-breaks-cadence-question = of { $limit } altijd { $cadence } verstoort
related-cap = laat er minder toe
promise-never-kept = er is geen moment open voor wat { $statement } belooft
    .why = { $policies } en de tijden van het contact laten niets over
    .help = kies tijden waarop men bereikbaar is, of een ander kanaal
promise-never-kept-after = wat { $statement } belooft mag pas beginnen als de belofte voorbij is
    .why = .after telt vanaf nu, en de belofte uiterlijk ook vanaf nu
    .help = maak .within langer dan .after
promise-never-kept-held = { $policies } houdt altijd tegen wat { $statement } belooft
    .why = overal waar de regel geldt, was het laatste contact te kort geleden voor een volgend contact binnen de belofte
    .help = beloof een langere tijd, of een ander kanaal
promise-never-kept-question = of de belofte van { $statement } ooit te houden is
related-keeps-back = staat in de weg

# Wat verschilt tussen twee versies van packs

compare-became = { $before } werd { $after }
compare-of-became = { $subject }: { $before } werd { $after }
compare-moved = { $subject } van { $before } naar { $after }
compare-name = naam { $before } werd { $after }
compare-pack = verhuisd van pack "{ $before }" naar "{ $after }"
compare-what = { $subject } { $value }
compare-added = { $what } erbij
compare-gone = { $what } weg
compare-asks = { $clause } vraagt ook { $what }
compare-asks-not = { $clause } vraagt niet meer { $what }
compare-way-added = { $clause } geldt ook bij { $what }
compare-way-gone = { $clause } geldt niet meer bij { $what }
compare-in-step = contact { $number }: { $what }
compare-step-added = contact { $number } erbij: { $what }
compare-step-gone = contact { $number } weg: { $what }
compare-is-added = erbij
compare-is-removed = weg
compare-order-before = { $title } staat nu voor { $others }: waar ze gelden en even dringend zijn, wordt de eerste geadviseerd
compare-order-after = { $title } staat nu na { $others }: waar ze gelden en even dringend zijn, wordt de eerste geadviseerd
compare-order-enter-before = { $title } staat nu voor { $others }: van meer die gelden telt de laatste
compare-order-enter-after = { $title } staat nu na { $others }: van meer die gelden telt de laatste
compare-more = nog { $count }
compare-title-words = { $title } ({ $words })
compare-do-touch = een contact
compare-do-find = iemand vinden
compare-do-hand-over = overdragen
compare-do-wait = wachten
compare-do-hold = aanhouden
compare-other-action = van { $before } naar { $after }
compare-other-person = iemand anders
compare-other-rep = een andere verkoper
compare-other-due = moet op een ander moment
compare-other-window = op een andere tijd
compare-other-content = andere inhoud
compare-by = door { $what }
compare-brings = brengt { $what }
compare-asks-them = vraagt "{ $what }"
compare-due = moet voor { $what }
compare-says = regel "{ $rule }"
compare-no-review = bij het volgende signaal
compare-why = { $why }: { $what }
compare-why-rule-added = regel erbij
compare-why-rule-removed = regel weg
compare-why-rule-changed = regel gewijzigd
compare-why-setting = instelling verzet
compare-why-policy = beleid gewijzigd
compare-why-stage = fase-uitspraak gewijzigd
compare-why-helper = hulpfunctie of constante gewijzigd
compare-why-header = pack-regel gewijzigd
compare-why-pack-added = pack erbij
compare-why-pack-removed = pack weg
compare-why-order = volgorde gewijzigd
compare-why-statement = uitspraak gewijzigd
compare-why-several = meer wijzigingen samen
compare-cannot-tell = welke daarvan is niet te zeggen
compare-pack-order = de packs staan in een andere volgorde
compare-cut-off = stond er al voor de oudste commit die hier is
