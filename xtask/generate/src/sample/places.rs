//! The places of the sample, with the names of people and companies there.

/// A place of the sample, with names for the companies and people there.
#[derive(Debug)]
pub(super) struct SamplePlace {
    /// ISO 3166-1 alpha-2; empty for leads whose country is unknown.
    pub(super) country: &'static str,
    /// The time zone in the record; empty where it is unknown.
    pub(super) zone: &'static str,
    /// The time zone of the working days from which times are drawn, also when the record has none.
    pub(super) true_zone: &'static str,
    pub(super) region: &'static str,
    pub(super) language: &'static str,
    pub(super) owner: &'static str,
    /// The legal suffix of company names.
    pub(super) suffix: &'static str,
    pub(super) first: &'static [&'static str],
    pub(super) last: &'static [&'static str],
    /// First words of company names.
    pub(super) stem: &'static [&'static str],
    /// Second words, one for each of [`INDUSTRIES`].
    pub(super) trades: &'static [&'static str],
}

const DUTCH: SamplePlace = SamplePlace {
    country: "NL",
    zone: "Europe/Amsterdam",
    true_zone: "Europe/Amsterdam",
    region: "",
    language: "nl",
    owner: "lotte",
    suffix: "BV",
    first: &[
        "Sanne", "Daan", "Femke", "Joris", "Noor", "Ruben", "Maartje", "Thijs", "Iris", "Koen", "Fatima", "Pieter",
    ],
    last: &[
        "Bakker",
        "Hoekstra",
        "van Leeuwen",
        "Kuipers",
        "Dijkman",
        "Postma",
        "Yilmaz",
        "de Ruiter",
        "Smeets",
        "Brands",
    ],
    stem: &["Veldhof", "Rietkerk", "Duinzicht", "Kadeland", "Waalstaete", "Lindeborg", "Havenstein", "Polderlicht"],
    trades: &["Transport", "Techniek", "Zorg", "Software", "Bouw", "Groothandel", "Onderwijs", "Accountants", "Horeca"],
};
const FLEMISH: SamplePlace = SamplePlace {
    country: "BE",
    zone: "Europe/Brussels",
    true_zone: "Europe/Brussels",
    region: "",
    language: "nl",
    owner: "bram",
    suffix: "NV",
    first: &["Elke", "Wouter", "Lien", "Stijn", "Charlotte", "Bart", "Nele", "Jasper"],
    last: &["Peeters", "Claes", "Willems", "Goossens", "De Smedt", "Wouters", "Dupont", "Mertens"],
    stem: &["Schelderand", "Leiedal", "Zennebrug", "Kempenhof", "Maasvallei", "Dijleland"],
    trades: &["Transport", "Metaal", "Zorg", "Software", "Bouw", "Handel", "Vorming", "Accountants", "Horeca"],
};
const GERMAN: SamplePlace = SamplePlace {
    country: "DE",
    zone: "Europe/Berlin",
    true_zone: "Europe/Berlin",
    region: "BY",
    language: "de",
    owner: "jana",
    suffix: "GmbH",
    first: &["Katrin", "Matthias", "Anja", "Stefan", "Leyla", "Florian", "Heike", "Jonas", "Miriam", "Uwe"],
    last: &["Brandt", "Lorenz", "Keller", "Aydin", "Hofmann", "Seidel", "Vogt", "Krämer", "Neubauer"],
    stem: &["Isarwerk", "Falkenstein", "Nordlicht", "Rothental", "Steinbrück", "Hallertau"],
    trades: &[
        "Logistik",
        "Maschinenbau",
        "Pflege",
        "Software",
        "Bau",
        "Großhandel",
        "Bildung",
        "Steuerberatung",
        "Gastronomie",
    ],
};
const SAXON: SamplePlace = SamplePlace { region: "SN", ..GERMAN };
const FRENCH: SamplePlace = SamplePlace {
    country: "FR",
    zone: "Europe/Paris",
    true_zone: "Europe/Paris",
    region: "",
    language: "fr",
    owner: "amelie",
    suffix: "SARL",
    first: &["Camille", "Julien", "Nadia", "Olivier", "Chloé", "Benoît", "Inès", "Thierry", "Manon"],
    last: &["Lefèvre", "Moreau", "Benali", "Garnier", "Rousseau", "Chevalier", "Marchand", "Perrin"],
    stem: &["Valserine", "Montfaucon", "Clairval", "Beaulieu", "Aubrac", "Ondaine"],
    trades: &[
        "Transports",
        "Mécanique",
        "Santé",
        "Logiciels",
        "Bâtiment",
        "Négoce",
        "Formation",
        "Conseil",
        "Restauration",
    ],
};
const BRITISH: SamplePlace = SamplePlace {
    country: "GB",
    zone: "Europe/London",
    true_zone: "Europe/London",
    region: "",
    language: "en",
    owner: "owen",
    suffix: "Ltd",
    first: &["Hannah", "Callum", "Priya", "Gareth", "Fiona", "Tom", "Zara", "Alistair", "Beth"],
    last: &["Whitfield", "Sharma", "MacLeod", "Barlow", "Davies", "Osborne", "Nightingale", "Reid"],
    stem: &["Thornbury", "Ravensdale", "Millbrook", "Harrowgate", "Penwith", "Kestrel"],
    trades: &["Freight", "Engineering", "Care", "Software", "Builders", "Wholesale", "Learning", "Accountants", "Inns"],
};
const AMERICAN: SamplePlace = SamplePlace {
    country: "US",
    zone: "America/New_York",
    true_zone: "America/New_York",
    region: "",
    language: "en",
    owner: "grace",
    suffix: "Inc",
    first: &["Megan", "Marcus", "Elena", "Tyler", "Denise", "Raj", "Caroline", "Andre", "Wendy"],
    last: &["Halloran", "Ramirez", "Whitaker", "Patel", "Lindqvist", "Coleman", "Nguyen", "Burke"],
    stem: &["Bluestem", "Ironwood", "Tamarack", "Lakeshore", "Prairie", "Cedar Falls"],
    trades: &[
        "Freight",
        "Manufacturing",
        "Health",
        "Software",
        "Construction",
        "Supply",
        "Learning",
        "Accounting",
        "Hospitality",
    ],
};
const CALIFORNIAN: SamplePlace =
    SamplePlace { zone: "America/Los_Angeles", true_zone: "America/Los_Angeles", ..AMERICAN };
