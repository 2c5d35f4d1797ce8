"""Section `themes`: every peer on every set, against what people sorted."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.themes.bench import SEED, Bench, PeerFailedError
from benchmarks.themes.competitors import BERTOPIC_PLAIN, BERTOPIC_REDUCED, PEERS, Peer
from benchmarks.themes.exchange import ALONE, Answer, Themes
from benchmarks.themes.measures import (
    assigned,
    coherence,
    diversity,
    mean,
    mutual_information,
    rand_index,
)
from benchmarks.themes.morgen import no_content
from benchmarks.themes.report import NONE, Report, Row, shown
from benchmarks.themes.sets import LabelledSet

NOTE = """\
Against people's own sorting: AMI and ARI (0 chance, 1 the same), an idea without a theme counting as a group
of its own. AMI with language: in sets of several languages, how much the themes are languages: lower is
better. NPMI and diversity: of the first 8 words of each theme's keywords, lower-cased runs of two or more
letters; words are together where they stand in the same idea; a keyword of several words counts as its words,
which are no pair with each other; 'content' leaves stop words out. s: one call with ready vectors, after a
first one that is not counted; MiB: the most that the process held. All use the same vectors, each set and
peer has a process of its own. Where chance plays a part (k-means, BERTopic, Topeax): means over three fixed
seeds, UMAP's among them, so that it uses one core. Last block: means over the sets, and the mean AMI as a
multiple of BERTopic's (as it comes · outliers reduced)."""

HEAD = (
    "set",
    "peer",
    "themes",
    "assigned",
    "AMI",
    "× BERTopic",
    "ARI",
    "AMI with\nlanguage",
    "NPMI",
    "NPMI\ncontent",
    "diver-\nsity",
    "s",
    "MiB",
)


@dataclass(frozen=True, slots=True)
class Quality:
    """What one peer made of one set; or means of it."""

    themes: float | None
    assigned: float | None
    ami: float | None
    ari: float | None
    language: float | None
    npmi: float | None
    content: float | None
    diversity: float | None
    seconds: float | None
    peak: float | None


def measure(bench: Bench) -> Report:
    rows: list[Row] = []
    found: dict[Peer, list[Quality]] = {peer: [] for peer in PEERS}
    for one in bench.sets:
        encoded = bench.encoded(one.texts)
        title = f"{one.name} ({len(one.texts):,}, {len(set(one.labels))} labels)"
        for peer in PEERS:
            bench.tell(f"themes: {one.name}: {peer.name}")
            try:
                quality = _quality(one, bench.answer(peer, one, seeds=range(SEED, SEED + peer.repeats)))
            except PeerFailedError as error:
                rows.append((title, peer.name, str(error)))
            else:
                found[peer].append(quality)
                rows.append((title, peer.name, *_cells(quality, None)))
            title = ""
        encoding = [NONE] * (len(HEAD) - 4)
        rows += [("", "encoding", *encoding, f"{encoded.seconds:.1f}", f"{encoded.peak:.0f}"), ("",)]
    return Report("Themes", HEAD, rows + _summary(found, len(bench.sets)), NOTE, texts=2)


def _quality(one: LabelledSet, answer: Answer) -> Quality:
    """The mean over the runs with several seeds, if there were several."""
    return _mean(
        [
            _single(one, themes, seconds, answer.peak)
            for themes, seconds in zip(answer.runs, answer.seconds, strict=True)
        ]
    )


def _single(one: LabelledSet, themes: Themes, seconds: float, peak: float) -> Quality:
    return Quality(
        themes=float(len(set(themes.groups) - {ALONE})),
        assigned=assigned(themes.groups),
        ami=mutual_information(themes.groups, one.labels),
        ari=rand_index(themes.groups, one.labels),
        language=mutual_information(themes.groups, one.languages) if one.is_multilingual else None,
        npmi=coherence(themes.keywords, one.texts),
        content=coherence(themes.keywords, one.texts, no_content()),
        diversity=diversity(themes.keywords),
        seconds=seconds,
        peak=peak,
    )


def _summary(found: dict[Peer, list[Quality]], sets: int) -> list[Row]:
    """A row of means for each peer that answered for every set."""
    means = {peer: _mean(own) for peer, own in found.items() if own and len(own) == sets}
    rivals = [means[peer].ami if peer in means else None for peer in (BERTOPIC_PLAIN, BERTOPIC_REDUCED)]
    rows: list[Row] = []
    for peer, quality in means.items():
        title = f"mean of {sets} sets" if not rows else ""
        rows.append((title, peer.name, *_cells(quality, _multiples(quality.ami, rivals))))
    return rows


def _multiples(ami: float | None, rivals: Sequence[float | None]) -> str:
    return " · ".join(f"{ami / rival:.2f}" if ami is not None and rival else NONE for rival in rivals)


def _mean(own: Sequence[Quality]) -> Quality:
    return Quality(
        themes=mean(one.themes for one in own),
        assigned=mean(one.assigned for one in own),
        ami=mean(one.ami for one in own),
        ari=mean(one.ari for one in own),
        language=mean(one.language for one in own),
        npmi=mean(one.npmi for one in own),
        content=mean(one.content for one in own),
        diversity=mean(one.diversity for one in own),
        seconds=mean(one.seconds for one in own),
        peak=mean(one.peak for one in own),
    )


def _cells(quality: Quality, multiples: str | None) -> list[str]:
    return [
        shown(quality.themes, ".0f"),
        shown(quality.assigned, ".0%"),
        shown(quality.ami, ".3f"),
        multiples or NONE,
        shown(quality.ari, ".3f"),
        shown(quality.language, ".3f"),
        shown(quality.npmi),
        shown(quality.content),
        shown(quality.diversity),
        shown(quality.seconds),
        shown(quality.peak, ".0f"),
    ]
