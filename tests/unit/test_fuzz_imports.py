"""Real shapes of exports, and spoilt ones: a calibration or one sentence, never half an import."""

from pathlib import Path

import pytest

from calibration import Calibration
from scripts import fuzz_figures
from scripts.fuzz_imports import answer, files, fuzz
from scripts.import_shapes import shapes

READ = (
    "Salesforce report", "Salesforce API names", "Salesforce with a footer", "HubSpot",
    "Pipedrive", "Maven", "Semicolons", "Tabs", "UTF-16", "UTF-8 with a mark", "Windows-1252",
    "Line breaks in quotes", "Old Mac line ends", "Windows line ends", "European decimals",
    "Swiss thousands", "Euro signs", "Day first", "Month first", "Points in dates",
    "Times and zones", "Days as Excel numbers", "One row", "Formulas", "All lost", "All open",
    "Workbook",
)  # fmt: skip


@pytest.mark.parametrize("name", shapes())
def test_every_shape_is_read_or_refused_as_it_should_be(name: str) -> None:
    assert isinstance(answer(shapes()[name]), Calibration) == (name in READ)


def test_two_hundred_spoilt_files_show_no_traceback_and_keep_no_half(tmp_path: Path) -> None:
    ends, failures = fuzz(250, 7, tmp_path)
    assert not failures
    assert ends["read"] > 25 and ends["refused"] > 60


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(files(90, 3)) == list(files(90, 3)) != list(files(90, 4))


def test_two_hundred_spoilt_tables_of_months_show_no_traceback_and_keep_no_half(
    tmp_path: Path,
) -> None:
    ends, failures = fuzz_figures.fuzz(250, 7, tmp_path)
    assert not failures
    assert ends["read"] > 25 and ends["refused"] > 60
