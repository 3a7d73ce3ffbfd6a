"""`python -m api.cli remind`."""

import pytest

from api.errors import Unusable
from api.reminders.rooms import remind
from tests.reminders.conftest import Office, mail_settings


def test_a_dry_run_shows_everybodys_text_and_sends_nothing(office: Office) -> None:
    office.add("eva", ["editor"])
    told = remind(office.settings, is_dry=True)
    assert told.startswith("To: eva@example.org\n\nHello Eva,")
    assert told.endswith("1 would be sent. Nothing was.")
    assert office.box.taken == []
    assert office.rows() == []


def test_it_sends_this_weeks_once(office: Office) -> None:
    office.add("eva", ["editor"])
    assert remind(office.settings, is_dry=False) == "Reminders: 1 sent."
    assert remind(office.settings, is_dry=False) == "Everybody has had this week's reminder."
    assert office.box.addresses == ["eva@example.org"]


def test_without_a_mail_server_it_says_what_to_set(office: Office) -> None:
    with pytest.raises(Unusable, match="SMTP_URL"):
        remind(mail_settings(office.settings.database_url, ""), is_dry=False)
