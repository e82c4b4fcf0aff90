import pytest


@pytest.fixture(autouse=True)
def _static_root(tmp_path, settings):
    """Whitenoise warns of a folder that isn't there, and warnings are errors."""
    settings.STATIC_ROOT = tmp_path
