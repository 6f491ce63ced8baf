"""How well tactics fit, how many use them and what they realise (equations 4, 5 and 2)."""

import math

from simulation.inputs import TacticInput
from simulation.worked.given import Month, Use
from simulation.worked.sheet import Sheet, written


def bass_share(elapsed: float, innovation: float, imitation: float) -> float:
    """Return the share that uses a tool `elapsed` months after go-live, 0 before (Bass 1969)."""
    if elapsed <= 0:
        return 0.0
    fading = math.exp(-(innovation + imitation) * elapsed)
    return (1 - fading) / (1 + imitation / innovation * fading)


def use_of_tactics(month: Month) -> list[Use]:
    """Return fit and adoption of every tactic; only those that started are written down."""
    month.sheet.part = "Fit and adoption"
    unseen, given = Sheet(), month.given
    return [
        _use(month, place, month.sheet if start <= month.number else unseen)
        for place, start in enumerate(given.starts)
    ]


def _use(month: Month, place: int, sheet: Sheet) -> Use:
    given, tactic = month.given, month.given.inputs.tactics[place]
    most, fit = given.most[place], _fit(month, tactic, given.fit_noise[place], sheet)
    elapsed = max(month.number - given.starts[place] - tactic.delay, 0.0)
    reached = _reached(month, tactic, elapsed, sheet)
    fading = month.given.value["abandonment"]
    adoption = sheet.line(
        5,
        "Adoption: who uses it and goes on using it",
        f"{written(most)} × {written(reached)} × ({written(fit)} + "
        f"{written(1 - fit)} × exp(−{written(fading)} × {written(elapsed)}))",
        most * reached * (fit + (1 - fit) * math.exp(-fading * elapsed)),
        "share",
        about=tactic.name,
    )
    scale = month.given.value["realised_share"]
    realised = sheet.line(
        2,
        "Share of the promised hours it takes",
        f"min({written(adoption)} × {written(scale)}, 1)",
        min(adoption * scale, 1.0),
        "share",
        about=tactic.name,
    )
    return Use(tactic, fit, adoption, realised)


def _fit(month: Month, tactic: TacticInput, noise: float, sheet: Sheet) -> float:
    value = month.given.value
    odds = (
        value["fit_unprepared"]
        + value["fit_gain"] * tactic.preparation
        + value["fit_spread"] * noise
    )
    return sheet.line(
        4,
        "Fit: the share of use that lasts",
        f"1 / (1 + exp(−({written(value['fit_unprepared'])} + {written(value['fit_gain'])} × "
        f"{written(tactic.preparation)} + {written(value['fit_spread'])} × {written(noise)})))",
        1 / (1 + math.exp(-odds)),
        "share",
        about=tactic.name,
    )


def _reached(month: Month, tactic: TacticInput, elapsed: float, sheet: Sheet) -> float:
    first, second = (month.given.value[f"adoption_{how}"] for how in ("innovation", "imitation"))
    fading = f"exp(−{written(first + second)} × {written(elapsed)})"
    return sheet.line(
        5,
        "Users reached since go-live",
        f"(1 − {fading}) / (1 + {written(second)} / {written(first)} × {fading})",
        bass_share(elapsed, first, second),
        "share",
        about=tactic.name,
    )
