"""The first start: entries are kept and tested, then saved at once, and the first run is asked for."""

from dataclasses import replace
from typing import Any

from app.config import demo_folder
from app.core import runs
from app.core.config_file import ConfigFile
from app.core.designs.shelf import design_of_id
from app.core.designs.taking import install_files, renamed_files
from app.core.errors import ConfigUnreadable, Conflict
from app.core.execution.run_offers import missing_source
from app.core.first_start.address_mending import addresses_to_try, fault_of_text, mendings
from app.core.first_start.draft import (
    DEMO,
    FOLDER,
    PROVIDERS,
    SECRETS,
    SERVERS,
    Draft,
    Found,
    change_draft,
    found_of,
    stored_draft,
    with_found,
)
from app.core.first_start.readiness import readiness
from app.core.first_start.wanted_settings import entries_of_settings, saved_secrets, wanted_settings
from app.core.modes import FIRST, FULL_RUN, PLAN
from app.core.servers.given_access import given_access, origin_of, saved_access
from app.core.servers.libraries import store_libraries
from app.core.service_checks import check_service
from app.core.settings.editing import import_settings
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mapping import Nested
from app.core.settings.masking import MASK
from app.core.settings.webui_settings import ONBOARDED, WebuiSettings, is_onboarded
from app.extensions import Machine
from app.models import Origin
from app.models.base import now

SEARCH_SECONDS = 25.0
# So many films and shows the first run is about, shared by the libraries.
FIRST_TITLES = 12
FEWEST_OF_A_LIBRARY = 2
FEW, WHOLE = "few", "whole"


def present_draft(machine: Machine) -> Draft:
    """The draft; where there is none, what the settings have."""
    draft = stored_draft(machine.paths)
    if draft is not None and draft.entries:
        return draft
    media = "" if shows_demo(machine) else str(machine.media_folder or "")
    entries = entries_of_settings(values_of(machine.config), media)
    return replace(draft or Draft(), entries=entries)


def values_of(config: ConfigFile) -> dict[str, Any]:
    try:
        return config.values()
    except ConfigUnreadable:
        return {}


def changed_draft(machine: Machine, change: Any) -> Draft:
    """Change the draft; the first change begins with what the settings have."""
    first = present_draft(machine)
    return change_draft(machine.paths, lambda draft: change(draft if draft.entries else first))


def leads_to_start(machine: Machine) -> bool:
    """Whether Home leads to the first start: on a fresh installation, until it is done or left."""
    draft = stored_draft(machine.paths)
    return draft is not None and draft.leads and not is_started(machine)


def is_started(machine: Machine) -> bool:
    """Whether somebody has ended or left the first start, or has set a source without it."""
    if is_onboarded(webui_settings(machine).stored, values_of(machine.config)):
        return True
    has_folder = bool(machine.media_folder) and not shows_demo(machine)
    return missing_source(machine.config, has_folder, FULL_RUN) is None


def shows_demo(machine: Machine) -> bool:
    """Whether the demo library is the one that is used where no media server is."""
    return machine.media_folder == demo_folder(machine.settings)


def webui_settings(machine: Machine) -> WebuiSettings:
    return WebuiSettings(machine.paths, machine.settings.log_level)


def leave_start(machine: Machine) -> None:
    """Have no page lead to the first start any more; the entries are kept."""
    webui_settings(machine).merge({ONBOARDED: True})


def known_secrets(machine: Machine, draft: Draft) -> frozenset[str]:
    """The names of the secrets that are entered or saved."""
    entered = frozenset(name for name in SECRETS if draft.entry(name))
    return entered | saved_secrets(values_of(machine.config))


def try_source(machine: Machine, may_send_anywhere: bool) -> Draft:
    """Test the source that is chosen, and keep the outcome; an address that answers is kept as mended."""
    draft = present_draft(machine)
    if draft.source in SERVERS:
        found = searched_server(machine, draft, may_send_anywhere)
    elif draft.source == FOLDER:
        found = searched_folder(machine, draft.entry(FOLDER))
    else:
        return draft
    return keep_outcome(machine, draft, draft.source, found)


