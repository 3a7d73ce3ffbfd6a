"""Log lines without people in them: numbers, addresses and postcodes are struck out as a second net."""

import logging
import re

_PERSONAL = re.compile(
    r"(?:\+|00)\d[\d ]{7,14}\d|\b0\d[\d ]{7,11}\d\b|[\w.+-]+@[\w-]+\.[\w.]+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    re.IGNORECASE,
)


class StrikeOut(logging.Filter):
    """Replaces anything that looks personal; our own lines carry none."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _PERSONAL.sub("[struck out]", record.getMessage())
        record.args = ()
        return True


def set_up_logging(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler()
    handler.addFilter(StrikeOut())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpx2", "httpcore", "twilio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
