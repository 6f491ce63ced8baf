"""Whatever people do in whatever order, the store equals a dictionary and its history."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from data.database import reading, rows
from data.rows import KEPT, plain_fields
from data.store import SqliteStore
from strategy.model import Goal, Tactic
from strategy.order import key_between, keys_for
from tests.store_samples import GOAL, PLAN, TACTIC, Clock

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBER = st.floats(0, 1e6)


class StoreAgainstDictionary(RuleBasedStateMachine):
    """Add, edit, move, archive and fail; a dictionary of rows says what must be there."""

    def __init__(self) -> None:
        """Start with a plan and nothing on its board."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = SqliteStore.open(Path(self.folder.name) / "plan.db", Clock())
        self.rows: dict[str, Any] = {}
        self.actions = 0
        with self.act() as change:
            self.keep(change.add(PLAN))

    def teardown(self) -> None:
        """Let go of the file."""
        self.store.close()
        self.folder.cleanup()

    def act(self) -> Any:
        """Open one action of the plan."""
        self.actions += 1
        return self.store.change("p1", "ann", "act")

    def keep(self, row: Any) -> None:
        """Remember a row as it should be."""
        self.rows[row.id] = row

    def living(self, kind: type) -> list[Any]:
        """Return the remembered rows that are not archived, in order."""
        found: list[Any] = [row for row in self.rows.values() if isinstance(row, kind)]
        found = [row for row in found if row.archived_at is None]
        return sorted(found, key=lambda row: (row.position.encode(), row.id))

    def some(self, kind: type, pick: int) -> Any:
        """Return one of the remembered rows."""
        living = self.living(kind)
        return living[pick % len(living)]

    @rule(title=TEXT, aim=NUMBER)
    def add_goal(self, title: str, aim: float) -> None:
        """Put a goal last."""
        with self.act() as change:
            last = change.goals()[-1].position if change.goals() else None
            goal = replace(GOAL, id=f"g{self.actions}", title=title, target=aim)
            self.keep(change.add(replace(goal, position=key_between(last, None))))

    @rule(title=TEXT, days=NUMBER, first=st.booleans())
    def add_tactic(self, title: str, days: float, first: bool) -> None:
        """Put a tactic first or nowhere in particular, so that equal positions happen."""
        tactic = replace(TACTIC, id=f"t{self.actions}", title=title, effort_days=days)
        with self.act() as change:
            top = change.tactics()[0].position if first and change.tactics() else None
            place = key_between(None, top)
            self.keep(change.add(replace(tactic, lane="ideas", goal_id=None, position=place)))

    @precondition(lambda self: self.living(Tactic))
    @rule(pick=st.integers(0), moves=st.dictionaries(TEXT, NUMBER, max_size=3), title=TEXT)
    def edit_tactic(self, pick: int, moves: dict[str, float], title: str) -> None:
        """Set two fields; setting what is already so is no action."""
        row = self.some(Tactic, pick)
        with self.act() as change:
            self.keep(change.update(row, moves=moves, title=title))
        if self.rows[row.id] == row:
            self.actions -= 1
        else:
            assert self.rows[row.id] == replace(
                row, moves=moves, title=title, version=row.version + 1
            )

    @precondition(lambda self: self.living(Tactic) and self.living(Goal))
    @rule(pick=st.integers(0), goal=st.integers(0), place=st.integers(0))
    def move_tactic(self, pick: int, goal: int, place: int) -> None:
        """Move a tactic into a goal's lane, with fresh keys if there is no place left."""
        row, lane = self.some(Tactic, pick), self.some(Goal, goal)
        with self.act() as change:
            others = [other for other in change.tactics() if other.id != row.id]
            at = place % (len(others) + 1)
            moved = change.update(row, lane="goal", goal_id=lane.id)
            for other, key in zip(
                [*others[:at], moved, *others[at:]], keys_for(len(others) + 1), strict=True
            ):
                self.keep(change.update(other, position=key))
        self.actions = self.store.change_seq("p1")  # a move to where it is changes nothing
        assert [tactic.id for tactic in self.store.board("p1").tactics][at] == row.id

    @precondition(lambda self: self.living(Tactic))
    @rule(pick=st.integers(0))
    def archive_tactic(self, pick: int) -> None:
        """Take a tactic off the board."""
        with self.act() as change:
            self.keep(change.update(self.some(Tactic, pick), archived_at=change.now))

    @rule(title=TEXT)
    def fail_half_way(self, title: str) -> None:
        """Start an action that ends with an error."""
        try:
            with self.act() as change:
                change.add(replace(GOAL, id="lost", title=title))
                raise KeyError
        except KeyError:
            self.actions -= 1

    @invariant()
    def board_equals_the_dictionary(self) -> None:
        """Content and order are what was done."""
        board = self.store.board("p1")
        assert board.plan == self.rows["p1"]
        assert list(board.goals) == self.living(Goal)
        assert list(board.tactics) == self.living(Tactic)

    @invariant()
    def one_event_for_each_action(self) -> None:
        """Numbers are given in order, without a gap, one for each action."""
        events = self.store.events("p1", -1)
        assert [event.seq for event in events] == list(range(self.actions, 0, -1))

    @invariant()
    def replaying_the_history_gives_the_rows(self) -> None:
        """Forward from nothing it ends at the rows; backward from the rows, at nothing."""
        replayed: dict[str, dict[str, Any]] = {}
        for event in reversed(self.store.events("p1", -1)):
            for table, changed in event.after.items():
                for row_id, after in changed.items():
                    before = event.before[table][row_id]
                    row = replayed.setdefault(row_id, {})
                    assert before is None or before == {name: row[name] for name in before}
                    row.update(after)
        assert replayed == {
            row.id: {
                name: value
                for name, value in plain_fields(row).items()
                if name not in KEPT[type(row)].unlogged
            }
            for row in self.rows.values()
        }

    @invariant()
    def no_row_is_there_that_nobody_added(self) -> None:
        """Failed actions leave no row behind."""
        with reading(self.store.path) as db:
            found = rows(db, "SELECT id FROM goals UNION SELECT id FROM tactics")
        assert {row["id"] for row in found} == self.rows.keys() - {"p1"}


TestStoreAgainstDictionary = StoreAgainstDictionary.TestCase
TestStoreAgainstDictionary.settings = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
