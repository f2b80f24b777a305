"""What the library remembers of earlier melodies, and what a track's page says of its originality."""

import uuid

import pytest
from django.template.defaultfilters import floatformat
from django.urls import reverse

from emotionmusic.library import services
from emotionmusic.library.models import EarlierMelody, MelodyRun, Track
from emotionmusic.library.queries import EarlierTracksFor
from emotionmusic.library.services import FinishedPiece, keep_track, remember_melody
from generator.composing.earlier import EarlierRun, run_hashes
from generator.composing.originality import KnownTune, build_index
from generator.composing.report import Originality
from generator.melody.melody import Melody
from generator.melody.metre import bar_number
from tests.generator.tunes import wandering_tune
from tests.tracks import FACTS, kept_track

MELODY = wandering_tune(1)
WHOLE = EarlierRun(len(MELODY.notes), 1)


def remember(owner, melody: Melody) -> None:
    remember_melody(owner=owner, runs=run_hashes(melody))


def part(first: int, count: int) -> Melody:
    return Melody(MELODY.notes[first : first + count], MELODY.metre, MELODY.tonic, MELODY.mode, MELODY.steps)


def test_a_melody_made_for_somebody_else_is_found_in_any_key(owner, stranger):
    for seed in (2, 1, 3):
        remember(stranger, wandering_tune(seed))
    earlier = EarlierTracksFor(owner)
    assert earlier.longest_shared(MELODY.transposed(5)) == WHOLE
    assert earlier.longest_own(MELODY) is None


def test_the_part_that_is_shared_is_counted_and_placed_in_the_new_melody(owner, stranger):
    remember(stranger, part(4, 11))
    assert EarlierTracksFor(owner).longest_shared(MELODY) == EarlierRun(11, MELODY.notes[4].onset // 16 + 1)


def test_a_new_melody_shares_nothing_with_earlier_ones(owner, stranger):
    remember(stranger, part(0, 8))
    for seed in range(2, 8):
        remember(stranger, wandering_tune(seed))
    assert EarlierTracksFor(owner).longest_shared(MELODY) is None


def test_one_s_own_earlier_track_is_told_apart_from_other_people_s(owner, stranger):
    remember(owner, MELODY)
    assert EarlierTracksFor(owner).longest_shared(MELODY) is None
    assert EarlierTracksFor(owner).longest_own(MELODY) == WHOLE
    assert EarlierTracksFor(stranger).longest_shared(MELODY) == WHOLE


def test_a_search_takes_one_query_however_many_melodies_there_are(owner, stranger, django_assert_num_queries):
    for seed in range(1, 30):
        remember(stranger, wandering_tune(seed))
    with django_assert_num_queries(1):
        EarlierTracksFor(owner).longest_shared(MELODY)


def test_a_purged_track_s_music_is_not_given_to_anybody_else(owner, stranger, settings):
    settings.TRASH_DAYS = 0
    remember(owner, MELODY)
    services.delete_track(track=kept_track(owner))
    assert services.purge_deleted() == 1
    assert not Track.objects.exists()
    assert EarlierTracksFor(stranger).longest_shared(MELODY) == WHOLE


def test_after_an_account_is_closed_its_melodies_belong_to_nobody_and_are_still_known(owner, stranger):
    remember(owner, MELODY)
    owner.delete()
    assert EarlierMelody.objects.get().owner is None
    assert EarlierTracksFor(stranger).longest_shared(MELODY) == WHOLE


def test_what_is_remembered_holds_no_notes_and_no_title(owner):
    remember(owner, MELODY)
    fields = {field.name for model in (EarlierMelody, MelodyRun) for field in model._meta.fields}
    assert fields == {"id", "owner", "created_at", "melody", "place", "hash"}
    assert MelodyRun.objects.count() == len(MELODY.notes) - 8


@pytest.fixture
def page(creator, owner):
    """`page(facts)` is the page of a track of the owner's with these facts of its originality."""

    def show(originality) -> str:
        facts = FACTS if originality is None else FACTS | {"originality": originality}
        piece = FinishedPiece("Sad in D minor", facts, [0.2], 30.0)
        track = keep_track(track_id=uuid.uuid4(), owner=owner, piece=piece)
        body = creator.get(reverse("library:track", args=[track.id])).content.decode()
        return " ".join(body.split())

    return show


@pytest.fixture
def index():
    """Tunes of a book, one of them held out."""
    tunes = [
        KnownTune(wandering_tune(seed), f"{seed}", f"b/{seed}", f"Tune {seed}", "A book") for seed in range(40, 60)
    ]
    return build_index([*tunes, KnownTune(wandering_tune(60, bars=16), "x", "b/x", "X", "A book", held_out=True)], "")


def test_the_page_says_how_much_is_shared_where_and_what_people_share(page, index, owner):
    facts = Originality(index, EarlierTracksFor(owner)).facts(MELODY)
    run, people = facts["longest_run"], facts["people"]
    shown = page(facts)
    assert f"is <strong>{run['notes']} notes</strong>, from its bar {run['at_bar']} on." in shown
    assert f"They stand in “{run['shared_with']['title']}” (A book), from bar {run['shared_with']['bar']} on." in shown
    mean, low, high = (floatformat(people[name], 1) for name in ("mean", "low", "high"))
    assert f"Tunes by people share {mean} notes" in shown
    assert f"95 % confidence interval {low} to {high}" in shown
    assert "It does not have nine notes in a row of any track made for somebody else on this site." in shown
    assert "earlier track of yours" not in shown


def test_the_page_names_no_stranger_and_no_stranger_s_track(page, index, owner, stranger):
    kept_track(stranger, "The stranger's secret song")
    remember(stranger, part(2, 14))
    facts = Originality(index, EarlierTracksFor(owner)).facts(MELODY)
    assert facts["earlier_track"] == {
        "notes": 14,
        "at_bar": bar_number(MELODY.notes[2].onset, MELODY.notes[0].onset, 16),
    }
    shown = page(facts)
    assert "With an earlier track of this site it shares 14 notes in a row" in shown
    assert "secret song" not in shown
    assert stranger.email not in shown
    assert "of any track made for somebody else" not in shown


def test_the_page_tells_the_owner_of_an_earlier_track_of_their_own(page, index, owner):
    remember(owner, MELODY)
    shown = page(Originality(index, EarlierTracksFor(owner)).facts(MELODY))
    assert f"With an earlier track of yours it shares {len(MELODY.notes)} notes in a row, from its bar 1 on." in shown


def test_a_common_turn_is_called_one_and_the_longest_uncommon_run_is_told_beside_it(page, index, owner):
    facts = Originality(index, EarlierTracksFor(owner)).facts(MELODY)
    uncommon = facts["longest_uncommon_run"]
    facts["longest_run"] = uncommon | {"notes": 12, "common": True}
    shown = page(facts)
    assert "<strong>12 notes</strong>, from its bar" in shown
    assert "Many of those tunes have them, such as “" in shown
    assert f"Turns that many tunes have left aside, it is <strong>{uncommon['notes']} notes</strong>" in shown


def test_a_title_of_a_training_tune_is_text(page, index, owner):
    facts = Originality(index, EarlierTracksFor(owner)).facts(MELODY)
    facts["longest_run"]["shared_with"]["title"] = "<script>alert(1)</script>"
    assert "<script>alert(1)" not in page(facts)


def test_a_track_without_these_facts_has_a_page_without_them(page):
    assert "How original it is" not in page(None)
