"""Tables for spreadsheets. Pure."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """`cell`, never taken for a formula: whoever wrote it must not make another's spreadsheet compute or fetch."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
