import pytest
from django.template import Context, Template

from foundation.organization.lights import Light


def shown(source: str, **context) -> str:
    return Template("{% load components %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("light", "words"),
    [
        (Light("overdue", 2), "■</i>超期 2 天<"),
        (Light("near", 0), "▲</i>临期 剩 0 个工作日<"),
        (Light("near", 1), "▲</i>临期 剩 1 天<"),
        (Light("ok", 4), "●</i>正常 剩 4 天<"),
        (Light("ok"), "●</i>正常<"),
        (Light("idle"), "○</i>未启动<"),
        (Light("done"), "✓</i>已办结<"),
    ],
)
def test_a_light_says_shape_and_word(light, words):
    assert words in shown("{% light one %}", one=light)


def test_a_light_may_carry_a_count_or_another_word():
    assert "■</i>超期 17<" in shown('{% light "overdue" "超期 17" %}')
    assert "✓</i>已通过<" in shown('{% light one "已通过" %}', one=Light("done"))


@pytest.mark.parametrize(
    ("light", "cell"),
    [
        (Light("overdue", 2), ("沙口镇 超期 2 天</span>", "<i>■</i>2</span>")),
        (Light("near", 0), ("沙口镇 临期 剩 0 个工作日</span>", "<i>▲</i>0</span>")),
        (Light("ok", 4), ("沙口镇 正常 剩 4 天</span>", "<i>●</i></span>")),
        (None, ("沙口镇 不适用</span>", "—")),
    ],
)
def test_a_cell_is_short_to_see_and_whole_to_hear(light, cell):
    heard, seen = cell
    html = shown('{% cell light "#" "沙口镇" %}', light=light)
    assert f'<span class="visually-hidden">{heard}' in html
    assert seen in html


def test_an_unknown_kind_is_refused_instead_of_shown_as_nothing():
    with pytest.raises(KeyError):
        shown('{% light "late" %}')
