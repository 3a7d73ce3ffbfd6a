"""Words out as PO and CSV and in again: exact both ways, as Poedit, Weblate and spreadsheets write, faults named."""

import csv
import io
from collections.abc import Sequence

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.content import approving, authoring, exporting, repository
from api.content.authoring import Words
from api.content.files import suggesting
from api.content.files.comparing import Comparison, Proposed, compare
from api.content.files.entries import LARGEST, FileEntry, FileFaulty, plain
from api.content.files.po import read_po_file
from api.content.files.table import read_table, table_rows, table_text
from api.content.glossary import load_glossary
from api.content.languages import ENGLISH, load_languages
from api.content.service import words_of
from api.content.shelf import Shelf
from api.content.writing import Entry, po_text
from api.database import Database
from api.errors import Conflict, NotFound
from api.person import Person
from api.settings import ROOT
from api.web.spreadsheet import as_written, harmless

LANGUAGES = load_languages(ROOT / "content")
GLOSSARY = load_glossary(ROOT / "content")
POLISH = LANGUAGES["pl"]
BED = "safer_sleep/bed_sharing"
WHO = Person("A Translator", "an-account")
SMS = (
    "Nigdy nie śpij z dzieckiem w łóżku, gdy ktoś z Was pali, pił alkohol, brał narkotyki lub lek, po którym jest "
    "senny, ani gdy dziecko ur. przed 37 tyg. ciąży lub z wagą do 2.5 kg. Nigdy na sofie."
)
POEDIT = """\
# Translations of Bumpline
# This file is put under the same licence.
#
msgid ""
msgstr ""
"Project-Id-Version: Bumpline\\n"
"POT-Creation-Date: \\n"
"PO-Revision-Date: 2026-11-26 10:12+0000\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: pl_PL\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 "
"|| n%100>=20) ? 1 : 2);\\n"
"X-Generator: Poedit 3.4.2\\n"

msgctxt "safer_sleep/bed_sharing.title"
msgid "Can my baby sleep in our bed?"
msgstr "Czy dziecko może spać w naszym łóżku?"

msgctxt "safer_sleep/bed_sharing.sms"
msgid ""
"Never share a bed if anyone smokes, drank alcohol, took drugs, or took "
"medicine that makes them sleepy. Never share if baby was born before 37 "
"weeks, or at 2.5 kg or less. Never sleep with baby on a sofa."
msgstr ""
"Nigdy nie śpij z dzieckiem w łóżku, gdy ktoś z Was pali, pił alkohol, brał "
"narkotyki lub lek, po którym jest senny, ani gdy dziecko ur. przed 37 tyg. "
"ciąży lub z wagą do 2.5 kg. Nigdy na sofie."

msgctxt "safer_sleep/no_cot.title"
msgid "We have no cot"
msgstr ""

#~ msgctxt "safer_sleep/gone_long_ago.title"
#~ msgid "This question is gone"
#~ msgstr "Tego pytania już nie ma"
"""
WEBLATE = """\
msgid ""
msgstr ""
"Project-Id-Version: Bumpline\\n"
"Report-Msgid-Bugs-To: \\n"
"Language: pl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n"
"%100>=20) ? 1 : 2;\\n"
"X-Generator: Weblate 5.9\\n"

#. A note for the next reader
#: safer_sleep.yml:99
#, fuzzy, max-length:60
#| msgctxt "safer_sleep/bed_sharing.title"
#| msgid "May my baby sleep in our bed?"
msgctxt "safer_sleep/bed_sharing.title"
msgid "Can my baby sleep in our bed?"
msgstr "Czy niemowlę może spać w naszym \\"dużym\\" łóżku?"
"""


def read(text: str, code: str = "pl") -> list[FileEntry]:
    return read_po_file(text.encode(), LANGUAGES[code])


def compared(database: Database, entries: Sequence[FileEntry], code: str = "pl") -> Comparison:
    with database.read() as session:
        return compare(session, entries, LANGUAGES[code], GLOSSARY)


def exported_po(database: Database, code: str = "pl") -> str:
    with database.read() as session:
        return exporting.exported_po(session, code)


