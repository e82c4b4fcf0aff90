"""帮助, on every page: `{% load manual %}{% help as url %}`."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import NoReverseMatch

from ..pages import INDEX, about, pages

register = template.Library()


@register.simple_tag(takes_context=True)
def help(context: Context) -> str:
    """The page of the manual about the page one is on, else its index; nothing where the site has no manual."""
    here = getattr(context.get("request"), "resolver_match", None)
    found = about().get(here.url_name or "") if here else None
    try:
        return (found or pages()[INDEX]).url
    except NoReverseMatch:
        return ""
