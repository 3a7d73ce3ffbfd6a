"""What a family said never reaches a log: Rasa writes a whole conversation into an error when an action fails."""

import logging

LONGEST = 200
_CUTS = ("request_body", "{", "tracker")


class WithoutWords(logging.Filter):
    """Keeps the beginning of a line and the kind of an error; drops bodies and tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        for cut in _CUTS:
            line = line.split(cut, 1)[0]
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        record.msg, record.args = f"{line[:LONGEST]} {kind}".strip(), ()
        record.exc_info = record.exc_text = None
        return True


def quieten() -> None:
    """Puts the filter on every handler there is; call it once logging is set up."""
    named = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    for logger in [logging.root, *named]:
        for handler in logger.handlers:
            handler.addFilter(WithoutWords())
