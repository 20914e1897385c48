"""The stylesheet of the clients has the figures by which what they cover is judged."""

import re

import pytest

from app.core.viewing.clients import CLIENTS, DEVICES, view_of
from app.ui.viewing_styles import viewing_styles

PROPERTY = re.compile(r"--([a-z-]+): ([0-9.]+);")


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("device", DEVICES)
def test_the_stylesheet_has_the_figures_of_each_view(client, device):
    view = view_of(client, device)
    (rule,) = re.findall(rf'\[data-view="{view.name}"\] {{(.*?)}}', viewing_styles(), re.DOTALL)
    figures = {name: float(value) for name, value in PROPERTY.findall(rule)}
    assert figures["tall-width"] / figures["tall-height"] == pytest.approx(view.tall.shape, rel=1e-4)
    assert figures["wide-width"] / figures["wide-height"] == pytest.approx(view.wide.shape, rel=1e-4)
    assert figures["across"] == view.across and figures["zoom"] == view.zoom
    for mark in view.marks:
        assert (figures[f"{mark.name}-height"], figures[f"{mark.name}-inset"]) == (mark.height, mark.inset)
        assert figures.get(f"{mark.name}-width") == mark.width
