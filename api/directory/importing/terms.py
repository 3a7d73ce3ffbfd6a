"""Languages, areas and taxonomy terms of a feed into ours. Pure."""

from api.directory.entry import Area
from api.directory.folding import folded
from api.directory.importing.findings import Finding, shown, warning
from api.directory.importing.known import Terms, areas, first_words, is_district, language
from api.directory.importing.records import Record


def read_languages(record: Record) -> tuple[list[str], list[Finding]]:
    codes, findings = [], []
    for n, row in enumerate(record.languages):
        code = language(row.code, row.name)
        written = row.code or row.name
        if code:
            codes.append(code)
        elif written:
            told = f"{shown(written)} is no language that we know. Write its code, like gu."
            findings.append(warning(f"languages.{n}.code", told))
    return list(dict.fromkeys(codes)), findings


def read_areas(record: Record) -> tuple[list[Area], list[Finding]]:
    """Nothing is guessed from the address: where a service is does not say whom it serves."""
    found: list[Area] = []
    findings: list[Finding] = []
    for n, row in enumerate(record.service_areas):
        name = first_words((row.name, row.service_area, row.extent if row.extent_type == "text" else None))
        own = areas(name, row.uri)
        found += own
        if not own:
            told = f"{shown(name or row.uri)} is none of our areas: Leicester, Leicestershire, Rutland, United Kingdom."
            findings.append(warning(f"service_areas.{n}", f"{told} Choose the area by hand."))
        elif is_district(name):
            told = f"{shown(name)} is smaller than our area Leicestershire. Say so in the summary."
            findings.append(warning(f"service_areas.{n}", told))
    if not record.service_areas:
        told = "It does not say which area it serves, so a search by postcode does not find it. Choose the area."
        findings.append(warning("service_areas", told))
    return list(dict.fromkeys(found)), findings


def read_terms_of(record: Record, terms: Terms) -> tuple[list[str], list[str], list[Finding]]:
    """Needs, categories, and the terms that are none of ours."""
    needs, categories, strange = [], [], []
    for attribute in record.attributes:
        term = attribute.taxonomy_term
        said = [attribute.taxonomy_term_id, *((term.id, term.term, term.name) if term else ())]
        names = [folded(part) for part in said if part]
        need = next((terms.needs[name] for name in names if name in terms.needs), None)
        category = next((terms.categories[name] for name in names if name in terms.categories), None)
        needs += [need] if need else []
        categories += [category] if category else []
        if not need and not category and names:
            strange.append(shown((term.name or term.term or term.id) if term else said[0]))
    return list(dict.fromkeys(needs)), list(dict.fromkeys(categories)), _unknown(strange, len(record.attributes))


def _unknown(strange: list[str], count: int) -> list[Finding]:
    if not count:
        return [warning("attributes", "It has no taxonomy term. Choose its needs, or no family is sent there.")]
    if not strange:
        return []
    told = f"Not among our needs and categories: {', '.join(dict.fromkeys(strange))}. Choose its needs by hand."
    return [warning("attributes", told)]
