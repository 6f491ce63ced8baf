"""Fit and adoption of a tactic in one draw (docs/model.md, equations 4 and 5)."""

from simulation.arithmetic import exp
from simulation.compiled import equation


@equation
def logistic(log_odds: float) -> float:
    """Return the probability with these log-odds."""
    return 1.0 / (1.0 + exp(-log_odds))


@equation
def fit_of(
    preparation: float, unprepared: float, gain: float, spread: float, noise: float
) -> float:
    """Return the share of use that sticks, between 0 and 1 (4)."""
    return logistic(unprepared + gain * preparation + spread * noise)


@equation
def bass(decay: float, imitation_ratio: float) -> float:
    """Return the share that has adopted (Bass 1969).

    `decay` is exp(-(p + q) t) after t months, `imitation_ratio` is q / p.
    """
    return (1.0 - decay) / (1.0 + imitation_ratio * decay)


@equation
def adoption_of(most: float, adopted: float, fit: float, faded: float) -> float:
    """Return the share of reps using a tactic (5).

    `most` will use it at all, `adopted` of them do by now; the share of their use that does
    not fit has faded to `faded`.
    """
    return most * adopted * (fit + (1.0 - fit) * faded)
