"""Writes src/calendar/holidays.txt from xtask/generate/data/public_holidays.txt: the fewest rules that give exactly the dates kept there.

    python3 xtask/scripts/holidays_table.py

A rule is a day of the year in the notation of src/calendar/holiday_table.rs, in a range of years: a date (`12-25`), a weekday of a month
(`1>9-1`, `1<5`), a number of days from either Easter (`e1`, `o-2`) or from a day of another calendar (`b-1`), the first and the last perhaps
only on some weekdays (`1-2@1`). Dates that a rule has too many are taken out again (`!5-4`).
"""

import pathlib
import re
from collections import Counter
from datetime import date, timedelta

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "xtask/generate/data/public_holidays.txt"
TARGET = ROOT / "src/calendar/holidays.txt"
DAY = timedelta(1)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SHORTEST_INTERVAL = 340
# Fewer dates may follow a moving day by chance; they are written as dates.
FEWEST = 6
# What a rule costs besides its text: a date taken out, and a calendar that no rule used before, in bytes.
TAKEN_OUT = 7
NEW_SERIES = 40


def read():
    """The kept file: the version of python-holidays, per country (first year, last year, dates), per series its dates."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    countries, series = {}, {}
    for line in lines:
        if line.startswith("="):
            name, *days = line[1:].split(" ")
            series[name] = [date.fromisoformat(day) for day in days]
        elif line[0].isalpha():
            code, years = line.split(" ")
            days = set()
            countries[code] = (*(int(year) for year in years.split("-")), days)
        elif line[0] != "#":
            month_and_day, years = line.split(" ")
            month, day = month_and_day.split("-")
            for part in years.split(","):
                first, last = part.split("-") if "-" in part else (part, part)
                days |= {date(2000 + year, int(month), int(day)) for year in range(int(first), int(last) + 1)}
    return re.search(r"python-holidays [\d.]+\d", lines[0])[0], countries, series


def western_easter(year):
    """Western Easter Sunday (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def eastern_easter(year):
    """Eastern Easter Sunday, likewise."""
    d = (19 * (year % 19) + 15) % 30
    n = d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114
    return date(year, n // 31, n % 31 + 1) + timedelta(year // 100 - year // 400 - 2)


def midsummer_eve(year):
    return in_year(("n", 5, 6, 19), year)


# Where the table differs from its source: what is a holiday in some years, or none; with the law. tests/oracles lists the same.
CORRECTIONS = [
    # Algemene termijnenwet, article 3: Good Friday only counts for terms.
    ("NL", False, range(2000, 2041), lambda year: western_easter(year) - 2 * DAY),
    # Semesterlag (1977:480), section 7: the eves are days off like Sundays.
    ("SE", True, range(2000, 2041), lambda year: date(year, 12, 24)),
    ("SE", True, range(2000, 2041), lambda year: date(year, 12, 31)),
    ("SE", True, range(2000, 2041), midsummer_eve),
    # Presidential decree 2021-223 of 7 December 2021: the day of the revolution is 17 December and no longer 14 January.
    ("TN", True, range(2021, 2041), lambda year: date(year, 12, 17)),
    ("TN", False, range(2022, 2041), lambda year: date(year, 1, 14)),
]


class Table:
    """The rules of all countries."""

    def __init__(self, series):
        self.series = series
        self.used = set()
        self.near = {}  # date: which series has it, and how many days from its own day
        for name, days in series.items():
            for day in days:
                for moved in range(-6, 16):
                    self.near.setdefault(day + moved * DAY, []).append(("s", name, moved))

    def candidates(self, day):
        """The kinds of day that a date may be meant as."""
        yield "d", day.month, day.day
        yield "e", (day - western_easter(day.year)).days
        yield "o", (day - eastern_easter(day.year)).days
        for before in range(min(7, day.day)):
            yield "n", day.isoweekday(), day.month, day.day - before
        if (day + 7 * DAY).month != day.month:
            yield "l", day.isoweekday(), day.month
        yield from self.near.get(day, ())

    def days(self, kind, years):
        """The dates of a kind of day in some years."""
        if kind[0] == "s":
            moved = (day + kind[2] * DAY for day in self.series[kind[1]])
            return [day for day in moved if day.year in years]
        return [day for year in years if (day := in_year(kind, year))]

    def rules(self, first, last, dates):
        """The fewest rules for the dates of a country, as (kind, condition, first year, last year), and the dates to take out."""
        years = range(first, last + 1)
        hits = Counter(kind for day in dates for kind in self.candidates(day))
        occurrences, share = {}, {}
        for kind, count in hits.items():
            if kind[0] == "d" or count >= FEWEST:
                days = self.days(kind, years)
                own = [day.year for day in days if day in dates]
                occurrences[kind] = days
                share[kind] = count / sum(min(own) <= day.year <= max(own) for day in days)
        found = {}
        for kind, days in occurrences.items():
            near = kind[0] in "ds" and (share[kind] > 0.2 or self.has_neighbour(kind, share))
            if kind[0] == "d" or share[kind] > 0.5:
                self.runs(found, kind, days, dates, first, last)
            if share[kind] < 1 and near:
                self.runs_by(found, kind, "@", days, dates, first, last)
                if follows_leap_years(kind, days, dates):
                    self.runs_by(found, kind, "%", days, dates, first, last)
                if any(follows_leap_years(other, occurrences[other], dates) for other in before(kind) if other in occurrences):
                    for rest in range(4):
                        own = [day for day in days if day.year % 4 == rest]
                        self.runs_by(found, kind, f"%{rest}@", own, dates, first, last)
        return self.choose(found, dates, first, last)

    def has_neighbour(self, kind, share):
        """Whether a holiday that may be meant stands within four days: this one may be its substitute."""
        if kind[0] == "s":
            return any(share.get(("s", kind[1], kind[2] + moved), 0) > 0.25 for moved in range(-4, 5))
        day = date(2001, kind[1], min(kind[2], 28))
        near = (day + moved * DAY for moved in range(-4, 5))
        return any(share.get(("d", day.month, day.day), 0) > 0.25 for day in near)

    def runs(self, found, kind, days, dates, first, last):
        """Stretches of years in which a kind of day is nearly always one of the dates; the others are to be taken out."""
        wrong = sorted({day.year for day in days if day not in dates})
        edges = [first - 1, *wrong, last + 1]
        for at, before in enumerate(edges[:-1]):
            for after in edges[at + 1 : at + 5]:
                self.add(found, kind, "", before + 1, after - 1, days, dates)

    def runs_by(self, found, kind, condition, days, dates, first, last):
        """Stretches of years in which a kind of day is one of the dates on some weekdays, or in some years of every four."""
        key = (lambda day: day.isoweekday()) if condition[-1] == "@" else (lambda day: day.year % 4)
        stretches = {}
        for value in sorted({key(day) for day in days}):
            on = [day for day in days if key(day) == value]
            edges = [first - 1, *sorted({day.year for day in on if day not in dates}), last + 1]
            stretches[value] = [
                (before + 1, after - 1)
                for before, after in zip(edges, edges[1:])
                if any(before < day.year < after for day in on if day in dates)
            ]
        starts = Counter(start for parts in stretches.values() for start, _ in parts)
        ends = Counter(end for parts in stretches.values() for _, end in parts)
        for start, _ in starts.most_common(15):
            for end, _ in ends.most_common(15):
                within = [day for day in days if start <= day.year <= end]
                values = [
                    value
                    for value, parts in stretches.items()
                    if any(a <= start and end <= z for a, z in parts) and any(key(day) == value for day in within)
                ]
                own = [day for day in within if key(day) in values]
                by_chance = first < start and end < last and len(own) < 3
                if values and len(values) < len(stretches) and not by_chance:
                    self.add(found, kind, condition + "".join(map(str, values)), start, end, own, dates)

    @staticmethod
    def add(found, kind, condition, start, end, days, dates):
        covered = {day for day in days if start <= day.year <= end}
        gain = covered & dates
        if gain and (kind[0] == "d" or len(gain) > 2):
            found[kind, condition, start, end] = (gain, covered - dates)

    def choose(self, found, dates, first, last):
        """Again and again the rule that gives the most dates not given yet for its length."""
        left, out, groups, chosen = set(dates), set(), {(first, last)}, []
        order = sorted(found)
        while left:
            best, most, alive = None, 0, []
            for rule in order:
                gain, wrong = found[rule]
                new = len(gain & left)
                if new and (rule[0][0] == "d" or new > 2):
                    alive.append(rule)
                    kind, condition, start, end = rule
                    cost = 3 + len(text(kind, "x")) + len(condition) + TAKEN_OUT * len(wrong - out)
                    cost += 0 if (start, end) in groups else 2 + len(span(start, end, first, last))
                    cost += NEW_SERIES if kind[0] == "s" and kind[1] not in self.used else 0
                    if (new / cost, kind[0] == "d") > (most, best is not None and best[0][0] == "d"):
                        best, most = rule, new / cost
            gain, wrong = found[best]
            chosen.append(best)
            groups.add(best[2:])
            left -= gain
            out |= wrong
            if best[0][0] == "s":
                self.used.add(best[0][1])
            order = alive
        for rule in sorted(chosen, key=lambda rule: (len(found[rule][0]), rule)):
            others = [other for other in chosen if other != rule]
            if set().union(*(found[other][0] for other in others)) == dates:
                chosen = others
        return chosen, set().union(*(found[rule][1] for rule in chosen), set())


def follows_leap_years(kind, days, dates):
    """Whether a date is a holiday in some years of every four, and hardly ever in the others: an equinox, or a day of the Ethiopian year."""
    if kind[0] != "d":
        return False
    shares = []
    for rest in range(4):
        on = [day in dates for day in days if day.year % 4 == rest and day.year > days[-1].year - 20]
        shares.append(sum(on) / len(on) if on else 0)
    return min(shares) < 0.25 and max(shares) > 0.75


def before(kind):
    """The date of a yearly date, and those of the two days before."""
    if kind[0] != "d":
        return []
    day = date(2000, kind[1], kind[2])
    return [("d", earlier.month, earlier.day) for earlier in (day, day - DAY, day - 2 * DAY)]


def in_year(kind, year):
    """The date of a yearly kind of day in a year, if the year has it."""
    match kind:
        case ("d", month, day):
            return None if (month, day) == (2, 29) and year % 4 else date(year, month, day)
        case ("e", after):
            return western_easter(year) + after * DAY
        case ("o", after):
            return eastern_easter(year) + after * DAY
        case ("n", weekday, month, day):
            if (month, day) == (2, 29) and year % 4:
                return None
            start = date(year, month, day)
            return start + (weekday - start.isoweekday()) % 7 * DAY
        case ("l", weekday, month):
            end = date(year + month // 12, month % 12 + 1, 1) - DAY
            return end - (end.isoweekday() - weekday) % 7 * DAY


def text(kind, label=None):
    """A kind of day in the notation of the table."""
    match kind:
        case ("d", month, day):
            return f"{month}-{day}"
        case ("n", weekday, month, day):
            return f"{weekday}>{month}-{day}"
        case ("l", weekday, month):
            return f"{weekday}<{month}"
        case ("s", _, moved):
            return f"{label}{moved or ''}"
        case (easter, moved):
            return f"{easter}{moved}"


def span(start, end, first, last):
    """A range of years; open where it begins or ends with the known years."""
    if start == end:
        return str(start)
    return f"{start if start > first else ''}-{end if end < last else ''}"


def line(code, first, last, rules, out, labels):
    groups = {}
    for kind, condition, start, end in rules:
        token = text(kind, labels.get(kind[1])) + condition
        groups.setdefault((start - end, start, end), []).append((kind, token))
    for day in out:
        groups.setdefault((0, day.year, day.year), []).append((("x", day), f"!{day.month}-{day.day}"))
    parts = []
    for (_, start, end), tokens in sorted(groups.items()):
        years = [] if (start, end) == (first, last) else [span(start, end, first, last)]
        parts.append(" ".join(years + [token for _, token in sorted(tokens)]))
    known = "" if (first, last) == (2000, 2040) else f":{first}-{last}"
    return f"{code}{known} {'; '.join(parts)}".strip()


def intervals(days):
    """A series: its first date, and the days from each to the next as a letter, or as a number in parentheses."""
    letters = ""
    for before, after in zip(days, days[1:]):
        wait = (after - before).days - SHORTEST_INTERVAL
        letters += LETTERS[wait] if 0 <= wait < len(LETTERS) else f"({wait + SHORTEST_INTERVAL})"
    return f"{days[0]} {letters}"


def main():
    version, countries, series = read()
    for code, is_holiday, years, day in CORRECTIONS:
        days = {day(year) for year in years}
        (countries[code][2].update if is_holiday else countries[code][2].difference_update)(days)
    table = Table(series)
    found = {code: table.rules(*known) for code, known in countries.items()}
    uses = Counter(kind[1] for rules, _ in found.values() for kind, *_ in rules if kind[0] == "s")
    short = [letter for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in "eo"]
    names = short + [f"{first}{second}" for first in "abcd" for second in short]
    labels = {name: label for label, (name, _) in zip(names, sorted(uses.items(), key=lambda use: (-use[1], use[0])))}
    lines = [
        f"# {version}; its national public holidays, MIT licence. Written by xtask/scripts/holidays_table.py; notation: holiday_table.rs.",
        *(f"={label} {intervals(series[name])}" for name, label in labels.items()),
        *(line(code, *countries[code][:2], *found[code], labels) for code in found),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(found)} countries, {len(labels)} series, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
