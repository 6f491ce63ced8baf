"""The plan as an indented text: goals with their chance, tactics under them."""

from collections.abc import Callable

from strategy.model import Board, Goal, Tactic

LANES = {"unaligned": "Not under a goal", "ideas": "Ideas (parked, not simulated)"}


def outline(
    board: Board, say_goal: Callable[[Goal], str], say_tactic: Callable[[Tactic], str]
) -> str:
    """Return the plan as lines of text, numbered as an outline: 1, 1.1, 1.2, 2..."""
    lines = [board.plan.name]
    sections = [(f"{goal.title}. {say_goal(goal)}", goal.id) for goal in board.goals]
    sections += [(title, lane) for lane, title in LANES.items()]
    for number, (heading, place) in enumerate(sections, start=1):
        rows = [each for each in board.tactics if (each.goal_id or each.lane) == place]
        lines.append(f"{number}. {heading}")
        lines += [
            f"   {number}.{step} {each.title}. {say_tactic(each)}"
            for step, each in enumerate(rows, start=1)
        ]
        if not rows:
            lines.append("   (no tactic)")
    return "\n".join(lines)
