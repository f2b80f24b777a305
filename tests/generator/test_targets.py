"""What moods ask for: the published table, and before it what was learned."""

import pytest

from generator import targets
from generator.cli import targets as command
from generator.cli.main import main
from generator.plan import make_plan
from generator.request import Request
from generator.targets import PUBLISHED, MoodTargets, TargetsRefused, full_character, save_targets


def test_what_was_learned_goes_before_the_table_and_leaves_other_moods_alone(tmp_path):
    path = tmp_path / "targets.json"
    save_targets({"sad": MoodTargets(30, {"density": 0.9, "repeated_notes": 0.1})}, "a dataset", path)
    assert full_character("sad", path) == {**PUBLISHED["sad"], "density": 0.9, "repeated_notes": 0.1}
    assert full_character("happy", path) == PUBLISHED["happy"]
    assert full_character("sad", tmp_path / "none.json") == PUBLISHED["sad"]
    assert [file.name for file in tmp_path.iterdir()] == ["targets.json"]


def test_a_track_tells_which_targets_it_was_made_with(tmp_path):
    path = tmp_path / "targets.json"
    assert targets.targets_name(path) == "published"
    names = set()
    for density in (0.8, 0.9):
        targets.load_targets.cache_clear()
        save_targets({"sad": MoodTargets(30, {"density": density})}, "a dataset", path)
        names.add(targets.targets_name(path))
    assert len(names) == 2
    assert all(name.startswith("learned-") for name in names)


@pytest.mark.parametrize(
    "broken",
    [
        "", "[]", "{}", '{"moods": 3}', "\0", '{"moods": {"sad": {"pieces": 0, "targets": {}}}}',
        '{"moods": {"bored": {"pieces": 1, "targets": {}}}}', '{"moods": {"sad": {"pieces": 1, "targets": []}}}',
        '{"moods": {"sad": {"pieces": 1, "targets": {"density": NaN}}}}',
        '{"moods": {"sad": {"pieces": 1, "targets": {"density": 2}}}}',
        '{"moods": {"sad": {"pieces": 1, "targets": {"loudness": 0.5}}}}',
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_by_its_name_and_with_what_to_do(tmp_path, broken):
    path = tmp_path / "targets.json"
    path.write_text(broken)
    with pytest.raises(TargetsRefused, match="targets.json are broken .* remove it, or learn it anew"):
        full_character("sad", path)


def test_a_plan_asks_for_what_was_learned(monkeypatch):
    request = Request.of("sad", 1.0, 30, 5)
    before = make_plan(request).asked
    monkeypatch.setattr(targets, "load_targets", lambda path: {"sad": MoodTargets(30, {"density": 0.25})})
    after = make_plan(request).asked
    assert after["density"] == pytest.approx(0.25)
    assert {**before, "density": after["density"]} == after


def test_broken_targets_end_any_command_with_a_line(monkeypatch, capsys):
    def refused(options):
        raise TargetsRefused("the learned targets in targets.json are broken")

    monkeypatch.setattr(command, "run", refused)
    assert main(["targets"]) == 2
    assert capsys.readouterr().err == "python -m generator targets: the learned targets in targets.json are broken\n"
