"""Addresses for programs, all under /api/: what they take and give is JSON, what goes wrong too.

One signs in as on the pages, and acts under the session's post or the one of the header X-Anban-Post.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from .identity import actor_of
from .schemas import fault
from .templatetags.components import seat as seat_words
from .typed import clean, number

ROOT, JSON = "/api/", "application/json"
SAYS = {
    400: "请求有误：地址或内容不完整，或者内容太大。请检查后再发一次。",
    403: "没有提交：请求头 X-CSRFToken 须与 Cookie csrftoken 一致。请先登录，再带上两者。",
    404: "没有找到。请检查地址和编号。",
    405: "这个地址不接受这种请求方法，可用的见响应头 Allow。",
    413: "内容太大，请分几次提交。",
}
OURS = "服务器出错，请求没有完成。请稍后再试；仍然不行的，请联系系统管理员。"


class ApiMiddleware:
    """Whatever the house answers under /api/ is JSON: no page, no way to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        answer = _barred(request) or self.get_response(request)
        if answer.get("Content-Type", "").startswith(JSON):
            return answer
        said = error(SAYS.get(answer.status_code, OURS), answer.status_code)
        if "Allow" in answer:
            said["Allow"] = answer["Allow"]
        return said

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The sentence of the view, which the house's pages would show."""
        if not request.path_info.startswith(ROOT):
            return None
        if isinstance(exception, BadRequest):
            return error(str(exception), 400)
        if isinstance(exception, PermissionDenied):
            return error(str(exception), 403)
        return error(SAYS[404], 404) if isinstance(exception, Http404) else None


def _barred(request: Any) -> HttpResponse | None:
    """Nobody signed in, no post, or a body in another language; else the post of the header is taken."""
    if not request.user.is_authenticated:
        return error("请先登录。", 401)
    if request.user.must_change_password:
        return error("您用的是一次性密码，请先在网页上改成自己的密码。", 403)
    if (wanted := request.headers.get("X-Anban-Post")) is not None:
        pk = number(wanted)
        request.identity = next((one for one in request.identities if one.pk == pk), None)
        request.actor = actor_of(request)
    if request.identity is None:
        own = "、".join(f"{one.pk}（{seat_words(one)}）" for one in request.identities)
        return error(f"X-Anban-Post 不是您现在的岗位；您的岗位：{own or '没有'}。", 403)
    sent = request.META.get("CONTENT_LENGTH") not in (None, "", "0")
    if sent and request.method != "GET" and request.content_type != JSON:
        return error(f"请用 JSON 提交：Content-Type: {JSON}。", 415)
    return None


def answer(values: dict[str, Any], status: int = 200) -> HttpResponse:
    """Kept by nobody on the way: it is true for one person, under one post, now."""
    kept = {"Cache-Control": "no-store"}
    return JsonResponse(values, status=status, headers=kept, json_dumps_params={"ensure_ascii": False})


def error(says: str, status: int) -> HttpResponse:
    return answer({"error": says}, status)


def body(request: HttpRequest, schema: str) -> dict[str, Any]:
    """What was sent, by docs/schemas/`schema`.json, its texts cleaned as a form's are; BadRequest where it is not so."""
    try:
        given = _text(json.loads(request.body.decode("utf-8-sig") or "{}", parse_constant=_no_number))
        wrong = fault(given, schema, "请求")
    except (ValueError, RecursionError):
        raise BadRequest("请求的正文不是 UTF-8 的 JSON，或者其中的数太大。") from None
    if wrong:
        raise BadRequest(wrong)
    return given


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_text(one) for one in value]
    return {clean(key): _text(one) for key, one in value.items()} if isinstance(value, dict) else value


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN, Infinity: Python reads them, JSON has none