def keep_outcome(machine: Machine, tested: Draft, name: str, found: Found) -> Draft:
    """Keep the outcome where the entries are still those that were tested."""

    def change(draft: Draft) -> Draft:
        if found_name(draft, name) != found_name(tested, name):
            return draft
        address = found.get("mended_to")
        entries = {**draft.entries, f"{name}_url": address} if address else draft.entries
        return with_found(replace(draft, entries=entries), name, found)

    return changed_draft(machine, change)


def found_name(draft: Draft, name: str) -> tuple[str, ...]:
    """What a test of that name is about."""
    if name not in SERVERS:
        return (draft.entry(name),)
    return tuple(draft.entry(f"{name}_{part}") for part in ("url", "key", "certificate"))


def searched_server(machine: Machine, draft: Draft, may_send_anywhere: bool) -> Found:
    server, typed = draft.source, draft.entry(f"{draft.source}_url")
    addresses = addresses_to_try(typed, server)
    if not addresses:
        return {"fault": fault_of_text(typed), "address": typed}
    saved = origin_of(saved_access(machine.config, server).url)
    place = next((one for one in addresses if origin_of(one) == saved), addresses[0])
    sent = {"url": place, "key": draft.entry(f"{server}_key") or MASK}
    access = given_access(machine.config, server, sent, may_send_anywhere)
    asked = {"server": server, "addresses": addresses, "key": access.key}
    asked["certificate"] = draft.entry(f"{server}_certificate")
    found = machine.engine.inquire("search-server", asked, SEARCH_SECONDS)
    answers = found["fault"] in ("", "key", "key_missing", "busy")
    mended = {"mended_to": found["address"], "mended": mendings(typed, found["address"])} if answers else {}
    return {**found, **mended}


def searched_folder(machine: Machine, path: str) -> Found:
    if not path:
        return {"fault": "missing"}
    return machine.engine.inquire("search-folder", {"path": path}, SEARCH_SECONDS)


def try_keys(machine: Machine) -> Draft:
    """Test the keys of providers that are entered and not tested yet."""
    draft = present_draft(machine)
    for name in PROVIDERS:
        if draft.entry(name) and found_of(draft, name) is None:
            sent = {"key": draft.entry(name)}
            outcome = check_service(machine.engine, machine.config, name, sent, may_send_anywhere=False)
            found = {"fault": outcome["fault"], "message": outcome["message"]}
            draft = keep_outcome(machine, draft, name, found)
    return draft


def begin_first_run(machine: Machine, checks: LoginAndFolderChecks, extent: str) -> int:
    """Save all entries at once and ask for the first run, `extent` FEW, WHOLE or PLAN; its number.

    Where the settings are refused or no run can be queued, the entries stay as they are.
    """
    draft = present_draft(machine)
    state = readiness(draft)
    if not (state.is_ready("source") and state.is_ready("libraries")):
        raise Conflict("The first start has no source with libraries yet: choose and test one.")
    if draft.source == DEMO:
        demo_folder(machine.settings).mkdir(exist_ok=True)
    import_settings(machine.paths, wanted_settings(draft, chosen_design(machine, draft)), checks)
    mode = PLAN if extent == PLAN else FULL_RUN
    arguments = first_arguments(len(state.ticked)) if extent == FEW and draft.source != DEMO else []
    with machine.database.writing() as session:
        if draft.source in SERVERS:
            store_libraries(session, draft.source, list(state.libraries))
        run = runs.request_run(session, mode, Origin.API, arguments, reason="the first posters")
    leave_start(machine)
    moment = now().isoformat()
    change_draft(
        machine.paths, lambda one: without_entered_secrets(replace(one, run=run.id, began_at=moment))
    )
    return run.id


def chosen_design(machine: Machine, draft: Draft) -> Nested:
    """The settings of the design that is chosen, none for the present one; its files become overlays."""
    if not draft.entry("design"):
        return {}
    record = design_of_id(machine.paths, draft.entry("design"))
    return renamed_files(record.settings, install_files(machine.paths, record))


def first_arguments(libraries: int) -> list[str]:
    return [FIRST, str(max(FEWEST_OF_A_LIBRARY, -(-FIRST_TITLES // max(libraries, 1))))]


def without_entered_secrets(draft: Draft) -> Draft:
    """The draft without the secrets, which are saved; what was tested with them still counts."""
    kept = replace(draft, entries={name: text for name, text in draft.entries.items() if name not in SECRETS})
    for name, found in draft.found.items():
        if found_of(draft, name):
            kept = with_found(kept, name, found)
    return kept
