"""Log lines without people in them: numbers, addresses and postcodes are struck out as a second net."""

import logging
import re

_PERSONAL = re.compile(
    r"(?:\+|00)\d[\d ]{7,14}\d|\b0\d[\d ]{7,11}\d\b|[\w.+-]+@[\w-]+\.[\w.]+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    re.IGNORECASE,
)


class StrikeOut(logging.Filter):
    """Replaces anything that looks personal and drops tracebacks; our own lines carry neither."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = f" {record.exc_info[0].__name__}" if record.exc_info and record.exc_info[0] else ""
        record.msg = _PERSONAL.sub("[struck out]", record.getMessage().split("\n", 1)[0]) + kind
        record.args, record.exc_info, record.exc_text = (), None, None
        return True


def strike_out_everywhere() -> None:
    """On every handler that is there already: the web server's own lines are struck out too."""
    for logger in (logging.root, *(logging.getLogger(name) for name in ("uvicorn", "uvicorn.error"))):
        for handler in logger.handlers:
            handler.addFilter(StrikeOut())


def set_up_logging(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler()
    handler.addFilter(StrikeOut())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpx2", "httpcore", "twilio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
