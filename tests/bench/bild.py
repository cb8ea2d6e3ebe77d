"""Draw the growth curves. Runs in the environment of the benchmark, which has matplotlib.

``python bild.py < bilder.json``: a list of pictures as ``seite.py`` describes them. Equal figures
give equal bytes.
"""

import json
import sys
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt  # the backend has to be chosen before

BLAU, GRAU, ROT = "#1f5f8b", "#666666", "#b3261e"


def zeichne(bild: dict[str, Any]) -> None:
    """Draw one picture: measured points with their spread, the fit, the targets."""
    figur, achse = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    for linie, farbe, marke in zip(bild["linien"], (BLAU, "#8a5a00"), ("o", "s"), strict=False):
        y = linie["y"]
        fehler = [
            [m - u for m, u in zip(y, linie["unten"], strict=True)],
            [o - m for m, o in zip(y, linie["oben"], strict=True)],
        ]
        achse.errorbar(
            linie["x"],
            y,
            yerr=fehler,
            color=farbe,
            marker=marke,
            markersize=4,
            capsize=3,
            linestyle="-" if bild["verbunden"] else "",
            linewidth=1,
            label=linie["name"],
        )
    if bild["fit"]:
        achse.plot(
            *bild["fit"]["punkte"],
            color=GRAU,
            linestyle="--",
            linewidth=1,
            label=bild["fit"]["name"],
        )
    if bild["ziele"]:
        x, y = zip(*bild["ziele"], strict=True)
        achse.plot(
            x, y, color=ROT, marker="_", markersize=16, linestyle="", label="target (at most)"
        )
    if bild["logarithmisch"]:
        achse.set_xscale("log")
        achse.set_yscale("log")
    else:
        achse.set_ylim(bottom=0)
    achse.set_xlabel(bild["x"])
    achse.set_ylabel(bild["y"])
    achse.grid(visible=True, which="major", linewidth=0.4, alpha=0.6)
    achse.spines[["top", "right"]].set_visible(False)
    achse.legend(frameon=False, fontsize=9)
    figur.savefig(bild["datei"], metadata={"Date": None, "Title": bild["titel"]})
    plt.close(figur)


def main() -> None:
    """Draw every picture that standard input describes."""
    mpl.rcParams.update({"svg.hashsalt": "leistung", "svg.fonttype": "path", "font.size": 10})
    for bild in json.load(sys.stdin):
        zeichne(bild)


if __name__ == "__main__":
    main()
