"""`evaluate`: the networks of the bench measured side by side, and the report of it."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.cli.texts import TEXT_CARD, evaluate_text
from generator.cli.train import CACHE, PROGRESS, VAR
from generator.evaluating.bench import Bench
from generator.evaluating.measured import (
    MeasuredNetwork,
    MeasuredPeople,
    Ruler,
    keep,
    kept_network,
    kept_people,
)
from generator.evaluating.plots import draw
from generator.evaluating.report import ReportRefused, check, redraw, section
from generator.networks.checkpoint import NETWORK_NAMES, SERVED, Checkpoint, CheckpointRefused, load_checkpoint
from generator.training.corpora import known_sources, load_corpus
from generator.training.dataset import Part, melodies_of

MODEL_CARD = Path("docs") / "model_card.md"
KEPT = VAR / "evaluation"
SERVING = "lb_attention-served"
SPEEDS = "speeds.json"
"""In the folder of what is kept: steps a second by network, as measured elsewhere."""


class EvaluationRefused(Exception):
    """The evaluation cannot be made; the message says why."""


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "evaluate", help="measure networks against the tunes held out, or `text`, the reader of texts, and report"
    )
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="a name or a checkpoint; all, if none is named")
    parser.add_argument(
        "--checkpoints",
        type=Path,
        metavar="DIR",
        help=f"where NAME.safetensors lie; {PROGRESS} and what serves",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help=f"document to renew; {MODEL_CARD} for all")
    parser.add_argument("--part", choices=("validation", "test"), help="measure on one held-out part, not on both")
    parser.add_argument(
        "--untold", action="store_true", help="have the networks write with metre, mode and length told alone"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure, print a JSON line a network, and renew the report; what was measured before is not measured again."""
    if options.networks == ["text"]:
        return evaluate_text(report=options.report or TEXT_CARD)
    report: Path | None = options.report or (None if options.networks else MODEL_CARD)
    try:
        if report:
            check(report)
        checkpoints = _checkpoints(
            options.networks, options.checkpoints or PROGRESS, serving=options.checkpoints is None
        )
        parts: list[Part] = [options.part] if options.part else ["validation", "test"]
        bench = _bench(parts, told=not options.untold)
        # All before the first is measured, so that a foreign one does not end an hour's work.
        loaded = {name: _loaded(path, bench.ruler.dataset) for name, path in checkpoints.items()}
        folder = KEPT / "-".join([*parts, *["untold"] * options.untold])
        people = _people(bench, folder / "people.json")
        for name, checkpoint in loaded.items():
            print(json.dumps(_measured(bench, checkpoint, name, folder).brief), flush=True)
        if report:
            _report(report, bench.ruler, people, folder)
    except (CheckpointRefused, EvaluationRefused, ReportRefused) as fault:
        print(f"evaluate: {fault}", file=sys.stderr)
        return 2
    return 0


def _checkpoints(words: list[str], folder: Path, *, serving: bool) -> dict[str, Path]:
    """The checkpoint of every word, or of every network and variant that has one; networks without one are told.

    A variant's name begins with its network's: lb_attention-without-position. The one that serves is of them.
    """
    named = {name: folder / f"{name}.safetensors" for name in NETWORK_NAMES}
    if serving:
        named[SERVING] = SERVED
    if not words:
        missing = [name for name, path in named.items() if not path.is_file()]
        if missing:
            print(f"evaluate: {folder} has no checkpoint of {', '.join(missing)}", file=sys.stderr)
        variants = {path.stem: path for path in sorted(folder.glob("*-*.safetensors")) if _variant(path.stem)}
        return {name: path for name, path in (named | variants).items() if name not in missing}
    found = [named.get(word, Path(word)) for word in words]
    for word, path in zip(words, found, strict=True):
        if not path.is_file():
            known = "" if word in named else f", and no network has that name ({', '.join(NETWORK_NAMES)})"
            raise EvaluationRefused(f"there is no checkpoint at {path}{known}")
    return {word if word in named else path.stem: path for word, path in zip(words, found, strict=True)}


def _variant(name: str) -> str:
    """How the checkpoint of that name differs from its network's on the bench, in words; empty if it is no variant."""
    network, _, difference = name.partition("-")
    return difference.replace("-", " ") if network in NETWORK_NAMES else ""


def _bench(parts: list[Part], *, told: bool) -> Bench:
    corpus = load_corpus(known_sources(), CACHE)
    return Bench(
        Ruler(corpus.fingerprint, list(parts), told),
        melodies_of(corpus, "train"),
        {part: melodies_of(corpus, part) for part in parts},
    )


def _loaded(path: Path, dataset: str) -> Checkpoint:
    checkpoint = load_checkpoint(path)
    if checkpoint.training.dataset != dataset:
        raise EvaluationRefused(
            f"{path.name} learned from another dataset than the one at hand, so its held-out part may hold tunes "
            "that it knows"
        )
    return checkpoint


def _people(bench: Bench, path: Path) -> MeasuredPeople:
    people = kept_people(path, bench.ruler)
    if people is None:
        try:
            people = bench.measure_people()
        except ValueError as fault:
            raise EvaluationRefused(str(fault)) from fault
        keep(people, path)
    print(json.dumps(people.brief), flush=True)
    return people


def _measured(bench: Bench, checkpoint: Checkpoint, name: str, folder: Path) -> MeasuredNetwork:
    """What is kept of this very checkpoint, or else is measured now."""
    path = folder / f"{name}.json"
    measured = kept_network(path, bench.ruler)
    if measured is None or measured.checkpoint != checkpoint.identity:
        with tqdm(total=len(bench.people), desc=name, unit="melody", disable=None) as bar:

            def written(share: float) -> None:
                bar.update(round(share * len(bench.people)) - bar.n)

            measured = bench.measure_network(checkpoint, _variant(name), written)
        keep(measured, path)
    return measured


def _report(document: Path, ruler: Ruler, people: MeasuredPeople, folder: Path) -> None:
    """Renew the report from all that is kept, whether or not it was measured just now."""
    paths = [path for path in sorted(folder.glob("*.json")) if path.stem.partition("-")[0] in NETWORK_NAMES]
    kept = [measured for path in paths if (measured := kept_network(path, ruler))]
    if not kept:
        raise EvaluationRefused("no network has been measured, so there is nothing to report")
    plots = draw(kept, people, document.parent / "bench")
    addresses = {shows: path.relative_to(document.parent).as_posix() for shows, path in plots.items()}
    redraw(document, section(kept, people, _speeds(KEPT / SPEEDS), addresses))


def _speeds(path: Path) -> Mapping[str, float]:
    try:
        return {str(name): float(speed) for name, speed in json.loads(path.read_text(encoding="utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as fault:
        raise EvaluationRefused(f"{path} is no table of speeds: {fault}") from fault
