"""All figures in one command; exit 1 where one misses its target: `python -m benchmarks [NAME]`."""

import sys
from importlib import import_module

PARTS = (
    *(
        "http",
        "half_sent",
        "streams",
        "drawing",
        "previews",
        "exports",
        "assets",
        "choices",
        "webhooks",
        "providers",
        "memory",
    ),
    "gallery",
    "pages",
    "engine",
    "undo",
    "cluster",
    "planning",
    "price",
    "split",
    "uploads",
    "exchange",
    "journal",
)


def reached(figure: dict) -> bool:
    most = figure.get("most", False)
    return figure["value"] <= figure["target"] if most else figure["value"] >= figure["target"]


def row(figure: dict) -> str:
    sign = "<=" if figure.get("most") else ">="
    verdict = "ok" if reached(figure) else "MISSED"
    known = ("name", "value", "target", "most")
    others = ", ".join(f"{key} {value:.1f}" for key, value in figure.items() if key not in known)
    return f"{figure['name']:62} {figure['value']:8.2f} {sign} {figure['target']:<6} {verdict:6} {others}"


def main(names: list[str]) -> int:
    figures = []
    for name in names or PARTS:
        for figure in import_module(f"benchmarks.{name}").measure():
            print(row(figure), flush=True)
            figures.append(figure)
    return 0 if all(reached(figure) for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
