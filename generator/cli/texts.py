"""`evaluate text`: the reader of texts measured on what was held out, and the table of its card."""

import json
import sys
from pathlib import Path

from tqdm import tqdm

from generator.brief.checkpoint_files import ReaderRefused
from generator.brief.text_checkpoint import SERVED_TEXT, load_text_checkpoint
from generator.evaluating.report import ReportRefused, check, redraw
from generator.evaluating.texts import measure_texts
from generator.evaluating.texts_report import MARK, section
from generator.training.texts import DataMissing, load_texts, texts_folder

TEXT_CARD = Path("docs") / "text_model_card.md"


def evaluate_text(path: Path = SERVED_TEXT, report: Path = TEXT_CARD) -> int:
    """Measure, print a JSON line a figure, and renew the table; 2 if something that it takes is not at hand."""
    try:
        check(report, MARK)
        folder = texts_folder()
        checkpoint = load_text_checkpoint(path)
        figures = []
        for figure in tqdm(measure_texts(checkpoint, load_texts(folder)), unit="figure", disable=None):
            print(json.dumps(figure.brief), flush=True)
            figures.append(figure)
        redraw(report, section(figures), MARK)
    except (DataMissing, ReaderRefused, ReportRefused, ValueError) as fault:
        print(f"evaluate: {fault}", file=sys.stderr)
        return 2
    return 0
