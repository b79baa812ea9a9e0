//! Mails that a machine wrote in answer: out of office, automatic replies, receipts, and notices that a mail could not be delivered.
//!
//! Only the beginning of a subject counts, as mail programs write it in the language of their user: the words, and behind them the end, a
//! sign or "until". `Re: Automatic reply` is an answer of somebody, and `Out of office furniture` a subject. The header field
//! `Auto-Submitted` (RFC 3834, section 5) says it without a doubt.

use std::sync::LazyLock;

use crate::book::import::letters::plain;

/// Beginnings without hyphens; capitals and accents make no difference. Those of Exchange and Outlook ("Automatic reply:", before that "Out of
/// Office:") in its languages, of other programs ("Auto-Reply:"), and what people write into the field for the subject.
const BEGINNINGS: &[&str] = &[
    // English
    "automatic reply",
    "automatic response",
    "automated reply",
    "automated response",
    "auto reply",
    "autoreply",
    "auto response",
    "autoresponse",
    "auto responder",
    "autoresponder",
    "auto answer",
    "out of office",
    "out of the office",
    "out of office autoreply",
    "out of office auto reply",
    "out of office reply",
    "out of office message",
    "out of office notification",
    "out of office notice",
    "vacation reply",
    "vacation response",
    "vacation auto reply",
    "vacation notice",
    "on vacation",
    "on annual leave",
    "on leave",
    "on holiday",
    "currently out of office",
    "currently out of the office",
    "i am out of office",
    "i am out of the office",
    "i am currently out of office",
    "i am currently out of the office",
    "i am away from the office",
    "i am on annual leave",
    "i am on leave",
    "i am on holiday",
    "i am on vacation",
    "away from the office",
    "away from office",
    "absence notice",
    "absence message",
    // Mail that could not be delivered, in the words of mail servers
    "undeliverable",
    "undelivered mail returned to sender",
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery system",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "message not delivered",
    "returned mail",
    "failure notice",
    "onbestelbaar",
    "unzustellbar",
    "nicht zustellbar",
    "non remis",
    "echec de la remise",
    "no se puede entregar",
    "no entregado",
    "non recapitabile",
    "nao e possivel entregar",
    "kan niet worden bezorgd",
    // Dutch
    "automatisch antwoord",
    "automatische reactie",
    "automatisch bericht",
    "automatische beantwoording",
    "afwezigheidsbericht",
    "abwezigheidsbericht",
    "afwezigheidsmelding",
    "afwezigheidsassistent",
    "afwezigheid",
    "afwezig",
    "niet aanwezig",
    "niet op kantoor",
    "buiten kantoor",
    "ik ben afwezig",
    "ik ben niet aanwezig",
    "ik ben niet op kantoor",
    "ik ben met vakantie",
    "ik ben op vakantie",
    "met vakantie",
    "op vakantie",
    // German
    "automatische antwort",
    "automatische ruckantwort",
    "automatische ruckmeldung",
    "automatische nachricht",
    "automatische abwesenheitsnotiz",
    "automatische abwesenheitsmeldung",
    "abwesenheitsnotiz",
    "abwesenheitsnachricht",
    "abwesenheitsmeldung",
    "abwesenheitsassistent",
    "abwesenheitsbenachrichtigung",
    "abwesenheit",
    "abwesend",
    "nicht im buro",
    "ausser haus",
    "ich bin abwesend",
    "ich bin nicht im buro",
    "ich bin nicht im haus",
    "ich bin im urlaub",
    "im urlaub",
    // French
    "reponse automatique",
    "reponse auto",
    "message automatique",
    "message d'absence",
    "avis d'absence",
    "notification d'absence",
    "absence du bureau",
    "absent du bureau",
    "absente du bureau",
    "absent(e) du bureau",
    "hors du bureau",
    "en dehors du bureau",
    "je suis absent",
    "je suis absente",
    "je suis absent(e)",
    "en conge",
    "en conges",
    // Spanish, Catalan
    "respuesta automatica",
    "contestacion automatica",
    "mensaje automatico",
    "fuera de la oficina",
    "fuera de oficina",
    "resposta automatica",
    // Italian, Portuguese, Romanian
    "risposta automatica",
    "fuori sede",
    "fuori ufficio",
    "fuori dall'ufficio",
    "assente dall'ufficio",
    "mensagem automatica",
    "fora do escritorio",
    "ausencia do escritorio",
    "ausencia temporaria",
    "raspuns automat",
    // Swedish, Danish, Norwegian, Finnish
    "automatiskt svar",
    "autosvar",
    "franvaromeddelande",
    "franvarande",
    "automatisk svar",
    "ikke til stede",
    "fravaersmeddelelse",
    "fravaersmelding",
    "fraværsmeddelelse",
    "fraværsmelding",
    "ikke pa kontoret",
    "automaattinen vastaus",
    "poissa toimistosta",
    "poissaoloviesti",
    // Polish, Czech, Slovak, Slovenian, Croatian, Hungarian, Turkish
    "automatyczna odpowiedz",
    "odpowiedz automatyczna",
    "autoodpowiedz",
    "poza biurem",
    "automaticka odpoved",
    "mimo kancelar",
    "samodejni odgovor",
    "samodejen odgovor",
    "automatski odgovor",
    "automatikus valasz",
    "hazon kivul",
    "otomatik yanit",
    "ofis disinda",
    // Greek, Russian, Ukrainian, Bulgarian
    "αυτοματη απαντηση",
    "автоматический ответ",
    "автоответ",
    "нет на месте",
    "автоматична відповідь",
    "автоматичен отговор",
    // Chinese, Japanese, Korean
    "自动答复",
    "自动回复",
    "自動回覆",
    "自動回復",
    "自動応答",
    "自動返信",
    "不在通知",
    "자동 회신",
    "자동 응답",
    "부재중",
];

