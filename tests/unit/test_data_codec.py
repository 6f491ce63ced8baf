"""JSON comes back as it went in, or is refused by name."""

from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.codec import decode, encode, plain_mapping
from data.errors import DatabaseUnusable
from strategy.errors import InvalidValue

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), PLAIN))
def test_what_is_encoded_is_decoded_unchanged(value: dict[str, Any]) -> None:
    assert decode(encode(plain_mapping(value, "content"))) == value


def test_read_only_mappings_and_tuples_are_kept_as_plain_values() -> None:
    value = MappingProxyType({"bands": ((1.0, 2.0), (3.0, 4.0))})
    assert decode(encode(plain_mapping(value, "summary"))) == {"bands": [[1.0, 2.0], [3.0, 4.0]]}


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(InvalidValue, match=r"Summary.goals\[1\].chance must be a finite number"):
        plain_mapping({"goals": [{}, {"chance": float("nan")}]}, "summary")


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object(), 2**64, "\udfff", int])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(InvalidValue):
        plain_mapping({"a": value}, "content")


@pytest.mark.parametrize("text", ["", "[1]", '{"a": NaN}', '{"a": -Infinity}', "{"])
def test_text_that_is_no_object_of_finite_numbers_is_not_read(text: str) -> None:
    with pytest.raises(DatabaseUnusable, match="cannot be read back"):
        decode(text)


def test_a_format_of_a_newer_program_is_not_guessed_at() -> None:
    with pytest.raises(DatabaseUnusable, match="newer Fulcrum"):
        decode("{}", 2)
