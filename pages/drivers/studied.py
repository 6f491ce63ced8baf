"""The words that say on how many futures an analysis was worked out."""

from strategy.model import Run


def studied_words(run: Run, most: int) -> str:
    """Return which of a run's futures were looked at; figures differ a little for fewer."""
    if run.draws <= most:
        return f"Worked out on all {run.draws:,} futures of the run."
    return f"Worked out on the first {most:,} of the run’s {run.draws:,} futures."
