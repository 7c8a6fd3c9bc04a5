"""Acting on a case: every form of its page. What was done is shown by the page anew, after a redirect."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from huiqi.casework.models import Case, Notice
from huiqi.casework.papers import make_paper
from huiqi.casework.services import Done, Rejected, act_on, see_identity, serve
from huiqi.portal.pages.staff.access import for_staff, found_case, run_by
from huiqi.portal.pages.staff.presenting.asking import Typed, plain, read, read_date
from huiqi.portal.pages.staff.presenting.case import case_page, said
from huiqi.portal.pages.staff.views.case import case_shown

_LONGEST, _LONGEST_REMARK = 120, 2000

# Who comes here by a link, as after a login, is brought to the page with the forms.
form_only = require_http_methods(["GET", "HEAD", "POST"])


@form_only
@for_staff
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Let an event happen."""
    case = found_case(request, number)
    if request.method != "POST":
        return redirect("staff:case", case.number)
    definition = run_by(case)
    typed = read(request.POST, definition)
    if typed.event not in definition.events:
        raise BadRequest("这个程序里没有这件事，请回到案件页再办。")
    wanted = typed.act
    if wanted is None:
        return _again(request, case, typed, None)
    done = act_on(request.user, case.number, wanted)  # type: ignore[arg-type]
    if isinstance(done, Rejected):
        return _again(request, case, typed, done)
    messages.success(request, f"已记下：{said(wanted.when)}，{wanted.actor}“{wanted.event}”。")
    return redirect("staff:case", case.number)


def _again(request: HttpRequest, case: Case, typed: Typed, refused: Rejected | None) -> HttpResponse:
    """The page as the case stands now, with what was typed and what is wrong with it."""
    case.refresh_from_db()
    page = case_page(request.user, case, run_by(case))  # type: ignore[arg-type]
    late = f"{refused.reason}。" if refused and refused.late else ""
    reasons = refused.reason.split("；") if refused and not refused.late else []
    form = next((one for one in page.mine if one.event.name == typed.event), None)
    kept: list[tuple[str, str]] = []
    if form is not None:
        form.fill(typed, reasons)
    else:
        kept = [("事情", typed.event), ("哪一天", typed.day), *typed.facts.items()]
        kept += [("材料", name) for name in typed.papers]
    return case_shown(
        request,
        case,
        page=page,
        status=409 if late else 422,
        trouble={"form": form, "event": typed.event, "reasons": [f"{one}。" for one in reasons]},
        late=late,
        kept=kept,
    )


@form_only
@for_staff
def served(request: HttpRequest, number: str, notice: int) -> HttpResponse:
    """Write down that a notice reached the one it was for."""
    case = found_case(request, number)
    if request.method != "POST":
        return redirect("staff:case", case.number)
    found = Notice.objects.filter(pk=notice, entry__case=case).first()
    if found is None:
        raise Http404
    day, proof = plain(request.POST.get("day", ""))[:20], plain(request.POST.get("proof", ""))
    try:
        if len(proof) > _LONGEST:
            raise BadRequest(f"凭证最多写 {_LONGEST} 个字。")
        done = serve(request.user, found.pk, read_date(day), proof)  # type: ignore[arg-type]
    except BadRequest as error:
        done = Rejected(str(error).rstrip("。"))
    if isinstance(done, Done):
        messages.success(request, f"已记下送达：{found.to}，{found.about}。")
        return redirect("staff:case", case.number)
    wrong = {"pk": found.pk, "day": day, "proof": proof, "words": f"{done.reason}。"}
    return case_shown(request, case, status=422, notice_error=wrong)


@form_only
@for_staff
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Show who somebody in a case is, this once; that it was shown is written down."""
    case = found_case(request, number)
    if request.method != "POST":
        return redirect("staff:case", case.number)
    run_by(case)
    actor, purpose = plain(request.POST.get("actor", ""))[:40], plain(request.POST.get("purpose", ""))
    if len(purpose) > _LONGEST:
        found: tuple[str, str] | Rejected = Rejected(f"为什么看，最多写 {_LONGEST} 个字")
    else:
        found = see_identity(request.user, case.number, actor, purpose)  # type: ignore[arg-type]
    if isinstance(found, Rejected):
        return case_shown(
            request, case, status=422, identity_error=f"{found.reason}。", identity_purpose=purpose[:_LONGEST]
        )
    name, contact = found
    return case_shown(request, case, identity={"actor": actor, "name": name, "contact": contact})


@form_only
@for_staff
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Make a paper about one event of the case; it is there to be fetched afterwards."""
    case = found_case(request, number)
    if request.method != "POST":
        return redirect("staff:case", case.number)
    run_by(case)
    kind, place = plain(request.POST.get("kind", ""))[:40], plain(request.POST.get("seq", ""))[:6]
    remark = request.POST.get("remark", "").strip()
    if not place.isdecimal():
        raise BadRequest("没有说是哪一条记录，请回到案件页再做。")
    if len(remark) > _LONGEST_REMARK:
        made: object = Rejected(f"说明最多写 {_LONGEST_REMARK} 个字")
    else:
        made = make_paper(request.user, case.number, int(place), kind, remark)  # type: ignore[arg-type]
    if isinstance(made, Rejected):
        wrong = {"seq": int(place), "kind": kind, "remark": remark, "words": f"{made.reason}。"}
        return case_shown(request, case, status=422, paper_error=wrong)
    messages.success(request, f"已做成：{kind}。")
    return redirect("staff:case", case.number)
