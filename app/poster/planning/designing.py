"""What is drawn over a chosen picture."""

from dataclasses import replace

from app.poster.drawing.design import Design
from app.poster.drawing.designs import StyleBook
from app.poster.records.decision import Decision

AWAITED = b"logo"


def design_of(decision: Decision, styles: StyleBook) -> Design:
    """The design of the asset's kind with the decision's texts, without what its treatment leaves out.

    Where a logo takes the place of the title, its content is AWAITED until it is fetched.
    """
    treatment = decision.treatment
    style = styles.style(decision.kind, treatment.of_show, treatment.resolution)
    design = style.plain
    if treatment.asked:
        style = replace(style, own_title="")
    if treatment.with_text:
        logo = AWAITED if decision.logo else None
        design = style.design(treatment.title, treatment.second, treatment.language, logo)
    if treatment.blurred:
        design = replace(design, blurred=True)
    if not treatment.with_overlay:
        design = replace(design, overlay=None)
    if not treatment.with_border:
        design = replace(design, border_width=0)
    if treatment.right_to_left is None:
        return design
    letterings = (replace(one, right_to_left=treatment.right_to_left) for one in design.letterings)
    return replace(design, letterings=tuple(letterings))
