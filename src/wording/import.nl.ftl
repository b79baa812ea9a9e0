# Wat importers weigeren, weglaten en opmerken, in het Nederlands.

# Bestanden en tabellen

import-no-file = er is geen bestand om in te lezen
import-csv-mapping = een CSV heeft een mapping met "leads" nodig, die zegt wat elke kolom betekent
import-log-mapping = een logboek van gebeurtenissen heeft een mapping met "log" nodig, die zegt wat elke activiteit betekent
import-cases-mapping = een tabel van zaken heeft "leads" in de mapping nodig
import-file-xlsx = het bestand is een werkmap (XLSX, ODS of een ander ZIP-bestand) en geen CSV; open het en sla het blad op als CSV in UTF-8
import-file-xls = het bestand is een werkmap (XLS) en geen CSV; open het en sla het blad op als CSV in UTF-8
import-file-workbook = het bestand is een werkmap en geen JSON; een tabel erin kun je opslaan als CSV in UTF-8 en lezen met een mapping
import-file-empty-zip = het bestand is een leeg ZIP-bestand; exporteer het opnieuw
import-file-gzip = het bestand is ingepakt met gzip; pak het eerst uit
import-file-pdf = het bestand is een PDF; exporteer de tabel zelf als CSV in UTF-8
import-file-parquet = het bestand staat in Parquet; exporteer de tabel als CSV in UTF-8
import-file-html = het bestand is een webpagina (HTML), wat de naam ook zegt; open het in een rekenblad en sla het op als CSV in UTF-8
import-file-xml = het bestand staat in XML, wat de naam ook zegt; open het in een rekenblad en sla het op als CSV in UTF-8
import-header-quote = in de kop gaat een aanhalingsteken open tot regel { $last }; sluit het (binnen een naam schrijf je het tweemaal)
import-header-unreadable = de kop is niet te lezen; sla het bestand opnieuw op als CSV in UTF-8
import-no-header = er is geen kop; de eerste regel moet de kolommen noemen
import-header-not-utf8 = de kop staat niet in UTF-8; in Windows-1252 staat er "{ $found }"; sla het bestand op als CSV in UTF-8
import-header-without = de gevonden kop is "{ $found }", zonder kolom { $columns }{ $cause }
import-cause-separator = ; de kolommen staan gescheiden door { $right }, en zijn gezocht tussen { $wrong }: sla het op met komma's
import-cause-mapping-separator = ; de kolommen staan gescheiden door { $right }, en zijn gezocht tussen { $wrong }: zet "separator" in de mapping
import-cause-below = ; een regel verderop heeft ze wel ("{ $below }"): haal weg wat erboven staat
import-a-tab = een tab
import-column-unknown = er is geen kolom "{ $column }"; de gevonden kop is "{ $found }"
import-column-meant = er is geen kolom "{ $column }"; bedoelde je "{ $meant }"?
import-column-unclear = de kop noemt de kolom "{ $column }" meer dan eens, dus het is niet duidelijk welke bedoeld is
import-column-doubled = de kop noemt de kolom "{ $column }" tweemaal; de eerste die niet leeg is telt, en bij afmeldingen een ja in welke ook
import-column-repeated = de kop noemt de kolom "{ $column }" { $times } keer; de eerste die niet leeg is telt, en bij afmeldingen een ja in welke ook
import-two-texts = deze rij heeft er "{ $first }" en "{ $other }" in staan
import-header-unlike-mapping = de kop heeft de kolommen van de mapping niet
import-row-width = deze rij heeft { $cells } cellen, en de kop { $header }
import-quote-closed-late = op regel { $line } gaat een aanhalingsteken open dat pas op regel { $last } sluit, wat van regel { $line } tot { $last } één rij zou maken; ze zijn één voor één gelezen: kijk ze na (binnen een tekst schrijf je een aanhalingsteken tweemaal, in een tekst met aanhalingstekens eromheen)
import-quote-not-closed = op regel { $line } gaat een aanhalingsteken open dat niet sluit, wat van regel { $line } tot { $last } één rij zou maken; ze zijn één voor één gelezen: kijk ze na (binnen een tekst schrijf je een aanhalingsteken tweemaal, in een tekst met aanhalingstekens eromheen)
import-quote-open-at-end = op regel { $line }, de laatste van het bestand, begint een aanhalingsteken dat niet gesloten wordt; het is gelezen als letter: kijk dat na (een aanhalingsteken in een tekst staat er tweemaal, in een tekst met aanhalingstekens eromheen)
import-quote-unclear = op regel { $line } gaat een aanhalingsteken open en het sluit op regel { $last }, dus dit kan één rij zijn of meer; er is er geen gelezen (binnen een tekst schrijf je een aanhalingsteken tweemaal, in een tekst met aanhalingstekens eromheen)
import-too-many-quotes = de tabel is niet verder te lezen: te veel aanhalingstekens zijn niet gesloten
import-row-not-utf8 = deze rij bevat bytes die geen UTF-8 zijn; sla het bestand op als UTF-8
import-row-repeats-header = deze rij herhaalt de kop
import-member-twice = { $path } staat er tweemaal; "{ $text }" is niet gebruikt
import-no-object = is geen JSON-object

