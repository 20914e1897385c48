"""What can be started now, for the API and the pages."""

from app.core.execution.run_offers import RunOffer, library_offers, run_offers
from app.extensions import Machine


def offered_runs(machine: Machine) -> list[RunOffer]:
    """An offer for each mode that people ask for, with the reason where it cannot be started now."""
    return run_offers(machine.settings.poster_script, machine.config, machine.media_folder is not None)


def offered_for_libraries(machine: Machine) -> list[RunOffer]:
    """The same for the modes whose request names a library."""
    return library_offers(machine.settings.poster_script, machine.config, machine.media_folder is not None)