def exported_csv(database: Database, code: str = "pl") -> bytes:
    with database.read() as session:
        return table_text(exporting.exported_rows(session, code)).encode()


def new_english(database: Database, *, web: str = "Your own bed is not safe for a baby. Use a cot.") -> None:
    with database.write() as session:
        newest = repository.newest(session, BED, ENGLISH)
        assert newest
        fields = {**words_of(newest), "web": web}
        authoring.save(session, Words(BED, LANGUAGES[ENGLISH], fields, newest.number, change="meaning"), WHO)


def one_of(found: Comparison) -> Proposed:
    assert len(found.proposed) == 1
    return found.proposed[0]


def faults(data: bytes, read_with: str = "po") -> str:
    with pytest.raises(FileFaulty) as refused:
        read_po_file(data, POLISH) if read_with == "po" else read_table(data)
    return "\n".join(refused.value.faults)


def test_every_language_goes_out_and_comes_back_with_nothing_to_suggest(database: Database) -> None:
    with database.read() as session:
        messages = repository.count_messages(session)
        files = exporting.exported(session, LANGUAGES)
    for code in LANGUAGES:
        found = compared(database, read_table(exported_csv(database, code)), code)
        assert (found.proposed, found.same, found.empty) == ([], messages, 0), f"CSV of {code}"
        if code != ENGLISH:
            text = exported_po(database, code)
            assert text == files[f"locales/{code}/LC_MESSAGES/messages.po"]
            found = compared(database, read(text, code), code)
            assert (found.proposed, found.same, found.empty) == ([], messages, 0), f"PO of {code}"


def test_a_stale_translation_goes_out_and_comes_back_with_nothing_to_suggest(database: Database) -> None:
    new_english(database)
    for entries in (read(exported_po(database)), read_table(exported_csv(database))):
        assert compared(database, entries).proposed == []


CELLS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@'\"\t\r\n,; ")), max_size=30)


@given(st.lists(st.tuples(*[CELLS] * 6), max_size=4))
@example([("=1+1", "+44 116", "-", "@SUM(A1)", "'=1", "''+1")])
@example([("\t=1", "\r\n", "\n\n", '"', '","', "سلام، ۱\u200f")])
@example([("\ufeff", "sep=;", "\x00", "\u2028", " ", "' =1")])
def test_any_text_comes_back_from_a_table_exactly(rows: list[tuple[str, ...]]) -> None:
    text = table_text(rows)
    assert [tuple(cells) for _, cells in table_rows(text)][1:] == rows
    assert [as_written(cell) for row in rows for cell in map(harmless, row)] == [cell for row in rows for cell in row]
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), max_size=4))
@example([('a\\"b\\', "=1\t\r\n", "\\n")])
def test_any_text_comes_back_from_a_po_file(texts: list[tuple[str, str, str]]) -> None:
    entries = [Entry(f"t/q{n}.web", e or "e", w, now=now or "n") for n, (e, w, now) in enumerate(texts)]
    found = read(po_text("pl", entries))
    assert [(e.name, e.words, e.english) for e in found] == [
        (e.name, plain(e.words), plain(e.english)) for e in entries
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_a_file_as_poedit_writes_it(database: Database, before: str, ends: str) -> None:
    found = compared(database, read(before + POEDIT.replace("\n", ends)))
    one = one_of(found)
    assert (one.key, one.words["sms"], one.age, one.is_sure) == (BED, SMS, "today", True)
    assert {field for field in one.words if one.words[field] != one.before[field]} == {"sms"}
    assert (found.same, found.empty) == (0, 1)


def test_a_file_as_weblate_writes_it(database: Database) -> None:
    one = one_of(compared(database, read(WEBLATE)))
    assert one.words["title"] == 'Czy niemowlę może spać w naszym "dużym" łóżku?'
    assert one.made_from["title"] == "May my baby sleep in our bed?"
    assert (one.age, one.is_sure) == ("unknown", False)


def test_words_said_to_fit_newer_english_are_suggested_and_a_machine_mark_is_not(database: Database) -> None:
    new_english(database)
    text = exported_po(database)
    file = polib.pofile(text)
    entry = file.find(f"{BED}.web", by="msgctxt")
    assert entry
    entry.previous_msgid = None
    assert compared(database, read(str(file))).proposed == [], "still fuzzy: nobody says that they fit"
    entry.flags = []
    one = one_of(compared(database, read(str(file))))
    assert one.words == one.before
    assert one.made_from["web"].startswith("Your own bed")
    assert one.age == "today", "in a demonstration the newest English is read"


def test_how_old_the_english_of_a_file_is(database: Database) -> None:
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES[ENGLISH], number=1, by=Person("A Second Person"))
        first = repository.newest(session, BED, ENGLISH)
        assert first
        old, new = first.web, "Your own bed is not safe for a baby. Use a cot."
    new_english(database, web=new)

    def age(english: str) -> str:
        return one_of(compared(database, [FileEntry(1, f"{BED}.web", "Inaczej.", english)])).age

    assert (age(old), age(new), age("Never said.")) == ("today", "newer", "unknown")
    with database.write() as session:
        approving.approve(session, key=BED, language=LANGUAGES[ENGLISH], number=2, by=Person("A Second Person"))
    assert (age(old), age(new), age("Never said.")) == ("older", "today", "unknown")