/// [`BEGINNINGS`] as [`plain`] gives them.
static PLAIN_BEGINNINGS: LazyLock<Vec<String>> =
    LazyLock::new(|| BEGINNINGS.iter().map(|beginning| plain(beginning)).collect());

/// Beginnings that are words of their own as well, so that a colon must follow.
/// Receipts are among them: "Read: Our guide".
const WITH_COLON: &[&str] = &[
    "auto",
    "ooo",
    "oof",
    "absent",
    "absence",
    "ausente",
    "assente",
    "read",
    "not read",
    "read receipt",
    "gelezen",
    "ongelezen verwijderd",
    "gelesen",
    "lu",
    "leido",
    "letto",
    "lido",
];

/// Words that go on from a beginning.
const GOES_ON: &[&str] = &[
    "until", "till", "from", "to", "re", "fw", "fwd", "aw", "wg", "tr", "rif", "sv", "odp", "ynt", "antw", "van",
    "tot", "t/m", "bis", "vom", "von", "jusqu'au", "du", "de", "hasta", "del", "fino", "dal", "di", "ate",
];

/// True when a subject begins as that of an automatic reply.
pub(super) fn is_automatic(subject: &str) -> bool {
    let plain = plain(subject).replace(['\u{2010}', '\u{2011}'], "-").replace('’', "'").replace("i'm ", "i am ");
    // A hyphen joins words ("out-of-office"); between blanks it is a dash.
    let words = plain.split_whitespace().map(|word| if word == "-" { "–" } else { word }).collect::<Vec<_>>().join(" ");
    let words = words.replace('-', " ");
    // "[Auto-Reply] ...", "*** Out of office ***"
    let begin = words.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let goes_on = |rest: &str| {
        let word = rest.trim_start().split([' ', ':']).next().unwrap_or_default();
        // A date follows too: "Out of office 5 December".
        let sign = !rest.trim_start().starts_with(char::is_alphabetic);
        // A beginning ends where a word does.
        (sign && !rest.starts_with(char::is_alphanumeric)) || (rest.starts_with(' ') && GOES_ON.contains(&word))
    };
    PLAIN_BEGINNINGS.iter().any(|beginning| begin.strip_prefix(beginning.as_str()).is_some_and(goes_on))
        || WITH_COLON.iter().any(|word| begin.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// True when the value of the header field `Auto-Submitted` says that a machine wrote the mail: everything but "no".
pub(super) fn is_auto_submitted(field: &str) -> bool {
    let word = field.split([';', '(']).next().unwrap_or_default().trim().to_ascii_lowercase();
    !matches!(word.as_str(), "" | "no" | "false" | "0" | "null")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginnings_of_mail_programs_are_known_in_many_languages() {
        for subject in [
            "Automatic reply: Our guide",
            "AUTOMATIC REPLY: Our guide",
            "Out of Office: Our guide",
            "Out of Office",
            "Out of office until 5 December",
            "Out of Office AutoReply: Our guide",
            "Out of Office Re: Our guide",
            "Out-of-office: Our guide",
            "[Auto-Reply] Our guide",
            "Auto: Our guide",
            "Auto-reply: Our guide",
            "Autoreply: Our guide",
            "AutoReply",
            "OOO: back on Monday",
            "*** Out of Office ***",
            "Out of Office - Ada Jansen",
            "Out of office – back on Monday",
            "Out of office 5-9 December",
            "I am out of the office until Monday",
            "I'm on vacation",
            "On annual leave: Our guide",
            "Vacation auto-reply: Our guide",
            "Ik ben afwezig tot 5 december",
            "Op vakantie: Onze gids",
            "Ich bin nicht im Büro",
            "Im Urlaub bis 5. Dezember",
            "Je suis absente jusqu'au 5 décembre",
            "Réponse automatique de Ada Jansen",
            "Undeliverable: Our guide",
            "Mail delivery failed: returning message to sender",
            "Delivery Status Notification (Failure)",
            "Onbestelbaar: Onze gids",
            "Unzustellbar: Unser Angebot",
            "Read: Our guide",
            "Gelezen: Onze gids",
            "Automatisch antwoord: Onze gids",
            "Afwezigheidsbericht: Onze gids",
            "Abwezigheidsbericht",
            "Afwezig tot 5 december",
            "Niet aanwezig: Onze gids",
            "Automatische Antwort: Unser Leitfaden",
            "Abwesenheitsnotiz",
            "Abwesend: Unser Leitfaden",
            "Réponse automatique : Notre guide",
            "Réponse automatique\u{a0}: Notre guide",
            "REPONSE AUTOMATIQUE : Notre guide",
            "Absence du bureau : Notre guide",
            "Absent(e) du bureau : Notre guide",
            "Respuesta automática: Nuestra guía",
            "Fuera de la oficina: Nuestra guía",
            "Risposta automatica: La nostra guida",
            "Resposta automática: O nosso guia",
            "Automatiskt svar: Vår guide",
            "Automatisk svar: Vores guide",
            "Automaattinen vastaus: Oppaamme",
            "Automatyczna odpowiedź: Nasz przewodnik",
            "Automatická odpověď: Náš průvodce",
            "Automatikus válasz: Útmutató",
            "Otomatik yanıt: Kılavuz",
            "Автоматический ответ: Путеводитель",
            "Αυτόματη απάντηση: Οδηγός",
            "自動応答: ガイド",
            "자동 회신: 안내",
        ] {
            assert!(is_automatic(subject), "{subject}");
        }
    }

    #[test]
    fn what_people_write_is_no_automatic_reply() {
        for subject in [
            "",
            "Re: Our guide",
            "Re: Automatic reply: Our guide",
            "Fwd: Out of office: Our guide",
            "Your automatic reply",
            "Question about automatic reply: how?",
            "Out of office furniture",
            "Out of officers",
            "Out of office-furniture",
            "Re: I am out of the office",
            "I am on leave policies: which do you have?",
            "On holiday rentals",
            "Vacation rentals",
            "Op vakantiehuizen letten",
            "Je suis absentéiste",
            "Automatic replies do not work",
            "Automatic reply settings in your product",
            "Auto insurance quote",
            "Automation: a quote",
            "Autos: leasing",
            "Absent colleagues",
            "Oooh: that is nice",
            "Afwezigheidsregistratie",
            "Abwesenheitsplaner: Angebot",
        ] {
            assert!(!is_automatic(subject), "{subject}");
        }
    }

    #[test]
    fn the_header_field_says_so_unless_it_says_no() {
        for yes in ["auto-replied", "auto-generated", "Auto-Replied; owner=x", "auto-notified (rejected)", "true"] {
            assert!(is_auto_submitted(yes), "{yes}");
        }
        for no in ["", "no", "No", "no (a person)", "no; x", "NULL"] {
            assert!(!is_auto_submitted(no), "{no}");
        }
    }
}
