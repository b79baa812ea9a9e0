"""Writes public_holidays.txt beside this file: public holidays as Python's `holidays` package has them.

    pip install holidays && python3 tests/oracles/public_holidays.py

The first rows of a country are the whole country's; a region's rows say only what it has more (+) or lacks (-).
"""

import pathlib

import holidays

YEARS = range(2024, 2029)
# Parts with an ISO 3166-1 code of their own are countries here, and come in with that code, not as a region.
OWN_COUNTRY = {"FR": {"BL", "MF", "NC", "PF", "PM", "TF", "WF"}, "US": {"AS", "GU", "MP", "PR", "UM", "VI"}}
# A city, three school zones, and language communities or school areas whose offices keep the country's days.
NO_REGION = {
    "BE": {"Flemish", "French", "German"},
    "DE": {"Augsburg"},
    "FR": {"Zone A", "Zone B", "Zone C"},
    "NL": {"Midden", "Noord", "Zuid"},
}


def days(country, region=None):
    found = holidays.country_holidays(country, subdiv=region, years=YEARS, language="en_US")
    return {(date.isoformat(), name) for date, name in found.items()}


def block(country, region, sign, rows):
    return [f"{country};{region};{sign}"] + [" ".join(row) for row in sorted(rows)]


lines = [
    f"# Python's holidays {holidays.__version__}, {YEARS[0]} to {YEARS[-1]}. Written by public_holidays.py beside this file.",
    "# country;region;more (+) or less (-) than the whole country, then those days",
]
for country in ["BE", "DE", "FR", "GB", "NL", "US"]:
    whole = days(country)
    lines += block(country, "", "+", whole)
    left_out = OWN_COUNTRY.get(country, set()) | NO_REGION.get(country, set())
    for region in sorted(set(holidays.country_holidays(country).subdivisions) - left_out):
        own = days(country, region)
        # A day that only changes its name is the same day off.
        dates, whole_dates = {date for date, _ in own}, {date for date, _ in whole}
        lines += block(country, region, "+", [row for row in own if row[0] not in whole_dates])
        less = [row for row in whole if row[0] not in dates]
        lines += block(country, region, "-", less) if less else []
target = pathlib.Path(__file__).with_name("public_holidays.txt")
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
print(f"{target}: {len(lines)} lines, {target.stat().st_size} bytes")
