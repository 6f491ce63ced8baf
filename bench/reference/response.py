"""How buyers respond to selling effort (docs/model.md, equations 10 to 12)."""

import numpy as np

from simulation.types import FloatArray


def contact(
    effort: FloatArray, attention: FloatArray, pressure: FloatArray, sharpness: FloatArray
) -> FloatArray:
    """Return the time sellers and buyers really spend together (equation 10).

    A smooth minimum of what sellers offer (`effort` x `pressure`) and the attention buyers
    are willing to give; at baseline both `effort` and `attention` are 1.
    """
    offered = effort * pressure
    # Dividing by the larger of both keeps high powers finite.
    scale = np.maximum(np.maximum(offered, attention), 1e-300)
    norm = ((offered / scale) ** sharpness + (attention / scale) ** sharpness) ** (1 / sharpness)
    return np.asarray(offered * attention / (scale * norm))


def contact_elasticity(
    elasticity: FloatArray, inbound: FloatArray, pressure: FloatArray, sharpness: FloatArray
) -> FloatArray:
    """Return the elasticity to contact, at most 1: no increasing returns (equation 11)."""
    return np.minimum(elasticity * (1 + pressure**sharpness) / (1 - inbound), 1.0)


def response(
    relative_contact: FloatArray, inbound: FloatArray, elasticity: FloatArray
) -> FloatArray:
    """Return new opportunities relative to baseline (equation 12)."""
    return inbound + (1 - inbound) * relative_contact**elasticity
