"""``make bench`` runs every benchmark; ``make bench ARGS="scale --people 50000"`` one, with its options."""

import argparse
import sys

from benchmarks import scale

# name -> what runs it, given the rest of the command line
BENCHMARKS = {
    "scale": scale.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHMARKS), help="all of them when left out")
    asked, options = parser.parse_known_args()
    for name in [asked.name] if asked.name else sorted(BENCHMARKS):
        BENCHMARKS[name](options)


if __name__ == "__main__":
    sys.exit(main())
