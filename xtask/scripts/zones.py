"""Writes src/calendar/zones.txt: the countries of ISO 3166-1 and the time zones in each.

    python3 xtask/scripts/zones.py [ZONEINFO_DIRECTORY]

Reads iso3166.tab, zone.tab and tzdata.zi, which Debian's tzdata package puts in /usr/share/zoneinfo. Run it
again when chrono-tz moves to another tzdb version; a test compares the two version names.
"""

import pathlib
import sys

source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo")
target = pathlib.Path(__file__).resolve().parents[2] / "src/calendar/zones.txt"


def rows(name):
    for line in (source / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


version = (source / "tzdata.zi").read_text(encoding="utf-8").splitlines()[0].removeprefix("# version ").strip()
zones = {}
for code, _coordinates, zone, *_comment in rows("zone.tab"):
    zones.setdefault(code, []).append(zone)

lines = [
    f"# tzdb {version}: iso3166.tab and zone.tab, both in the public domain. Written by xtask/scripts/zones.py.",
    "# code | English name | its zones, most important first as zone.tab has them",
]
for code, name in sorted(rows("iso3166.tab")):
    lines.append("|".join([code, name, " ".join(zones.get(code, []))]))
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
print(f"{target}: {len(lines) - 2} countries, {sum(map(len, zones.values()))} zones, tzdb {version}")
