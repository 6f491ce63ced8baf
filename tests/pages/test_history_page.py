"""The history page on a real store: what it shows, and the ways back."""

from streamlit.testing.v1 import AppTest

from data.store import SqliteStore
from strategy import commands
from strategy.model import Board
from tests.pages.drawing import draw, errors, press, shown, titles


def renamed(store: SqliteStore, board: Board, title: str, actor: str = "Ben") -> None:
    """Rename the first tactic of a board as it is now."""
    tactic = store.board(board.plan.id).tactics[0]
    base = commands.fields_of(tactic)
    commands.edit_tactic(store, board.plan.id, actor, tactic.id, base, {"title": title})


def first_title(store: SqliteStore, board: Board) -> str:
    return store.board(board.plan.id).tactics[0].title


def what(page: AppTest) -> list[str]:
    [table] = [each.value for each in page.dataframe if "What" in each.value]
    return list(table["What"])


def test_a_plan_nobody_changed_says_so(bare: Board, store: SqliteStore) -> None:
    page = draw("history", plan=bare.plan.id)
    assert titles(page)[0].startswith("1 change, made by 1 person")


def test_the_newest_change_is_shown_from_what_to_what_and_taken_back(
    example: Board, store: SqliteStore
) -> None:
    was = first_title(store, example)
    renamed(store, example, "Another <b>name</b>")
    page = draw("history", plan=example.plan.id)
    assert what(page)[0].startswith("Rename")
    [table] = [each.value for each in page.table]
    assert list(table["Before"]) == [was]
    assert "<b>" in table["After"].iloc[0].replace("\\", "")
    press(page, "Take this change back")
    assert first_title(store, example) == was
    assert errors(page) == []


def test_a_named_moment_is_gone_back_to(example: Board, store: SqliteStore) -> None:
    was = first_title(store, example)
    page = draw("history", plan=example.plan.id)
    page.text_input[0].input("Before lunch")
    press(page, "Keep this name")
    [mark] = store.checkpoints(example.plan.id)
    assert mark.name == "Before lunch"
    renamed(store, example, "One")
    renamed(store, example, "Two", "Cy")
    press(shown(page.run()), "Go back to it")
    assert first_title(store, example) == was
    assert "Restore the plan as of “Before lunch”" in what(page)
    press(page, "Undo")
    assert first_title(store, example) == "Two"
    press(page, "Forget")
    assert store.checkpoints(example.plan.id) == ()


def test_changes_of_one_person_are_listed_alone(example: Board, store: SqliteStore) -> None:
    renamed(store, example, "One", "Ben")
    renamed(store, example, "Two", "Cy")
    page = draw("history", plan=example.plan.id)
    everybody = len(what(page))
    [who] = page.selectbox
    who.select("Cy")
    shown(page.run())
    assert len(what(page)) == 1 < everybody
