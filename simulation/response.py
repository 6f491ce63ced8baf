"""How buyers respond to selling effort, in one draw (docs/model.md, equations 10 to 12)."""

from simulation.arithmetic import LOG_OF_ZERO, exp, log
from simulation.compiled import equation


@equation
def log_contact(log_offered: float, log_attention: float, sharpness: float) -> float:
    """Return the logarithm of the time sellers and buyers really spend together (10).

    A smooth minimum of what sellers offer (effort x pressure) and the attention buyers are
    willing to give. The larger of both is divided out, which keeps high powers finite.
    """
    close = closeness(log_offered, log_attention, sharpness)
    return log_contact_of(log_offered, log_attention, close, sharpness)


@equation
def closeness(log_offered: float, log_attention: float, sharpness: float) -> float:
    """Return the smaller power of the two over the larger: 1 where they are equal (10)."""
    return exp(-sharpness * abs(log_offered - log_attention))


@equation
def log_contact_of(
    log_offered: float, log_attention: float, close: float, sharpness: float
) -> float:
    """Return `log_contact` where `closeness` is known."""
    return min(log_offered, log_attention) - log(1.0 + close) / sharpness


@equation
def contact_elasticity(
    elasticity: float, inbound: float, log_pressure: float, sharpness: float
) -> float:
    """Return the elasticity to contact, at most 1: no increasing returns (11)."""
    return min(elasticity * (1.0 + exp(sharpness * log_pressure)) / (1.0 - inbound), 1.0)


@equation
def response(log_relative_contact: float, inbound: float, elasticity: float) -> float:
    """Return new opportunities relative to baseline (12); without contact only inbound."""
    reached = exp(elasticity * log_relative_contact)
    nobody = log_relative_contact < 0.5 * LOG_OF_ZERO and elasticity > 0.0
    return inbound + (1.0 - inbound) * (0.0 if nobody else reached)
