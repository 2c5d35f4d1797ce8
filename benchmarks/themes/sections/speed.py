"""Section `speed`: ten thousand and a hundred thousand ideas."""

from benchmarks.themes.bench import SEED, Bench, PeerFailedError
from benchmarks.themes.competitors import BERTOPIC_PLAIN, BERTOPIC_UNSEEDED, MORGEN
from benchmarks.themes.recombined import recombined
from benchmarks.themes.report import NONE, Report, Row, shown

NOTE = """\
Ideas made of halves of the sets' texts: the first half of one and the second half of another of the same set,
label and language, drawn with a seed. s and MiB as above, encoding in a row of its own. BERTopic also without
a seed, so that UMAP uses all cores."""


def measure(bench: Bench) -> Report:
    rows: list[Row] = []
    small, large = bench.scale.small, bench.scale.large
    for count, peers in ((small, (MORGEN, BERTOPIC_PLAIN, BERTOPIC_UNSEEDED)), (large, (MORGEN,))):
        one = recombined(bench.sets, count, SEED)
        encoded = bench.encoded(one.texts)
        title = f"{len(one.texts):,}"
        for peer in peers:
            bench.tell(f"speed: {count:,} ideas: {peer.name}")
            try:
                answer = bench.answer(peer, one)
            except PeerFailedError as error:
                rows.append((title, peer.name, str(error)))
                continue
            themes = len(set(answer.runs[0].groups) - {-1})
            rows.append((title, peer.name, f"{themes}", f"{answer.seconds[0]:.1f}", f"{answer.peak:.0f}"))
        rows.append((title, "encoding", NONE, shown(encoded.seconds, ".1f"), shown(encoded.peak, ".0f")))
    return Report("Speed", ("ideas", "peer", "themes", "s", "MiB"), rows, NOTE, texts=2)
