import pytest

from documents import fonts


@pytest.fixture
def no_fonts(settings, tmp_path):
    """As where script/fonts was never run; what failed is remembered nowhere."""
    settings.FONTS_DIR = tmp_path / "none"
    for one in (fonts.manifest, fonts.advance):
        one.cache_clear()
