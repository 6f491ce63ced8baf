"""What the alignment panel says of each finding."""

from components.numbers import typed_cost
from strategy.findings import Finding, Kind

HEADINGS: dict[Kind, str] = {
    "empty goals": "Goals without tactics",
    "unaligned": "Tactics without a goal",
    "overloaded": "More effort than the owner’s team has",
    "duplicates": "Two tactics moving the same hours",
}
SHORT: dict[Kind, tuple[str, str]] = {
    "empty goals": ("goal without tactics", "goals without tactics"),
    "unaligned": ("tactic without a goal", "tactics without a goal"),
    "overloaded": ("tactic of an overloaded owner", "tactics of overloaded owners"),
    "duplicates": ("overlap", "overlaps"),
}


def panel_summary(found: tuple[Finding, ...], currency: str) -> str:
    """Return what there is to look at, with the money that serves no goal."""
    if not found:
        return "Nothing to mend."
    said = []
    for each in found:
        one, many = SHORT[each.kind]
        words = f"{len(each.lines)} {one if len(each.lines) == 1 else many}"
        is_stray = each.kind == "unaligned" and each.money > 0
        said.append(f"{words} ({typed_cost(each.money, currency)})" if is_stray else words)
    return f"{', '.join(said)}."


def reason(found: Finding, currency: str) -> str:
    """Return what a finding is about and what stands behind it."""
    cost = typed_cost(found.money, currency)
    days = f"{found.days:,.0f} person-days"
    return {
        "empty goals": "A goal nobody works on is a wish. Add what serves it, or archive it.",
        "unaligned": f"{cost} in the first 12 months and {days} a year serve no goal.",
        "overloaded": "Each goal owner is taken to have an equal part of the operations team’s "
        f"year. The tactics listed take {days} and {cost}.",
        "duplicates": "Hours are freed once, whoever frees them: the model counts the overlap "
        f"once, the invoices twice. The dearer ones listed cost {cost} in the first 12 months.",
    }[found.kind]
