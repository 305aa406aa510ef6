"""After the table: each person says how far the own side's interests were met. Gate, form, one action."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from negotiations import actions
from negotiations.access import seated
from negotiations.forms import InterestsForm
from negotiations.models import Seat
from negotiations.views.pages import case_of
from simulations.questionnaires import interests_check


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: HttpRequest, room_id: UUID) -> HttpResponse:
    entered = seated(request, room_id)
    if entered.seat.kind == Seat.Kind.OBSERVER:
        raise Http404
    case = case_of(entered)
    party, questions = case.party(entered.seat.party), interests_check(case)
    if questions is None or not party.interest_texts:
        raise Http404
    if entered.room.ended_at is None:
        messages.info(request, gettext("This is asked when the table has ended."))
        return redirect("room", room_id)
    rated = dict(entered.seat.ratings.values_list("interest", "rating"))
    form = InterestsForm(party, questions, request.POST or None, initial=rated)
    if request.method == "POST" and entered.room.session.is_released:
        messages.error(request, gettext("Results are released. Your ratings stay as they are."))
        return redirect("interests", room_id)
    if request.method == "POST" and form.is_valid():
        actions.rate_interests(entered.seat, form.cleaned_data)
        messages.success(request, gettext("Saved. You can change it until results are released."))
        return redirect("interests", room_id)
    context = {"form": form, "room": entered.room, "title": case.title}
    status = 422 if form.errors else 200
    return render(request, "negotiations/interests.html", context, status=status)
