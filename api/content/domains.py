"""Addresses written without https, as phones make links of them all the same. Pure."""

import re
from collections.abc import Iterator


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


COUNTRIES = _each(
    """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf
    cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf
    gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km
    kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz
    na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg
    sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc
    ve vg vi vn vu wf ws ye yt za zm zw
    """
)
KINDS = _each(
    """
    com org net info biz edu gov int mil mobi name pro coop museum aero asia cat jobs tel travel post
    academy agency app art baby beauty best bet bio blog bond buzz care cash casino center cfd charity chat city click
    clinic cloud club community company consulting contact cyou date dating dental design dev digital direct doctor
    download email events expert express faith family finance fit foundation fun fund fyi gallery games gifts gives
    global group guide guru health healthcare help homes hospital host icu ink kids kim law legal life link live loan
    lol london lotto ltd market media medical men mom money mov news ngo nhs ninja one ong online page party phd photo
    photos pics pink place pub quest racing realty red rest review rocks run sale sbs school science services shop site
    social software solutions space store stream studio style support surf systems team tech tips today tokyo tools top
    town trade tube uno vip vet wales webcam website wiki win work works world wtf xin xxx xyz yoga zip zone
    """
)
"""Not every one there is: those that real and false addresses have most."""
WORDS = _each(
    """
    am as at baby be best by care chat city contact date direct do doctor email family finance fit fun fund group
    guide health help homes hospital id in is it kids law life link live me medical men mom money my name news no
    one page pm post place quest re red rest review run school services shop so support team tips to today us work
    works world zone
    """
)
"""Endings that are English words too: a sentence that begins without a space before it is no address."""
PATH = r"/[^\s<>\"'،؛۔।]*"
_RUN = re.compile(rf"(?<![\w.@+-])([\w.@+-]+)({PATH})?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]{2,}", re.IGNORECASE)


def bare_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where each address of a page or of mail begins and ends."""
    for run in _RUN.finditer(text):
        written, path = run[1], run[2] or ""
        length = _length(written, bool(path))
        if length:
            begins = run.start() + len(written) - len(written.lstrip(".@+-"))
            yield begins, run.start() + length + (len(path) if length == len(written) else 0)


def _length(written: str, has_path: bool) -> int:
    """How much of `written` is an address: as many labels as end in something that is one; 0 for none."""
    mail, at, host = written.rpartition("@")
    labels = host.split(".")
    for end in range(len(labels), 1, -1):
        is_whole = end == len(labels)
        if _is_host(labels[:end], is_mail=bool(at and mail), has_path=has_path and is_whole):
            return len(mail) + len(at) + len(".".join(labels[:end]))
    return 0


def _is_host(labels: list[str], *, is_mail: bool, has_path: bool) -> bool:
    name, ending = labels[-2], labels[-1]
    if not _LABEL.fullmatch(name) or not _LETTERS.fullmatch(ending):
        return False
    if is_mail or has_path:
        return True
    if ending.casefold() in WORDS:
        return not ending.istitle() and len(name) > 1 and not name.isdigit()
    return ending.casefold() in COUNTRIES | KINDS
