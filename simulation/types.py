"""Array types shared by the model; arrays are (months, draws) inside and (draws, months) out."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
SmallIntArray = NDArray[np.int32]
TinyIntArray = NDArray[np.uint16]
FlagArray = NDArray[np.uint8]
BoolArray = NDArray[np.bool_]


def fixed(values: FloatArray) -> FloatArray:
    """Return the values as compiled code expects what it only reads.

    One kind of array, read-only and in order, so that nothing is compiled twice.
    """
    view = np.ascontiguousarray(values).view()
    view.setflags(write=False)
    return view