def test_faults_of_the_words_are_shown_and_hold_up_nothing(database: Database) -> None:
    one = one_of(compared(database, read(WEBLATE.replace('\\"dużym\\"', "५ {name}"))))
    reasons = " ".join(finding.reason for finding in one.findings if finding.level == "error")
    assert "digits must be 0 to 9" in reasons
    assert "placeholders must be" in reasons


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('łóżku?"', "łóżku?", "Line 20: words stand between two quotes"),
        ("Language: pl", "Language: gu", 'says "Language: gu", and you chose Polish'),
        ("charset=utf-8", "charset=ISO-8859-2", 'says "charset=ISO-8859-2". Save it again in UTF-8'),
        ('msgctxt "safer_sleep/bed_sharing.title"\nmsgid', "msgid", "Line 13: this entry has no msgctxt"),
        ("niemowlę", "nie\u2028mowlę", "Line 20: the invisible character U+2028"),
        ('msgstr "Czy', 'msgid_plural "x"\nmsgstr[0] "Czy', "messages have no plurals"),
        ("#. A note", '#| nonsense "x"\n#. A note', "(line 13): unknown keyword nonsense"),
    ],
)
def test_a_faulty_po_file_is_refused_with_line_and_reason(old: str, new: str, told: str) -> None:
    assert old in WEBLATE
    assert told in faults(WEBLATE.replace(old, new).encode())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("safer_sleep/bed_sharing.body", "this is no field of a message"),
        ("send", "this is no field of a message"),
        ("safer_sleep/bed_sharin.title", "there is no message safer_sleep/bed_sharin"),
    ],
)
def test_an_entry_that_is_none_of_ours_is_refused(database: Database, name: str, told: str) -> None:
    text = WEBLATE.replace('\nmsgctxt "safer_sleep/bed_sharing.title"', f'\nmsgctxt "{name}"')
    with pytest.raises(FileFaulty, match=told):
        compared(database, read(text))


