"""Writes src/book/import/country_names.txt: what people and other systems call the countries of ISO 3166-1.

    pip install Babel==2.19.0
    git clone https://github.com/countries/countries && git -C countries checkout v8.1.0
    python3 xtask/scripts/country_names.py countries

Reads the names of territories in the Unicode CLDR as Babel carries them (Unicode licence): in LANGUAGES, and in the official languages of
the country itself; the short, long and unofficial names of the Ruby gem `countries` (MIT), which are those of ISO 3166; and OTHERS.
A name that fits two countries is left out, and told on the standard output.
"""

import pathlib
import re
import sys
import unicodedata

from babel import Locale, UnknownLocaleError, __version__
from babel.core import get_global

LANGUAGES = ["en", "nl", "de", "fr", "es", "it", "pt", "da", "sv", "nb", "fi", "pl", "cs", "tr"]

# Names from before, parts of a country that stand for it in addresses, and usual shortenings, which the sources do not have.
OTHERS = {
    "AE": ["UAE", "Emirates", "VAE"],
    "BA": ["Bosnia", "Republic of Bosnia and Herzegovina"],
    "BF": ["Upper Volta"],
    "BJ": ["Dahomey"],
    "BN": ["Brunei"],
    "BQ": ["Bonaire", "Bonaire, Saint Eustatius and Saba", "Saba"],
    "BY": ["Byelorussia", "Belorussia", "Wit-Rusland"],
    "BZ": ["British Honduras"],
    "CD": ["Zaire", "DR Congo", "DRC", "Democratic Republic of Congo", "Congo, The Democratic Republic of the"],
    "CF": ["CAR"],
    "CG": ["Republic of Congo", "Congo Republic"],
    "CN": ["PRC", "P.R. China", "PR China", "Mainland China"],
    "CZ": ["Czech Rep."],
    "DE": ["Federal Republic of Germany", "West Germany", "East Germany", "BRD", "GER"],
    "DO": ["Dominican Rep."],
    "FM": ["Federated States of Micronesia"],
    "GB": ["UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland", "Groot-Brittannië", "Engeland", "Schotland"],
    "GM": ["The Gambia"],
    "GR": ["EL"],
    "GY": ["Republic of Guyana"],
    "HK": ["Hong Kong S.A.R."],
    "IE": ["Republic of Ireland", "Irish Republic", "Eire"],
    "IR": ["Persia"],
    "IS": ["Republic of Iceland"],
    "KH": ["Kampuchea"],
    "KP": ["North Korea", "DPRK"],
    "KR": ["South Korea", "Korea, South", "S. Korea", "ROK"],
    "LA": ["Lao PDR", "Laos PDR"],
    "LK": ["Ceylon"],
    "MK": ["Macedonia", "FYROM", "FYR Macedonia", "Former Yugoslav Republic of Macedonia", "Macedonia, the former Yugoslav Republic of", "Macedonië"],
    "MM": ["Burma", "Birma", "Republic of Myanmar"],
    "MO": ["Macau", "Macau SAR", "Macao SAR"],
    "NL": ["Holland", "Nederlanden"],
    "PF": ["Tahiti"],
    "PS": ["Palestine", "Palestinian Territory, Occupied", "Occupied Palestinian Territory"],
    "RU": ["Russian Federation", "RF"],
    "RW": ["Rwandese Republic"],
    "SA": ["KSA"],
    "SZ": ["Swaziland"],
    "TH": ["Siam"],
    "TL": ["East Timor"],
    "TR": ["Turkey"],
    "TW": ["Formosa"],
    "US": ["USA", "United States", "United States of America", "U.S. of America", "VSA", "VS"],
    "UY": ["Eastern Republic of Uruguay"],
    "VA": ["Vatican", "Vatican City State", "Holy See"],
    "VG": ["British Virgin Islands", "Virgin Islands, British"],
    "VI": ["US Virgin Islands", "Virgin Islands, U.S."],
    "VN": ["Vietnam"],
    "WS": ["Western Samoa"],
    "ZW": ["Rhodesia"],
}

# Said of more than one country, whatever the sources give.
SEVERAL = ["Korea", "Congo", "Virgin Islands", "America", "Saint Martin", "Guiana", "Republic of China"]

gem = pathlib.Path(sys.argv[1])
root = pathlib.Path(__file__).resolve().parents[2]
target = root / "src/book/import/country_names.txt"
own = [line.split("|")[:2] for line in (root / "src/calendar/zones.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
alpha3 = {alias: codes[0] for alias, codes in get_global("territory_aliases").items() if re.fullmatch("[A-Z]{3}", alias) and len(codes) == 1}


def from_gem(code):
    """The names in the gem's file of a country: single lines `iso_..._name: x`, and the list under `unofficial_names`."""
    names, listing = [], False
    for line in (gem / f"lib/countries/data/countries/{code}.yaml").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"  iso_(?:short|long)_name(?:_lower_case)?: (.*)", line):
            names.append(match[1].strip("\"'"))
        listing = line == "  unofficial_names:" or (listing and line.startswith("  - "))
        if listing and line.startswith("  - "):
            names.append(line[4:].strip("\"'"))
    return names


def locales(code):
    languages = get_global("territory_languages").get(code, {})
    official = [language for language, facts in languages.items() if (facts["official_status"] or "").startswith(("official", "de_facto"))]
    for language in LANGUAGES + official:
        try:
            yield Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            pass


SHORT = {"st": "saint", "is": "islands", "isl": "islands", "rep": "republic", "dem": "democratic"}


def key(name):
    """As `comparable` in country_names.rs."""
    decomposed = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss").replace("ø", "o").replace("ı", "i").replace("ł", "l"))
    letters = "".join(each for each in decomposed if not unicodedata.category(each).startswith("M"))
    words = re.sub(r"[^\w]+|_", " ", re.sub(r"[.'’ʻʼ`´]", "", letters)).split()
    return " ".join(sorted(SHORT.get(word, word) for word in words if word not in ("the", "of", "and")))


names = {}
for code, english in own:
    found = [english, *OTHERS.get(code, []), *from_gem(code)]
    found += [territory for locale in locales(code) if (territory := locale.territories.get(code))]
    kept = {}
    for name in found:
        name = " ".join(name.split()).replace("|", "")
        if len(key(name)) > 1:
            kept.setdefault(key(name), name)
    names[code] = kept

several = {key(name) for name in SEVERAL}
for code, kept in names.items():
    for each in [each for each in kept if each in several or any(each in others for other, others in names.items() if other != code)]:
        several.add(each)
for each in sorted(several):
    print("left out:", each, [code for code, kept in names.items() if kept.pop(each, None)])

lines = [
    f"# Names of countries: Unicode CLDR in Babel {__version__}, the Ruby gem countries 8.1.0, and xtask/scripts/country_names.py, which writes this.",
    "# alpha-2 code | alpha-3 codes | names",
]
for code, kept in names.items():
    codes = sorted(each for each, of in alpha3.items() if of == code)
    lines.append("|".join([code, " ".join(codes), *kept.values()]))
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
print(f"{target}: {len(names)} countries, {sum(map(len, names.values()))} names, {target.stat().st_size} bytes")
