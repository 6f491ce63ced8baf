"""Where a source can be opened: the works the shipped assumptions cite, and typed addresses."""

import re
from typing import NamedTuple

# The words in a source that name a work, and where it can be read or bought.
WORKS = {
    "Albers, Mantrala & Sridhar (2010)": "https://doi.org/10.1509/jmkr.47.5.840",
    "Speier & Venkatesh (2002)": "http://www.vvenkatesh.com/abstract/"
    "the-hidden-minefields-in-the-adoption-of-sales-force-automation-technologies/",
    "Bush, Moore & Rocco (2005)": "https://paperexplained.cn/articles/paper/detail/"
    "39eec124b89bdf892cc01b7214e2baf0833e88b6",
    "The CRO Report, mid-market": "https://thecroreport.com/glossary/win-rate",
    "Humlum & Vestergaard (2025)": "https://doi.org/10.2139/ssrn.5219933",
    "McKinsey & Oxford (2012)": "https://www.mckinsey.com/business-functions/digital-mckinsey/"
    "our-insights/delivering-large-scale-it-projects-on-time-on-budget-and-on-value",
    "Bass (1969)": "https://doi.org/10.1287/mnsc.15.5.215",
    "The Bridge Group SaaS benchmarks": "https://www.forentrepreneurs.com/"
    "2017-saas-ae-metrics-report/",
    "The Bridge Group: 60 days": "https://www.forentrepreneurs.com/2017-saas-ae-metrics-report/",
    "The Bridge Group (2024), quoted by PulseRevOps": "https://pulserevops.com/industry-kpis/q17",
    "Gong, quoted by PulseRevOps": "https://pulserevops.com/industry-kpis/q17",
    "CSO Insights": "https://sellingpower.com/2011/03/08/9392/"
    "how-much-time-do-your-salespeople-spend-selling",
    "Ebsta & Pavilion (2024), quoted by The Not So Secret CRO": "https://thenotsosecretcro.com/"
    "2024/05/29/3-things-your-top-performers-do-differently",
}
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+[^\s<>\"'`\\.,;:!?)\]]")


class LinkedSource(NamedTuple):
    """A source as text with at most one link: `before`, `linked` and `after` read as one."""

    before: str
    linked: str
    after: str
    address: str


def linked_source(source: str) -> LinkedSource:
    """Return a source with the address somebody typed in it, else of the first work it cites."""
    if typed := _ADDRESS.search(source):
        return _split(source, typed.start(), typed.end(), typed.group())
    places = [(source.find(words), words) for words in WORKS if words in source]
    if not places:
        return LinkedSource(source, "", "", "")
    start, words = min(places)
    return _split(source, start, start + len(words), WORKS[words])


def _split(source: str, start: int, end: int, address: str) -> LinkedSource:
    return LinkedSource(source[:start], source[start:end], source[end:], address)
