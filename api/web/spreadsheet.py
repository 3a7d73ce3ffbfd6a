"""Tables for spreadsheets. Pure."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
QUOTE = "'"


def harmless(cell: str) -> str:
    """`cell`, never taken for a formula: whoever wrote it must not make another's spreadsheet compute or fetch."""
    return QUOTE + cell if _is_guarded(cell) else cell


def as_written(cell: str) -> str:
    """Exactly what was made `harmless`; a cell that needed no guarding stays as it is."""
    return cell.removeprefix(QUOTE) if _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    """A quote that was there already is guarded too, so that taking one off again is exact."""
    return cell.lstrip(QUOTE).lstrip(" ").startswith(FORMULA)
