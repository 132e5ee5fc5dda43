#!/usr/bin/env python3
"""Times `check` against `cmark-gfm -e table` on the same files, in turn, each in one process on one processor.

    benches/against_cmark.py [FILE or FOLDER ...]

prints the processor time of both and the ratio, as medians over the pairs; the budget is 1.3. Without arguments the
10,000 postmortems of the benchmark are written and taken. It needs Linux, a release build (`cargo build --release`)
and `cmark-gfm` (Debian and Ubuntu: `apt-get install cmark-gfm`).
"""

import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/followthrough"
PAIRS = 9


def written_into(folder):
    """Lets the benchmark write its postmortems, and measure nothing."""
    environment = os.environ | {"FOLLOWTHROUGH_BENCH_FOLDER": folder}
    command = ["cargo", "bench", "--bench", "budgets", "--", "--list"]
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    return [pathlib.Path(folder)]


def files_of(paths):
    """The files that are named, and the Markdown below folders that are."""
    for path in paths:
        yield from sorted(path.rglob("*.md")) if path.is_dir() else [path]


def processor_seconds(command, root):
    """Seconds of user and system time that the command takes on one processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = subprocess.run(
        command,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    )
    # 1 says that there are findings.
    if finished.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {finished.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compare(paths):
    files = [str(path.resolve()) for path in files_of(paths)]
    if not files:
        sys.exit("no file to read")
    root = os.path.commonpath([os.path.dirname(file) for file in files])
    ours = [str(PROGRAM), "check", "--root", root, *files]
    theirs = ["cmark-gfm", "-e", "table", *files]
    # The first pair fills the caches and does not count.
    pairs = [(processor_seconds(ours, root), processor_seconds(theirs, root)) for _ in range(PAIRS + 1)][1:]
    print(f"{len(files)} files, {sum(map(os.path.getsize, files)) / 1e6:.1f} MB")
    print(f"followthrough check  {statistics.median(own for own, _ in pairs):.3f} s")
    print(f"cmark-gfm -e table   {statistics.median(other for _, other in pairs):.3f} s")
    print(f"ratio                {statistics.median(own / other for own, other in pairs):.2f}")


def main():
    if not PROGRAM.exists():
        sys.exit("there is no release build; run `cargo build --release` first")
    if not shutil.which("cmark-gfm"):
        sys.exit("cmark-gfm is not installed")
    if sys.argv[1:]:
        return compare([pathlib.Path(path) for path in sys.argv[1:]])
    with tempfile.TemporaryDirectory() as folder:
        compare(written_into(folder))


if __name__ == "__main__":
    main()
