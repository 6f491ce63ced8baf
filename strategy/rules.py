"""Rules the model is told, which the thesis rests on, and their switches.

A rule that is off is left out of the model: the assumptions that carry it are set to the values at
which its mechanism does nothing. With every rule on nothing is set, so results are what they are
without this file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from strategy.errors import InvalidValue
from strategy.model import Board, Plan
from strategy.ports import Store

NO_PRESSURE = 0.001  # the least the model takes: buyers want a thousand times what is offered


@dataclass(frozen=True)
class Rule:
    """One rule: what it claims, what the model does without it, and what it hangs on.

    `neutral` maps the assumptions that carry it to the values at which it does nothing; the first
    is the one whose source stands for the rule. `equations` are those of docs/model.md.
    """

    name: str
    title: str
    claim: str
    when_off: str
    equations: str
    neutral: Mapping[str, float]


RULES = (
    Rule(
        "buyer_ceiling",
        "Buyers’ time is limited",
        "Buyers give sellers only so many hours. The nearer selling comes to that, the less "
        "another hour brings; beyond it, nearly nothing.",
        "Selling time meets no limit of buyers, however much there is of it. What account work "
        "adds to buyers’ attention, and its decline, then change nothing either.",
        "Equations 10 to 12",
        {"buyer_pressure": NO_PRESSURE},
    ),
    Rule(
        "attention_decline",
        "Buyers give less time each year",
        "The time buyers give to sellers shrinks from year to year.",
        "Buyers’ attention does not shrink.",
        "Equation 12",
        {"attention_decline": 0.0},
    ),
    Rule(
        "preparation",
        "Goals before software",
        "A tool whose goal, requirements, process and baseline came first fits better, so that "
        "more of its use stays.",
        "Preparation makes no difference: every tool fits as one bought without any.",
        "Equation 4",
        {"fit_gain": 0.0},
    ),
    Rule(
        "misfit",
        "A tool that does not fit is given up",
        "Use that does not fit fades after a good start, part of its work comes back, and its "
        "one-off costs grow.",
        "However badly a tool fits, no use is given up, no work comes back and no cost overruns.",
        "Equations 3, 5 and 17",
        {"abandonment": 0.0, "rework": 0.0, "overrun": 0.0},
    ),
    Rule(
        "attrition",
        "Bad tools drive reps away",
        "Used tools that do not fit raise the rate at which reps leave; good ones lower it.",
        "Tools have no effect on who leaves.",
        "Equation 16",
        {"attrition_fit_effect": 0.0},
    ),
    Rule(
        "unplanned_leak",
        "Freed hours need an owner",
        "Where reps’ freed hours have no destination and no owner, more of them turn into slack.",
        "Reps’ freed hours leak the same, whether their use is planned or not.",
        "Equation 8",
        {"unplanned_leak": 0.0},
    ),
    Rule(
        "coordination",
        "Tactics of different goals cost coordination",
        "Each pair of live tactics that do not share a goal takes hours of every rep.",
        "Coordination takes no time.",
        "Equation 7",
        {"coordination_hours": 0.0},
    ),
    Rule(
        "account_work",
        "Account work pays, slowly",
        "Account and territory work slowly raises win odds, deal size and the time buyers give.",
        "Account work changes nothing: hours spent on it bring nothing.",
        "Equations 12 and 13",
        {
            "strategy_win_elasticity": 0.0,
            "strategy_deal_elasticity": 0.0,
            "strategy_attention_elasticity": 0.0,
        },
    ),
)
_BY_NAME = {rule.name: rule for rule in RULES}


def is_on(plan: Plan, rule: Rule) -> bool:
    """Return whether a rule is part of the model for this plan; rules are on unless switched."""
    return plan.rules.get(rule.name, True)


def rules_off(plan: Plan) -> tuple[Rule, ...]:
    """Return the rules that are switched off, in the order of the page."""
    return tuple(rule for rule in RULES if not is_on(plan, rule))


def neutral_values(plan: Plan) -> dict[str, float]:
    """Return the assumptions that rules switched off hold at one value; empty with all on."""
    return {name: value for rule in rules_off(plan) for name, value in rule.neutral.items()}


def rule_off_of(plan: Plan, assumption: str) -> Rule | None:
    """Return the rule switched off that leaves an assumption out of the model, if one does."""
    return next((rule for rule in rules_off(plan) if assumption in rule.neutral), None)


def off_words(plan: Plan) -> str:
    """Return "Rule off: Buyers’ time is limited.", or "" while every rule is on."""
    return off_sentence([rule.title for rule in rules_off(plan)])


def off_sentence(titles: list[str]) -> str:
    """Return the rules that are off as a sentence; "" for none."""
    if not titles:
        return ""
    return f"Rule{'' if len(titles) == 1 else 's'} off: {'; '.join(titles)}."


def check_rules(rules: Mapping[str, bool]) -> None:
    """Raise InvalidValue unless these are switches of known rules."""
    for name, switch in rules.items():
        if name not in _BY_NAME:
            raise InvalidValue(f"“{name}” is not a rule of this model.")
        if not isinstance(switch, bool):
            raise InvalidValue(f"The rule “{_BY_NAME[name].title}” is either on or off.")


def switched(plan: Plan, name: str, *, on: bool) -> Plan:
    """Return the plan with a rule on or off; raise InvalidValue if there is no such rule."""
    check_rules({name: on})
    others = {key: switch for key, switch in plan.rules.items() if key != name}
    return replace(plan, rules=others if on else {**others, name: False})


def switched_board(board: Board, name: str, *, on: bool) -> Board:
    """Return the board with a rule of its plan on or off."""
    return replace(board, plan=switched(board.plan, name, on=on))


def switch_rule(store: Store, plan_id: str, actor: str, name: str, *, on: bool) -> Plan:
    """Switch a rule of the model on or off for this plan; nothing happens if it is so already."""
    with store.change(plan_id, actor, "switch_rule") as change:
        plan = change.get(Plan, plan_id)
        changed = switched(plan, name, on=on)
        change.words = f"Switch {'on' if on else 'off'} the rule {_BY_NAME[name].title}"
        return change.update(plan, rules=changed.rules)