/// A country with several time zones, and none in the record.
const SOMEWHERE_IN_AMERICA: SamplePlace = SamplePlace { zone: "", true_zone: "America/Chicago", ..AMERICAN };
const AUSTRIAN: SamplePlace = SamplePlace {
    country: "AT",
    zone: "Europe/Vienna",
    true_zone: "Europe/Vienna",
    region: "",
    stem: &["Donauhof", "Tauernblick", "Murtal", "Salzkammer"],
    ..GERMAN
};
const SPANISH: SamplePlace = SamplePlace {
    country: "ES",
    zone: "Europe/Madrid",
    true_zone: "Europe/Madrid",
    region: "",
    language: "es",
    owner: "amelie",
    suffix: "SL",
    first: &["Lucía", "Javier", "Marta", "Íñigo", "Carmen", "Pablo"],
    last: &["Serrano", "Iglesias", "Molina", "Etxeberria", "Vidal", "Campos"],
    stem: &["Almendral", "Ribera", "Sierra Alta", "Puerto Norte"],
    trades: &[
        "Transportes",
        "Mecánica",
        "Salud",
        "Software",
        "Obras",
        "Mayoristas",
        "Formación",
        "Asesores",
        "Hostelería",
    ],
};
/// 20 November is a public holiday in Brazil.
const BRAZILIAN: SamplePlace = SamplePlace {
    country: "BR",
    zone: "America/Sao_Paulo",
    true_zone: "America/Sao_Paulo",
    region: "",
    language: "pt",
    owner: "grace",
    suffix: "Ltda",
    first: &["Beatriz", "Rafael", "Luana", "Thiago", "Renata"],
    last: &["Cardoso", "Figueiredo", "Teixeira", "Moraes", "Lacerda"],
    stem: &["Serra Verde", "Planalto", "Porto Claro"],
    trades: &["Transportes", "Indústria", "Saúde", "Software", "Obras", "Atacado", "Ensino", "Contabilidade", "Hotéis"],
};
/// Half-hour offset, and summer time when Europe has winter time.
const AUSTRALIAN: SamplePlace = SamplePlace {
    country: "AU",
    zone: "Australia/Adelaide",
    true_zone: "Australia/Adelaide",
    region: "",
    language: "en",
    owner: "owen",
    suffix: "Pty Ltd",
    stem: &["Wattle Creek", "Barossa", "Gulf St"],
    ..BRITISH
};
/// 23 November is a public holiday in Japan.
const JAPANESE: SamplePlace = SamplePlace {
    country: "JP",
    zone: "Asia/Tokyo",
    true_zone: "Asia/Tokyo",
    region: "",
    language: "ja",
    owner: "owen",
    suffix: "KK",
    first: &["Haruka", "Kenji", "Yui", "Takumi", "Aoi"],
    last: &["Morita", "Fujikawa", "Hayashi", "Kurosawa", "Ishida"],
    stem: &["Minato", "Aozora", "Hoshino"],
    trades: &["Logistics", "Seiki", "Care", "Systems", "Kensetsu", "Trading", "Learning", "Accounting", "Foods"],
};
/// A form with a name and an address only.
pub(super) const NOWHERE: SamplePlace =
    SamplePlace { country: "", zone: "", true_zone: "Europe/Amsterdam", language: "", ..BRITISH };

/// The places in the order in which leads get them; the home market is the most frequent.
pub(super) const PLACES: &[SamplePlace] = &[
    DUTCH,
    GERMAN,
    DUTCH,
    FLEMISH,
    FRENCH,
    DUTCH,
    BRITISH,
    AMERICAN,
    DUTCH,
    SAXON,
    BRITISH,
    CALIFORNIAN,
    FRENCH,
    FLEMISH,
    DUTCH,
    SPANISH,
    GERMAN,
    SOMEWHERE_IN_AMERICA,
    AUSTRIAN,
    DUTCH,
    BRAZILIAN,
    AUSTRALIAN,
    BRITISH,
    JAPANESE,
    DUTCH,
    NOWHERE,
    GERMAN,
    AMERICAN,
    FRENCH,
];

/// Lines of business, with the smallest and largest number of employees.
pub(super) const INDUSTRIES: &[(&str, i64, i64)] = &[
    ("logistics", 30, 900),
    ("manufacturing", 40, 2500),
    ("health care", 20, 1800),
    ("software", 5, 300),
    ("construction", 8, 400),
    ("wholesale", 10, 600),
    ("education", 50, 1500),
    ("accountancy", 3, 120),
    ("hospitality", 6, 250),
];

/// The sources of leads.
pub(super) const SOURCES: &[&str] = &["website", "webinar", "fair", "referral", "linkedin", "partner", "phone"];
/// The topics of leads.
pub(super) const TOPICS: &[&str] = &["planning", "field service", "stock control", "reporting", "route planning"];
