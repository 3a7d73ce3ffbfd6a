"""Whatever others put into a record: it is named or read, never a crash, and both databases can keep it."""

import json
import random
from contextlib import suppress
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api.directory.importing.cleaning import plain_text
from api.directory.importing.known import read_terms
from api.directory.importing.lines import read_lines
from api.directory.importing.reading import FileUnusable, read_file
from api.directory.importing.table import TableUnusable
from api.settings import ROOT
from tests.directory.importing.conftest import BY, Desk, today
from tests.directory.importing.planted import healthy
from tests.directory.official import example

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NASTY = (
    "\u0000null",
    "half \ud800 of a pair", "\u202eright to left", "<script>alert(1)</script>", "'; drop table service; --",
    "=cmd|' /C calc'!A0", "a" * 50_000, "\x1b[31m", "&#x0;&#99999999;", "\u2028", "👶" * 200,
)  # fmt: skip


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, part in inner for path in paths(part, (*at, key)))]


def spoiled(record: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    made = deepcopy(record)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return made


BASES = [example("service_full"), healthy(1, random.Random(1), today())]


@settings(max_examples=300, deadline=None)
@given(base=st.sampled_from(BASES), data=st.data(), value=ANYTHING)
def test_any_value_anywhere_is_read_or_named(base: Any, data: st.DataObject, value: Any) -> None:
    path = data.draw(st.sampled_from(paths(base)))
    try:
        feed = read_file(json.dumps([base, spoiled(base, path, value)]).encode())
    except FileUnusable:
        return
    lines, _ = read_lines(feed, "a feed", read_terms(ROOT / "content"), lambda codes: {}, today())
    assert len(lines) == 2
    for line in lines:
        assert line.has_errors == (line.entry is None)
        json.dumps(line.as_json(), allow_nan=False).encode()


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"name,organisation,status\n", b'[{"status":', b'{"contents":['):
        with suppress(FileUnusable, TableUnusable):
            assert read_file(start + data).services


@settings(max_examples=300, deadline=None)
@given(text=st.text())
def test_any_text_becomes_plain(text: str) -> None:
    assert "\n\n" not in plain_text(text)


def test_nasty_words_are_kept_by_both_databases(desk: Desk) -> None:
    records = []
    for n, words in enumerate(NASTY):
        record = healthy(n, random.Random(n), today())
        name = words.replace("\u202e", "")  # refused in names, where it would turn others round
        record |= {"name": f"Group {n} {name}", "description": words, "alert": words}
        record["organization"] = {"name": f"Trust {name}"[:280]}
        records.append(record)
    import_id = desk.bring(json.dumps(records).encode())
    entries = desk.entries()
    assert [entries[record["id"]].status for record in records] == ["active"] * len(NASTY)
    assert desk.actions(desk.read(json.dumps(records).encode())) == ["same"] * len(NASTY)
    assert len(desk.importer.undo(import_id, by=BY).deleted) == len(NASTY)
