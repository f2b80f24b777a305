"""The pages of the training collection inside the admin. Each is given the collection's ModelAdmin."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from emotionmusic.accounts.models import User
from emotionmusic.curation import queries, services
from emotionmusic.curation.forms import ApprovalForm, LabelForm, RejectionForm, UploadForm
from emotionmusic.curation.models import Licence, State, TrainingPiece
from emotionmusic.curation.piano_roll import draw, pitch_name
from emotionmusic.curation.uploading import accept_uploads
from emotionmusic.library.files import serve_private_file
from generator.training.pieces import piece_from_json

if TYPE_CHECKING:
    from emotionmusic.curation.admin import TrainingPieceAdmin

FOLDER = "admin/curation/trainingpiece"
LIST = "admin:curation_trainingpiece_changelist"
REVIEW = "admin:curation_trainingpiece_change"


def upload(admin: "TrainingPieceAdmin", request: HttpRequest) -> HttpResponse:
    """Takes one or many files; those that cannot be taken are named beside the field."""
    if not admin.may(request, "add"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(admin, request, "upload", "Upload MIDI files", form=form)
    results = accept_uploads(
        uploader=_curator(request),
        uploads=form.cleaned_data["midi"],
        source=form.cleaned_data["source"],
        licence=Licence(form.cleaned_data["licence"]),
        mood=form.cleaned_data["mood"],
    )
    taken = [result.piece for result in results if result.piece is not None]
    for piece in taken:
        admin.log_addition(request, piece, f"Uploaded “{piece.original_name}”.")
    if taken:
        count = f"{len(taken)} files were" if len(taken) > 1 else f"“{taken[0].original_name}” was"
        messages.success(request, f"{count} taken and will be checked in a moment.")
    faults = [ValidationError(f"{result.name}: {result.problem}") for result in results if result.problem]
    if not faults:
        return redirect(LIST)
    form.add_error("midi", faults)
    return _page(admin, request, "upload", "Upload MIDI files", form=form, taken=taken)


def review(admin: "TrainingPieceAdmin", request: HttpRequest, piece_id: str) -> HttpResponse:
    """All that a curator judges a piece by, and the buttons for what can be decided."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    return _review(admin, request, _piece(piece_id))


def listen(admin: "TrainingPieceAdmin", request: HttpRequest, piece_id: UUID) -> HttpResponseBase:
    """The melody's sound; the browser may ask for parts of it."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    piece = _piece(piece_id)
    if not piece.has_preview:
        raise Http404
    return serve_private_file(request, piece.preview, "audio/mpeg")


def approve(admin: "TrainingPieceAdmin", request: HttpRequest, piece_id: UUID) -> HttpResponseBase:
    """Approves a piece under the title and mood that were sent."""
    piece = _piece_to_decide(admin, request, piece_id)
    if isinstance(piece, HttpResponse):
        return piece
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _review(admin, request, piece, approval=form)
    try:
        services.approve(piece=piece, reviewer=_curator(request), **form.cleaned_data)
    except services.NotPossibleNow as fault:
        messages.error(request, str(fault))
        return redirect(REVIEW, piece.pk)
    return _decided(admin, request, piece, "Approved.")


def label(admin: "TrainingPieceAdmin", request: HttpRequest, piece_id: UUID) -> HttpResponseBase:
    """Gives an approved piece the mood that was sent, or none."""
    piece = _piece_to_decide(admin, request, piece_id)
    if isinstance(piece, HttpResponse):
        return piece
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _review(admin, request, piece, labelling=form)
    try:
        services.label(piece=piece, reviewer=_curator(request), mood=form.cleaned_data["mood"])
    except services.NotPossibleNow as fault:
        messages.error(request, str(fault))
    else:
        _note(admin, request, piece, f"Labelled {piece.mood}." if piece.mood else "No label any more.")
    return redirect(REVIEW, piece.pk)


def reject(admin: "TrainingPieceAdmin", request: HttpRequest, piece_id: UUID) -> HttpResponseBase:
    """Rejects a piece, or withdraws an approved one, for the reason that was sent."""
    piece = _piece_to_decide(admin, request, piece_id)
    if isinstance(piece, HttpResponse):
        return piece
    form = RejectionForm(request.POST)
    if not form.is_valid():
        return _review(admin, request, piece, rejection=form)
    try:
        services.reject(piece=piece, reviewer=_curator(request), reason=form.cleaned_data["reason"])
    except services.NotPossibleNow as fault:
        messages.error(request, str(fault))
        return redirect(REVIEW, piece.pk)
    return _decided(admin, request, piece, f"Rejected: {piece.reason}")


def _review(
    admin: "TrainingPieceAdmin",
    request: HttpRequest,
    piece: TrainingPiece,
    *,
    approval: ApprovalForm | None = None,
    labelling: LabelForm | None = None,
    rejection: RejectionForm | None = None,
) -> HttpResponse:
    may_decide = admin.may(request, "change")
    known = {"title": piece.title, "mood": piece.mood}
    drawn: dict[str, Any] = {}
    if piece.melody:
        drawn = {
            "roll": draw(piece_from_json(piece.melody).melody),
            "lowest": pitch_name(piece.facts["lowest"]),
            "highest": pitch_name(piece.facts["highest"]),
            "off_grid": piece.facts["off_grid"] * 100,
        }
    return _page(
        admin,
        request,
        "review",
        piece.title,
        **drawn,
        piece=piece,
        is_being_checked=piece.state == State.CHECKING,
        approval=(approval or ApprovalForm(initial=known)) if may_decide and piece.can_be_approved else None,
        labelling=(labelling or LabelForm(initial=known)) if may_decide and piece.can_be_labelled else None,
        rejection=(rejection or RejectionForm()) if may_decide and piece.can_be_rejected else None,
    )


def _page(admin: "TrainingPieceAdmin", request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": title}
    return TemplateResponse(request, f"{FOLDER}/{name}.html", {**frame, **context})


def _piece(piece_id: str | UUID) -> TrainingPiece:
    try:
        piece = queries.find_piece(UUID(str(piece_id)))
    except ValueError:
        piece = None
    if piece is None:
        raise Http404
    return piece


def _piece_to_decide(
    admin: "TrainingPieceAdmin", request: HttpRequest, piece_id: UUID
) -> TrainingPiece | HttpResponse:
    """The piece, if the visitor may decide on it and has sent a form."""
    if not admin.may(request, "change"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return _piece(piece_id)


def _decided(admin: "TrainingPieceAdmin", request: HttpRequest, piece: TrainingPiece, what: str) -> HttpResponse:
    """On to the piece that waits next."""
    _note(admin, request, piece, what)
    following = queries.next_for_review()
    return redirect(REVIEW, following.pk) if following else redirect(f"{reverse(LIST)}?state__exact={piece.state}")


def _note(admin: "TrainingPieceAdmin", request: HttpRequest, piece: TrainingPiece, what: str) -> None:
    """Tells the curator what was done, and the piece's history."""
    admin.log_change(request, piece, what)
    messages.success(request, f"“{piece.title}”: {what}")


def _curator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
