"""Words as a table for spreadsheets. Pure: what is written and saved again unchanged is read exactly as it was."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process

from api.content.files.entries import FileEntry, FileFaulty, decoded, plain
from api.web.spreadsheet import as_written, harmless

COLUMNS = ("key", "field", "english", "translation", "state", "note")
REQUIRED = COLUMNS[:4]
UTF8 = 'Save it again as "CSV UTF-8".'
BYTE_ORDER_MARK = "\ufeff"
NEAR = 60
Row = tuple[int, list[str]]


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """A header and `rows` of COLUMNS, as Excel reads it without being told anything."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def table_rows(text: str) -> Iterator[Row]:
    """The line each row begins in and its cells as they were written; raises FileFaulty for a row that is broken."""
    lines, before = _after_separator(text.removeprefix(BYTE_ORDER_MARK))
    table = csv.reader(lines, delimiter=_separator(text), strict=True)
    begins = before + 1
    try:
        for cells in table:
            yield begins, [as_written(cell) for cell in cells]
            begins = before + table.line_num + 1
    except csv.Error as error:
        raise FileFaulty([f"Line {begins}: the row is broken ({error}). {UTF8}"]) from error


def read_table(data: bytes) -> list[FileEntry]:
    """Every row; without a translation it was not translated. Raises FileFaulty."""
    rows = ((line, cells) for line, cells in table_rows(decoded(data, UTF8)) if any(cell.strip() for cell in cells))
    header = _header(*next(rows, (1, [])))
    least = max(header.index(name) for name in REQUIRED) + 1
    found, faults = [], []
    for line, cells in rows:
        if len(cells) < least or any(cell.strip() for cell in cells[len(header) :]):
            faults.append(f"Line {line}: {len(cells)} cells under {len(header)} columns. {UTF8}")
            continue
        named = dict(zip(header, cells, strict=False))
        name = f"{named['key'].strip()}.{named['field'].strip()}"
        found.append(FileEntry(line, name, plain(named["translation"]), plain(named["english"])))
    if faults:
        raise FileFaulty(faults)
    return found


def _after_separator(text: str) -> tuple[io.StringIO, int]:
    """The lines of a table, and how many stand before them: Excel may put "sep=;" above the header."""
    lines = io.StringIO(text, newline="")
    if not text.casefold().startswith("sep="):
        return lines, 0
    lines.readline()
    return lines, 1


def _separator(text: str) -> str:
    """Excel writes semicolons where a comma marks decimals, and tabs into "Unicode text"."""
    first = _after_separator(text.removeprefix(BYTE_ORDER_MARK))[0].readline()
    return max(",;\t", key=first.count)


def _header(line: int, cells: list[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    faults = []
    for name in filter(None, names):
        if name not in COLUMNS:
            near = process.extractOne(name, COLUMNS, score_cutoff=NEAR)
            faults.append(f'Line {line}: there is no column "{name}".{f" Did you mean {near[0]}?" if near else ""}')
        elif names.count(name) > 1:
            faults.append(f'Line {line}: the column "{name}" is there twice. Keep one of them.')
    faults += [f'Line {line}: the column "{name}" is missing. Put it back.' for name in REQUIRED if name not in names]
    if faults:
        raise FileFaulty(list(dict.fromkeys(faults)))
    return names
