from hypothesis import given
from hypothesis import strategies as st

from tests.plans.reading.helpers import LEXICON
from workflows.plans.reading import read
from workflows.plans.reading.reflow import reflow
from workflows.plans.reading.spans import merge, overlapping, subtract

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


@given(span=spans, others=st.lists(spans, max_size=12))
def test_halving_finds_what_looking_at_each_finds(span, others):
    merged = merge(others)
    assert overlapping(span, merged) == [s for s in merged if s[0] < span[1] and span[0] < s[1]]
    assert subtract(span, overlapping(span, merged)) == subtract(span, others)


POINTS = st.lists(
    st.sampled_from(["县教育局组织演练", "各镇巡查3次", "县公安局6月5日前排查"]), min_size=2, max_size=6
)


@given(points=POINTS, gap=st.sampled_from(["", " ", "\u3000"]))
def test_every_character_of_a_plan_on_one_line_has_its_place(points, gap):
    parts = (f"{n}、{words}。{gap}" for n, words in zip("一二三四五六", points, strict=False))
    text = "青禾县2025年活动方案 " + "".join(parts)
    flowing, places = reflow(text)
    assert "".join(text[at] for at, c in zip(places, flowing, strict=True) if c != "\n") == text
    assert [i.text for i in read(text, LEXICON).items] == [words + "。" for words in points]
