# Wat over bestanden die gelezen worden gezegd wordt, in het Nederlands.

failure-read = kan { $file } niet lezen
failure-not-found = er is geen bestand of map die zo heet
failure-not-found-help = kijk naar de spelling, en in welke map je bent
failure-not-allowed = je hebt er geen toegang toe
failure-not-allowed-help = vraag toegang, of kopieer het bestand naar een map van jezelf
failure-no-file = het is een pijp of een apparaat, en geen bestand
failure-no-file-help = sla de regels op als bestand en noem dat
failure-full = de schijf is vol
failure-full-help = maak ruimte, of schrijf naar een andere schijf; een bestand dat er al stond is niet veranderd
failure-is-folder = het is een map
failure-is-folder-help = noem een bestand in die map
failure-system = het systeem meldt in het Engels: "{ $words }"
failure-file-help = kijk of het een bestand is dat open kan
failure-no-rules = geen regelbestanden in { $places }
failure-no-rules-why = geen bestand daarin eindigt op .rhai
failure-no-rules-help = noem een regelbestand, of een map waar er een paar in staan
failure-settings = { $file } is geen bestand met instellingen
failure-manifest = { $file } is niet als regelboek te gebruiken
failure-manifest-alone = { $file } noemt zijn regelbestanden zelf, en er worden andere bij gegeven
failure-manifest-alone-help = geef alleen het regelboek, of regelbestanden zonder
failure-outside = { $file } is geen bestand in de map van zijn regelboek
failure-outside-help = zet het daar: een regelboek leest niets buiten zijn eigen map, en volgt geen koppeling eruit
failure-set = --set { $setting } zegt niet welke waarde
failure-set-help = schrijf naam=waarde, bijvoorbeeld hot_visits=3 of answer_within=4.hours
