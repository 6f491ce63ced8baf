"""Presence: who is at a plan, for as long as their page says so."""

from presence import GONE_AFTER_SECONDS, MOST_PEOPLE, Person, Presence


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def names(people: tuple[Person, ...]) -> list[str]:
    return [each.name for each in people]


def test_people_at_one_plan_see_each_other_and_not_themselves() -> None:
    here = Presence(Clock())
    assert here.note("p1", Person("a", "Ann", "plan")) == ()
    assert names(here.note("p1", Person("b", "Bo", "plan", "t1"))) == ["Ann"]
    assert names(here.note("p2", Person("c", "Cy", "plan"))) == []
    (bo,) = here.note("p1", Person("a", "Ann", "plan"))
    assert (bo.name, bo.editing) == ("Bo", "t1")


def test_who_is_silent_for_a_while_is_gone() -> None:
    clock = Clock()
    here = Presence(clock)
    here.note("p1", Person("a", "Ann", "plan"))
    clock.now += GONE_AFTER_SECONDS
    assert names(here.note("p1", Person("b", "Bo", "plan"))) == ["Ann"]
    clock.now += 0.1
    assert names(here.note("p1", Person("b", "Bo", "plan"))) == []


def test_who_asks_again_is_still_there_with_all_that_is_known() -> None:
    clock = Clock()
    here = Presence(clock)
    here.note("p1", Person("a", "Ann", "plan", "t1", "Lead routing"))
    clock.now += 3 * GONE_AFTER_SECONDS
    assert here.still("p1", "stranger") == ()
    assert here.still("p1", "a") == ()
    [ann] = here.still("p1", "stranger")
    assert (ann.name, ann.editing, ann.editing_title) == ("Ann", "t1", "Lead routing")
    assert here.still("p2", "stranger") == ()


def test_who_goes_to_another_plan_has_left_the_first() -> None:
    here = Presence(Clock())
    here.note("p1", Person("a", "Ann", "plan"))
    here.note("p2", Person("a", "Ann", "plan"))
    assert here.note("p1", Person("b", "Bo", "plan")) == ()


def test_a_new_name_replaces_the_old_one() -> None:
    here = Presence(Clock())
    here.note("p1", Person("a", "", "plan"))
    here.note("p1", Person("a", "Ann", "plan"))
    assert names(here.note("p1", Person("b", "Bo", "plan"))) == ["Ann"]


def test_a_flood_of_strangers_is_bounded() -> None:
    here = Presence(Clock())
    for number in range(600):
        others = here.note("p1", Person(f"x{number}", "", "plan"))
    assert len(others) == MOST_PEOPLE - 1
    assert others[0].id == "x100"
