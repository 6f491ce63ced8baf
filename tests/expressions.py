"""Compute what a line of a month worked by hand writes: arithmetic, and no other Python."""

import ast
import math
import operator
import re
from collections.abc import Callable

WORDS = re.compile(r" (heads|seats|vacant|pairs of tactics|hired|left|lost)| as drawn")
SIGNS = (
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile("\N{MINUS SIGN}"), "-"),
    (re.compile("×"), "*"),
    (re.compile(r"\^"), "**"),
    (re.compile("²"), "**2"),
    (re.compile("³"), "**3"),
    (re.compile(r"√([\d.]+)"), r"sqrt(\1)"),
    (re.compile(r"∛([\d.]+)"), r"cbrt(\1)"),
    (re.compile(r"(?<=\* )-([\d.e]+)"), r"(-\1)"),
)
BETWEEN: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "sqrt": math.sqrt,
    "cbrt": math.cbrt,
    "max": max,
    "min": min,
}


def evaluated(numbers: str) -> float:
    """Return the value of an expression on the sheet.

    Raises
    ------
    ValueError
        If it holds anything but numbers, + - × / ^, roots and the functions named here.
    """
    text = WORDS.sub("", numbers)
    for sign, code in SIGNS:
        text = sign.sub(code, text)
    try:
        return _value(ast.parse(text, mode="eval").body)
    except SyntaxError as error:
        raise ValueError(f"{numbers} is no expression") from error


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_value(part)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in BETWEEN:
            return BETWEEN[type(sign)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*map(_value, parts))
    raise ValueError(f"{ast.unparse(node)} is no arithmetic")
