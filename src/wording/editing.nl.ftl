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