def test_every_fault_is_named_at_once(database: Database) -> None:
    rows = (
        "key,field,english,translation\r\n" + f'{BED},title,a,"b\nc"\r\n{BED},title,a,d\r\nno/such,web,a,{"x" * 5001}'
    )
    rows += f"\r\n{BED},web,a,{'x' * 5001}\r\n{BED},sms,a,\x00"
    with pytest.raises(FileFaulty) as refused:
        compared(database, read_table(rows.encode()))
    told = "\n".join(refused.value.faults)
    assert "Line 4, safer_sleep/bed_sharing.title: it is there twice, first in line 2" in told
    assert "Line 5, no/such.web: there is no message no/such" in told
    assert "Line 6, safer_sleep/bed_sharing.web: 5,001 characters" in told
    assert "Line 7, safer_sleep/bed_sharing.sms: the invisible character U+0000" in told


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty"),
        (b"a" * (LARGEST + 1), "larger than 4 MB"),
        (b"key,field,english,translation\r\na,b,c,\xff\r\n", 'Line 2: this is not UTF-8. Save it again as "CSV UTF-8"'),
        (b"\xff\xfea", "this is not UTF-8"),
        (b"key,feld,english,translation", 'Line 1: there is no column "feld". Did you mean field?'),
        (b"key,key,field,english", 'Line 1: the column "key" is there twice'),
        (b"key,field,english", 'Line 1: the column "translation" is missing'),
        (b'key,field,english,translation\r\na,b,c,"d', "Line 2: the row is broken"),
        (b"key,field,english,translation\r\na,b,c", "Line 2: 3 cells under 4 columns"),
        (b"key,field,english,translation\r\na,b,c,d,e", "Line 2: 5 cells under 4 columns"),
    ],
)
def test_a_faulty_table_is_refused_with_line_and_reason(data: bytes, told: str) -> None:
    assert told in faults(data, "csv")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "\ufeff", "sep={mark}\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_is_read_whatever_wrote_it(mark: str, before: str, encoding: str) -> None:
    rows = f'Translation{mark}KEY{mark}field{mark}english{mark}\r\n"\'-a\r\nb "{mark}t/q{mark}web{mark}e{mark}\r\n\r\n'
    entry = read_table((before.format(mark=mark) + rows).encode(encoding))[0]
    assert (entry.name, entry.words, entry.english) == ("t/q.web", "-a\nb", "e")


def test_english_comes_in_as_a_table(database: Database) -> None:
    table = exported_csv(database, ENGLISH).decode()
    before, after = "Can my baby sleep in our bed?", "Is our bed safe for a baby?"
    changed = table.replace(f"{before},{before}", f"{before},{after}")
    assert changed != table
    one = one_of(compared(database, read_table(changed.encode()), ENGLISH))
    assert (one.words["title"], one.made_from["title"]) == (after, before)
    assert one.made_from == one.before


def test_a_suggestion_is_neither_served_nor_an_approval(database: Database) -> None:
    shelf = Shelf(True)
    with database.read() as session:
        before = shelf.open(session).served([BED], "pl")[BED]
    with database.write() as session:
        found = compare(session, read(POEDIT), POLISH, GLOSSARY)
        made = suggesting.suggest(session, found.proposed, "pl", "messages.po", WHO)
        ids = [row.id for row in made]
    for fresh in (shelf, Shelf(True)):
        with database.read() as session:
            assert fresh.open(session).served([BED], "pl")[BED] == before
    with database.read() as session:
        assert Shelf(False).open(session).served([BED], "pl") == {}
        rows = repository.revisions(session, [BED], ["pl"])
        assert [(row.number, row.approvals) for row in rows] == [(1, [])]
    assert len(ids) == 1


def test_the_same_file_again_suggests_nothing_twice(database: Database) -> None:
    with database.write() as session:
        found = compare(session, read(POEDIT), POLISH, GLOSSARY)
        number = suggesting.suggest(session, found.proposed, "pl", "messages.po", WHO)[0].id
    again = compared(database, read(POEDIT))
    assert (again.proposed, again.waiting, again.left_out) == ([], 1, 0)
    with database.write() as session:
        row = suggesting.suggestion(session, BED, "pl", number)
        suggesting.leave_out(row, WHO)
        with pytest.raises(Conflict):
            suggesting.leave_out(row, WHO)
    assert compared(database, read(POEDIT)).left_out == 1
    with database.write() as session:
        row = suggesting.suggestion(session, BED, "pl", number)
        suggesting.bring_back(row)
        assert (row.decision, row.decided_by, row.decided_at) == (None, None, None)
        with pytest.raises(Conflict):
            suggesting.bring_back(row)
        with pytest.raises(NotFound):
            suggesting.suggestion(session, BED, "gu", number)
    assert compared(database, read(POEDIT)).waiting == 1
