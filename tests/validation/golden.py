"""What one version of the model answers to six plans, kept so that it never changes unseen.

`python -m tests.validation.golden` writes the file of the present version. It refuses to write
over one that is there.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from simulation import MODEL_VERSION
from simulation.engine import simulate, simulate_modes
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.report import report

FOLDER = Path(__file__).with_name("golden")
PLANS = sorted((FOLDER / "inputs").glob("*.json"))
INDEX = "index.json"
ADVICE = (
    "Results changed: raise MODEL_VERSION in simulation/__init__.py and write a new golden file "
    "by `python -m tests.validation.golden`."
)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file's content, as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def run(plan: dict[str, Any]) -> Outcome:
    """Run a plan file: {"run": draws and seed or deterministic, "inputs": ...}."""
    inputs = Inputs.from_json(plan["inputs"])
    if plan["run"].get("deterministic"):
        return simulate_modes(inputs)
    return simulate(inputs, plan["run"]["draws"], plan["run"]["seed"])


def selected(path: Path) -> dict[str, Any]:
    """Return what is kept of one plan: the report, its series in the plan file's months only."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    answer = report(run(plan))
    for side in ("metrics", "baseline"):
        answer[side] = {
            metric: {
                cut: [values[month - 1] for month in plan["months"]] for cut, values in cuts.items()
            }
            for metric, cuts in answer[side].items()
        }
    del answer["model_version"]
    return answer


def results() -> dict[str, Any]:
    """Return the content of the present version's file: plan name -> input and results."""
    return {
        path.stem: {"input_sha256": fingerprint(path.read_bytes()), "results": selected(path)}
        for path in PLANS
    }


def write(folder: Path = FOLDER) -> Path:
    """Write the file of the present version and note its fingerprint in the index.

    Raises
    ------
    FileExistsError
        If there is a file of this version.
    """
    path = folder / f"{MODEL_VERSION}.json"
    with path.open("x", encoding="utf-8") as file:
        json.dump(results(), file, indent=1, allow_nan=False)
        file.write("\n")
    index = folder / INDEX
    known = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
    known[MODEL_VERSION] = fingerprint(path.read_bytes())
    index.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return path


def main() -> int:
    """Write the present version's file; return 1 with a sentence if there is one."""
    try:
        print(write())
    except FileExistsError as error:
        print(
            f"{error.filename} is there already; a golden file is never rewritten.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