# De mapping

import-mapping-not-json = de mapping is geen geldige JSON: { $why }
import-mapping-not-utf8 = de mapping bevat bytes die geen UTF-8 zijn; sla hem op als UTF-8
import-mapping-field-unknown = is geen veld van een mapping; hier bekend: { $known }
import-mapping-field-meant = is geen veld van een mapping; bedoelde je "{ $meant }"?
import-separator = moet één teken zijn, zoals , of ; of een tab (\t)
import-field-unknown = is geen veld dat een kolom kan vullen; hier bekend: { $known }
import-field-meant = is geen veld dat een kolom kan vullen; bedoelde je "{ $meant }"?
import-no-lead-id = ontbreekt: welke kolom is het id van de lead?
import-time-format = "{ $format }" is geen notatie van tijden; schrijf haar als %Y-%m-%d %H:%M:%S
import-time-format-zones = "{ $format }" noemt de tijdzone (%Z) tweemaal
a-value-source = de naam van een kolom of een object

# Cellen en waarden

import-no-time-as = "{ $written }" is geen tijd geschreven als { $format }
import-time-zone-word = "{ $written }" eindigt op "{ $word }", en dat is geen tijdzone die vaststaat; schrijf het verschil met UTC (%z), of noem de zone onder times.zone
import-time-without-zone = "{ $written }" heeft geen tijdzone, en de mapping noemt er geen onder times.zone
import-unlisted = "{ $written }" staat niet bij de waarden van de mapping
import-unlisted-opt-out = "{ $written }" staat niet bij de waarden van de mapping, en is geen bekend ja of nee; opgevat als ja{ $whose }
import-no-known-truth = "{ $written }" is geen bekend ja of nee; zeg onder "values" welk van de twee het is
import-no-whole-number-as = "{ $written }" is geen heel getal geschreven als { $notation }
import-no-number-as = "{ $written }" is geen getal geschreven als { $notation }
import-decimal-point = 1234.5 (voor 1.234,5 heeft de mapping decimal_comma nodig)
import-cell-taken-for-yes = "{ $written }" is geen bekend ja of nee; opgevat als ja{ $whose }
import-cell-taken-for-no = "{ $written }" is geen bekend ja of nee; opgevat als nee{ $whose }
import-cell-no-whole-number = "{ $written }" is geen heel getal; opgevat als niet bekend{ $whose }
import-cell-no-country = "{ $written }" is geen land; opgevat als niet bekend{ $whose }
import-cell-several-countries = "{ $written }" kan meer dan één land zijn; schrijf de code van het land dat bedoeld is; geldt als niet bekend{ $whose }
import-cell-no-outcome = "{ $written }" is geen bekende afloop van een gesprek; opgevat als niet bekend{ $whose }
import-cell-no-status = "{ $written }" is geen bekende status; opgevat als UNSUBSCRIBED{ $whose }
import-no-number = "{ $written }" is geen getal
import-no-count = { $written } is geen heel getal van 0 of meer
import-no-truth = "{ $written }" is geen ja en geen nee
import-no-truth-yes = "{ $written }" is geen ja en geen nee; opgevat als ja
import-no-country = "{ $written }" is geen land
import-several-countries = "{ $written }" kan meer dan één land zijn; schrijf de code van het land dat bedoeld is, zoals CD of CG voor Congo
import-wrong-type = { $written } is niet { $needed }
import-a-country = een land
import-a-zone = een tijdzone
import-taken-for-unknown = { $why }; opgevat als niet bekend
import-field = { $about }: { $field }: { $why }
import-at-column = { $column }: { $why }
import-both = { $one }; { $other }
import-contradiction = { $refused } op regel { $line } spreekt { $kept } van een eerdere rij tegen (vanaf regel { $first }); de eerste telt

