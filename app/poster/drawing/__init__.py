"""Drawing: canvas, overlays, designs and lettering."""
