"""Logging in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from huiqi.portal.pages.staff import throttle


class Login(LoginView):
    """The page with name and password; says the same whatever of the two is wrong."""

    template_name = "staff/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("username", "").strip()
        tried = bool(name and request.POST.get("password"))
        if tried and not throttle.may_try(name):
            return self._again("wait", status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        throttle.forget(self.request.POST.get("username", ""))
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        typed = self.request.POST
        return self._again("wrong" if typed.get("username") and typed.get("password") else "empty", 422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = {"section": "", "trouble": "", "name": "", "most": throttle.MOST, "wait": throttle.WAIT // 60}
        return {**known, **super().get_context_data(**kwargs)}

    def _again(self, trouble: str, status: int) -> HttpResponse:
        name = self.request.POST.get("username", "")[:150]
        context = self.get_context_data(form=AuthenticationForm(self.request), trouble=trouble, name=name)
        return self.render_to_response(context, status=status)


class Logout(LogoutView):
    """Ends the session, by a button only."""

    def get_default_redirect_url(self) -> str:
        return reverse("staff:login")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        messages.success(request, "已经退出。")
        return response


login = Login.as_view()
logout = Logout.as_view()