# Wat weggelaten is, en opmerkingen

import-left-out-once = één keer weggelaten: { $reason }
import-left-out = { $times } keer weggelaten: { $reason }
import-unread-fields = { $file }: waarden die niet gebruikt zijn: { $fields }{ $rest }
import-unread-columns = { $table }: kolommen die niet gelezen zijn: { $columns }{ $rest }
import-unread-column = { $column } ({ $count } { $count -> [one] cel *[other] cellen })
import-nameless-column = kolom { $place }, zonder naam
import-the-table = de tabel
import-more-unread = { " " }en nog { $more } (--told noemt ze allemaal)
import-automatic = { $count } { $count -> [one] mail is *[other] mails zijn } automatisch, naar het begin van het onderwerp: geen antwoord van hen
import-away = { $count } { $count -> [one] automatisch antwoord zegt *[other] automatische antwoorden zeggen } tot wanneer iemand weg is: bewaard bij de persoon
import-row-refused = de rij of het record is geweigerd
import-not-kept = is gebruikt, maar wordt niet bewaard zoals het er staat
import-not-needed = is voor deze rij niet nodig
import-not-used = is niet gebruikt
import-column-not-read = de kolom wordt niet gelezen
import-only-that-there-is-one = alleen dat het er is wordt bewaard
import-only-to-know-copies = zegt alleen welke aanroepen dezelfde zijn
import-signal-kind = een signaal van een onbekende soort
import-signal-later = een signaal na het moment tot waar gevraagd is

# Logboeken van gebeurtenissen

import-event-no-case = deze gebeurtenis noemt geen zaak
import-event-time = { $why } (zaak { $case })
import-event-later = een gebeurtenis na het moment tot waar gevraagd is
import-activity = de activiteit staat niet in de mapping
import-activity-unmapped = de activiteit "{ $activity }"{ $step } staat niet in de mapping; gebeurtenissen: { $count }

# Tabellen van HubSpot en Salesforce

import-hubspot-table = "{ $table }" is hier geen bekende tabel van HubSpot; de gevonden kop is "{ $found }"
import-hubspot-export = { $file } is gelezen als HubSpots eigen export van de tabel { $table }; tijden zonder zone als UTC
import-hubspot-deleted = een rij van { $table } die bij HubSpot verwijderd is
import-salesforce-table = is geen tabel van leads (is_converted, last_name) en ook geen van taken (who_id); de gevonden kop is "{ $found }"
import-salesforce-deleted = een rij die bij Salesforce verwijderd is
import-table-ignored = de tabel { $table } zegt niets over een lead en is niet gelezen
import-table-without-leads = deze tabel zegt niets over een lead
import-table-columns = de tabel mist de kolommen die zeggen waar de rijen over gaan
import-no-id-column = de tabel heeft geen kolom id
import-no-id = deze rij heeft geen id
import-company-without-id = dit bedrijf heeft geen id
import-contact-without-id = dit contact heeft geen id
import-deal-without-id = deze deal heeft geen deal_id
import-row-without-time = in deze rij staat geen tijd
import-older-version = een oudere versie van een rij
import-other-version = een andere versie van een rij van { $table }
import-not-in-tables = { $what } staat niet in de gegeven tabellen
import-deal-or-company = deal { $deal } of bedrijf { $company }
import-deal-or-contact = deal { $deal } of contact { $contact }
import-lead-of-engagement = het contact, de deal of het bedrijf van activiteit { $id }
import-details-of-engagement = wat er bij activiteit { $id } hoort
import-email-event = email_event { $id }
import-recipient = het contact met het adres van de ontvanger
import-engagement = { $why } (activiteit { $id })
import-contact-merged = een contact dat met een ander is samengevoegd
import-contact-refused = de lead van dit contact is geweigerd
import-merged-in-circle = de contacten { $contacts } zijn in een kring samengevoegd; ze tellen als één: { $kept }
import-merged-away = de contacten { $contacts } zijn in een kring samengevoegd; ze tellen als één: er is er geen over
import-further-contact = een verder contact van een mail, gesprek of notitie die van één contact is
import-mail-event = een mailgebeurtenis van het type { $type }, die geen signaal is
import-meeting-moved = een afspraak die afgezegd of verplaatst is
import-task = taak { $id }
import-task-of-nobody = taak { $id } gaat over niemand: who_id, account_id en what_id zijn leeg
import-task-without-time = een taak zonder tijd
import-task-later = een taak na het moment tot waar gevraagd is
import-task-not-done = een taak die niet gedaan is: geen contactmoment
import-task-no-contact = een taak die geen contactmoment is
import-task-done = een taak die gedaan is: het contact zelf heeft een eigen rij
import-further-people = de overige personen van een taak met meer dan één (who_count): de tabel heeft alleen die in who_id

