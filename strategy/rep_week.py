"""One rep's week: what of each admin task systems take over, and how much more they could."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulation.ceiling import Ceiling, buyer_ceiling
from simulation.defaults import defaults
from strategy.checks import check_tactic
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.levers import Levers, Shift
from strategy.library import tactic_library
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board, Plan, Scenario, Tactic
from strategy.order import key_between
from strategy.overrides import without_override
from strategy.ports import Store
from strategy.projection import live_tactics, read_inputs

FULL_ADOPTION = 0.9  # of a tactic that says nothing else, as the engine reads it
SELLING = ("live_conversations", "prospecting")
_A_LITTLE = 1e-6


@dataclass(frozen=True)
class AdminTask:
    """An admin task of the week; hours a rep-week, shares 0 to 1 of the task.

    Attributes
    ----------
    hours : today
    board : share the scenario's tactics promise to take over at full adoption
    shift : share the scenario shifts on top of them, before adoption
    most : largest share it may shift: what the strongest tactic of the library takes over
    tactics : titles of the tactics that promise `board`
    offer : key of that tactic in the library; None where none takes this task over
    """

    task: str
    label: str
    hours: float
    board: float
    shift: float
    most: float
    tactics: tuple[str, ...]
    offer: str | None

    def automated(self, shift: float) -> float:
        """Return promised hours a week if `shift` of the task goes to automation on top."""
        return self.hours * (1 - (1 - self.board) * (1 - FULL_ADOPTION * shift))

    @property
    def now(self) -> float:
        """Return the hours a week that are promised now."""
        return self.automated(self.shift)

    @property
    def least(self) -> float:
        """Return the hours a week that the tactics promise without any shift."""
        return self.automated(0.0)

    @property
    def limit(self) -> float:
        """Return the hours a week past which no tactic goes."""
        return self.automated(self.most)

    def shift_for(self, automated: float) -> float:
        """Return the share to shift so that this many hours a week are promised."""
        left = self.hours * (1 - self.board)
        return (automated - self.least) / left / FULL_ADOPTION if left > 0 else 0.0


def promised(task: str, tactics: Iterable[Mapping[str, Any]]) -> float:
    """Return the share of a task that system tactics, as the engine reads them, take over."""
    left = 1.0
    for tactic in tactics:
        if tactic.get("to", "system") == "system":
            adopt = tactic.get("adopt", FULL_ADOPTION)
            likely = adopt[1] if isinstance(adopt, list) else adopt
            left *= 1 - likely * tactic.get("moves", {}).get(task, 0.0)
    return 1 - left


def admin_tasks(board: Board, levers: Levers, inputs: Mapping[str, Any]) -> tuple[AdminTask, ...]:
    """Return the admin tasks of a scenario's week, in the order of the model."""
    hours = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    used = [each for each in live_tactics(board.tactics) if each.id not in levers.without]
    known = {each.id for each in used}
    own = [each for each in inputs["tactics"] if each["name"] in known]

    def admin_task(task: str) -> AdminTask:
        shift = levers.shifts[task].share if task in levers.shifts else 0.0
        offer = best_offer(task)
        most = tactic_library()[offer]["moves"][task] if offer else 0.0
        return AdminTask(
            task=task,
            label=defaults().tasks[task].label,
            hours=inputs["week"][task] * hours,
            board=promised(task, own),
            shift=shift,
            most=max(most, shift),
            tactics=tuple(
                each.title for each in used if each.to == "system" and each.moves.get(task, 0.0) > 0
            ),
            offer=offer,
        )

    return tuple(admin_task(task) for task in defaults().admin_tasks)


def best_offer(task: str) -> str | None:
    """Return the key of the library's system tactic that takes over most of a task, if any."""
    shares = {
        key: row.get("moves", {}).get(task, 0.0)
        for key, row in tactic_library().items()
        if row.get("to", "system") == "system"
    }
    best = max(shares, key=lambda key: shares[key])
    return best if shares[best] > 0 else None


def automate(levers: Levers, task: AdminTask, hours: float) -> Levers:
    """Return levers with which `hours` a week of a task are promised to be automated.

    Raises
    ------
    InvalidValue
        If the tactics already promise more, or no tactic promises that much; says which.
    """
    if not task.least - 0.05 <= hours <= task.limit + 0.05:
        raise InvalidValue(why_it_stops(task, is_most=hours > task.limit))
    share = min(max(task.shift_for(hours), 0.0), task.most)
    start = levers.shifts[task.task].start if task.task in levers.shifts else 1
    others = {name: shift for name, shift in levers.shifts.items() if name != task.task}
    if share > _A_LITTLE:
        others[task.task] = Shift(round(share, 6), start)
    return replace(levers, shifts=others)


def why_it_stops(task: AdminTask, *, is_most: bool) -> str:
    """Return why no more, or no less, of a task can be automated here."""
    if not is_most:
        if not task.tactics:
            return f"{task.label}: no hours are automated, and there are none to take back."
        return (
            f"{task.label}: {task.least:.1f} h are promised by {' and '.join(task.tactics)}. "
            "Leave tactics out under Tactics to automate less."
        )
    if task.offer is None:
        return f"{task.label}: no tactic in the library takes these hours over."
    offer = tactic_library()[task.offer]
    if task.most > offer["moves"][task.task]:
        return f"{task.label}: {task.limit:.1f} h is what this scenario’s table already promises."
    return (
        f"{task.label}: {task.limit:.1f} of {task.hours:.1f} h is the most. {offer['title']} takes "
        f"over {offer['moves'][task.task]:.0%} of it, more than any other tactic in the library."
    )


def ceiling_of(inputs: Mapping[str, Any], hours: float) -> Ceiling:
    """Return the buyer ceiling of a scenario; `hours` is the length of a rep's week."""
    selling = hours * sum(inputs["week"][task] for task in SELLING)
    return buyer_ceiling(selling, read_inputs(inputs).assumptions["buyer_pressure"])


def offer_tactic(store: Store, plan_id: str, actor: str, scenario_id: str, task: str) -> Tactic:
    """Add the library's tactic for a task to the plan in place of the scenario's shift of it.

    The tactic waits under no goal. It brings its own hours, price and preparation.

    Raises
    ------
    InvalidValue
        If the scenario shifts no hours of the task any more, or no tactic takes it over.
    """
    with store.change(plan_id, actor, "offer_tactic") as change:
        scenario = change.get(Scenario, scenario_id)
        left = without_override(Levers.from_json(scenario.overrides), f"shifts.{task}")
        offer = best_offer(task)
        if offer is None:
            raise InvalidValue("No tactic in the library takes these hours over.")
        lane = [each for each in change.tactics() if each.lane == "unaligned"]
        tactic = Tactic(
            id=new_id("tactic"),
            plan_id=plan_id,
            lane="unaligned",
            position=key_between(lane[-1].position if lane else None, None),
            library_key=offer,
            **tactic_library()[offer],
        )
        change.update(scenario, overrides=left.to_json())
        change.words = f"Add {tactic.title} in place of hours scenario {scenario.letter} shifted"
        return change.add(check_tactic(tactic, change.get(Plan, plan_id)))
