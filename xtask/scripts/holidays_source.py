"""Writes xtask/generate/data/public_holidays.txt: the national public holidays of every country, as python-holidays has them.

    python3 xtask/scripts/holidays_source.py [0.109]

python-holidays (https://github.com/vacanza/holidays) is under the MIT licence; the newest release, or the one named, is fetched with pip into
a temporary folder. The file is kept, so that the table of the engine, which holidays_table.py writes from it, and the tests that compare the
two need no package. Category "public" only, no subdivisions.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from datetime import date, timedelta

PACKAGES = tempfile.TemporaryDirectory()
pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", PACKAGES.name]
subprocess.run([*pip, f"holidays=={sys.argv[1]}" if sys.argv[1:] else "holidays"], check=True)
sys.path.insert(0, PACKAGES.name)

import holidays  # noqa: E402
from dateutil.easter import EASTER_ORTHODOX, easter  # noqa: E402
from holidays import calendars  # noqa: E402

TARGET = pathlib.Path(__file__).resolve().parents[1] / "generate/data/public_holidays.txt"
COUNTRIES = pathlib.Path(__file__).resolve().parents[2] / "src/calendar/zones.txt"
FIRST, LAST = 2000, 2040
# The last year in which all holidays of a country are known, where that is not LAST: the tables of its lunar calendar end there, or
# (Ukraine) the law that suspends public holidays is in force until further notice.
KNOWN_UNTIL = {
    "BT": 2032, "FJ": 2035, "GY": 2035, "IN": 2035, "LK": 2026, "MU": 2035, "NP": 2032, "SR": 2035, "UA": 2026,
}
# Likewise the first year, where days of a lunar calendar begin later than the others, and for the countries whose earlier years nobody
# asked for: those make up half the table, and a decision is about the present.
KNOWN_FROM = {"GY": 2001, "IN": 2001, "SR": 2001}
RECENT_ONLY, RECENT = """
AF AG AI AO AQ AS AW AZ BF BI BL BM BN BQ BT CC CF CI CK CM CV CW CX DJ DM DZ EH ER ET FJ FK FM GF GN GP GQ GS GU GW IQ IR JO KG KH KI KM KN
KP KY LA LB LC LK LR LY MF MH ML MM MO MP MQ MR MU MV MW NC NF NP NR NU PF PK PM PN PS PW RE RW SB SD SH SL SN SO SS ST SX SY SZ TC TD TF TG
TH TJ TK TL TM TO TT TV TW TZ UM UZ VC VG VI VU WF WS YE YT ZM
""".split(), 2020
# Holidays whose date follows another one, or that are no day of their own: they make no series.
NO_SERIES = re.compile(r"observed|substitut|in lieu|day off|alternative|additional|bridge|special", re.IGNORECASE)
SHORTEST_SERIES = 12


def names(country):
    """The dates of a country with their English names, where python-holidays has those."""
    language = "en_US" if "en_US" in getattr(holidays, country).supported_languages else None
    # A year more on either side: a holiday can be moved into the next year or the one before.
    found = holidays.country_holidays(country, years=range(FIRST - 1, LAST + 2), language=language)
    return {day: name for day, name in found.items() if FIRST <= day.year <= LAST}


def calendar_series():
    """The days of lunar calendars that python-holidays has tables of, as (name, dates)."""
    kinds = (
        calendars.islamic._IslamicLunar,
        calendars.chinese._ChineseLunisolar,
        calendars.hebrew._HebrewLunisolar,
        calendars.hindu._HinduLunisolar,
        calendars.buddhist._BuddhistLunisolar,
    )
    for kind in kinds:
        for attribute in sorted(dir(kind)):
            if not attribute.endswith("_DATES") or attribute.startswith(("KOREAN", "VIETNAMESE")):
                continue
            dates = []
            for year, days in getattr(kind, attribute).items():
                days = days if isinstance(days[0], tuple) else (days,)
                dates += [date(year, *day) for day in days if FIRST <= year <= LAST]
            yield attribute.removesuffix("_DATES"), sorted(dates)


def named_series(country, found):
    """The days that one holiday of a country falls on, for holidays that move."""
    by_name = {}
    for day, text in found.items():
        for name in text.split("; "):
            if not NO_SERIES.search(name):
                by_name.setdefault(name.replace(" (estimated)", ""), []).append(day)
    for name, dates in sorted(by_name.items()):
        if len(dates) >= SHORTEST_SERIES and len({(day.month, day.day) for day in dates}) > 7:
            yield f"{country}_{re.sub('[^A-Z]+', '_', name.upper())}", sorted(dates)


def explains(series, days, share):
    """Whether more than a share of the days of a series, each moved by the same number of days, are among some days."""
    within = [day for day in series if min(days, default=day).year <= day.year <= max(days, default=day).year]
    return len(within) >= SHORTEST_SERIES // 2 and any(
        sum(day + timedelta(moved) in days for day in within) > share * len(within) for moved in range(-6, 16)
    )


def is_yearly(days):
    """Whether a yearly rule gives most of some days: a number of days from either Easter, or a weekday of a month."""
    rules = Counter()
    for day in days:
        rules["western", (day - easter(day.year)).days] += 1
        rules["eastern", (day - easter(day.year, EASTER_ORTHODOX)).days] += 1
        rules["nth", day.month, day.weekday(), (day.day - 1) // 7] += 1
        rules["last", day.month, day.weekday(), (day + timedelta(7)).month == day.month] += 1
    return 2 * max(rules.values()) > len(days)


def has_days_in_a_row(days):
    """Whether a holiday often has several days: one of them, moved, gives the others."""
    return 4 * sum((after - before).days < 7 for before, after in zip(days, days[1:])) > len(days)


def ranges(years):
    """Years of this century as text: `00-03,07`."""
    parts = []
    for year in sorted(years):
        if parts and parts[-1][1] == year - 1:
            parts[-1][1] = year
        else:
            parts.append([year, year])
    return ",".join(f"{first % 100:02}" if first == last else f"{first % 100:02}-{last % 100:02}" for first, last in parts)


def main():
    warnings.simplefilter("ignore")
    codes = [line.split("|")[0] for line in COUNTRIES.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    lines = [
        f"# python-holidays {holidays.__version__}, https://github.com/vacanza/holidays, MIT licence. Written by holidays_source.py.",
        "# country, the first and last year in which all its holidays are known; then each date with the years in which it is a holiday",
        "# after them the days of calendars that are not ours, in all years: =name and dates",
    ]
    days_of, named = {}, []
    for code in codes:
        found = names(code)
        years = [day.year for day in found]
        first = max(min(years, default=FIRST), KNOWN_FROM.get(code, FIRST), RECENT if code in RECENT_ONLY else FIRST)
        last = KNOWN_UNTIL.get(code, LAST)
        days_of[code] = {day for day in found if first <= day.year <= last}
        named += named_series(code, found)
        lines.append(f"{code} {first}-{last}")
        by_day = {}
        for day in days_of[code]:
            by_day.setdefault((day.month, day.day), set()).add(day.year)
        lines += [f"{month}-{of_month} {ranges(years)}" for (month, of_month), years in sorted(by_day.items())]
    kept = []
    for name, days in calendar_series():
        if not any(explains(dates, set(days), 0.85) for _, dates in kept) and any(explains(days, known, 0.5) for known in days_of.values()):
            kept.append((name, days))
    for name, days in named:
        if not is_yearly(days) and not has_days_in_a_row(days) and not any(explains(dates, set(days), 0.85) for _, dates in kept):
            kept.append((name, days))
    lines += [f"={name} " + " ".join(day.isoformat() for day in days) for name, days in kept]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(codes)} countries, {TARGET.stat().st_size} bytes")


main()
