"""WeasyPrint without what no page of ours needs."""

import sys

import pytest

from documents import fonts
from documents.layout import engine


@pytest.fixture
def put_off(monkeypatch):
    monkeypatch.setattr(engine, "LATER", ("colorsys",))
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)


def test_what_is_put_off_is_loaded_when_it_is_called(put_off):
    with engine._put_off():
        import colorsys
        from colorsys import rgb_to_hsv
    assert "colorsys" not in sys.modules  # whoever asks now gets the module itself
    assert rgb_to_hsv(1, 0, 0) == colorsys.rgb_to_hsv(1, 0, 0) == (0, 1, 1)
    assert not isinstance(sys.modules["colorsys"], engine._Later)


def test_what_is_there_stays(put_off):
    import colorsys

    with engine._put_off():
        assert sys.modules["colorsys"] is colorsys
    assert sys.modules["colorsys"] is colorsys


def test_fonts_are_read_where_they_lie():
    assert engine.faces()._folder is None  # where copies would be


def test_a_font_that_is_gone_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "files", lambda: [tmp_path / "fang.otf"])
    with pytest.raises(fonts.FontsMissing):
        engine.faces()
