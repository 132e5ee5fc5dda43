"""Reads `cargo metadata` and fails where a dependency can only be had under a licence that is not on the list."""

import json
import re
import sys

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
}


def allowed(expression: str) -> bool:
    """Whether an SPDX expression can be met by allowed licences; `/` is an old way to write OR."""
    names = re.split(r"(\(|\)| AND | OR )", expression.replace("/", " OR "))
    words = {" AND ": " and ", " OR ": " or ", "(": "(", ")": ")"}
    terms = [words.get(name, str(name.strip() in ALLOWED)) for name in names if name.strip()]
    # Nothing but True, False, and, or and brackets is left.
    return bool(eval("".join(terms)))


def main() -> int:
    packages = json.load(sys.stdin)["packages"]
    bad = [
        f"{package['name']} {package['version']}: {package['license'] or 'no licence'}"
        for package in packages
        if package["source"] and not (package["license"] and allowed(package["license"]))
    ]
    print("\n".join(bad) or f"{len(packages)} packages, all under allowed licences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