# Records van Pipedrive, Mautic en Segment

import-deal = deal { $id }
import-person = persoon { $id }
import-organisation = organisatie { $id }
import-the-activity = activiteit { $id }
import-contact = contact { $id }
import-page = pagina
import-batch = batch
import-call = aanroep
import-call-again = een aanroep die eerder al voorkomt, naar zijn messageId
import-contact-list = lijst van contacten
import-empty-page = een pagina zonder records
import-stream = de stroom "{ $stream }" wordt niet gelezen
import-pipedrive-record = is geen deal, lead, activiteit, persoon of organisatie
import-pipedrive-deal-without-id = een deal zonder id
import-lead-without-id = een lead zonder id
import-activity-without-id = een activiteit zonder id
import-person-without-id = een persoon zonder id
import-organisation-without-id = een organisatie zonder id
import-deal-deleted = een deal die bij Pipedrive verwijderd of gearchiveerd is
import-lead-deleted = een lead die bij Pipedrive verwijderd of gearchiveerd is
import-activity-deleted = een activiteit die bij Pipedrive verwijderd is
import-person-deleted = een persoon die bij Pipedrive verwijderd is
import-organisation-deleted = een organisatie die bij Pipedrive verwijderd is
import-related-person = een verwante persoon van geen enkele lead
import-related-organisation = een verwante organisatie van geen enkele lead
import-activity-of-nobody = { $about } hoort bij geen deal, lead, persoon of organisatie
import-activity-not-taken = een activiteit van een deal of lead die niet is ingelezen
import-activity-type = is geen soort activiteit met een bekend kanaal
import-activity-without-time = een activiteit zonder tijd
import-activity-later = een activiteit na het moment tot waar gevraagd is
import-deadline-not-done = een taak of deadline die niet gedaan is: geen contactmoment
import-deal-status = "{ $written }" is geen bekende status van een deal; opgevat als open
import-marketing-status = "{ $written }" is geen bekende marketingstatus; opgevat als afgemeld
import-no-contact-list = is geen lijst van contacten: er is geen "contacts"
import-mautic-contact-without-id = een contact zonder id
import-contact-total = zegt hoeveel contacten er zijn
import-no-stop = 0 zegt dat er geen stop is
import-every-stop = elke reden om iemand niet te benaderen telt
import-unknown-channel = is geen bekend kanaal; opgevat als allemaal
import-no-batch = een batch is een lijst van aanroepen
import-call-later = een aanroep na het moment tot waar gevraagd is
import-call-type = een aanroep van het type "{ $type }", die niets over een lead zegt
import-call-of-nobody = heeft geen userId en geen anonymousId
import-call-without-type = heeft geen type
import-call-without-event = is een track-aanroep zonder event
import-call-without-time = heeft geen timestamp
import-shared-device = { $device } is een apparaat van meer dan één gebruiker ({ $users }); wat er anoniem op gedaan is blijft een eigen lead
import-whole-name = de naam staat er als geheel
import-later-call = een latere aanroep geeft een andere
import-unreadable-again = is niet te lezen, net als in een eerdere aanroep
