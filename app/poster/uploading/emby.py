"""Emby as a receiver: Jellyfin's calls below a path of its own, and calls for tags."""

import json
from dataclasses import replace
from urllib.parse import quote

from app.poster.records.server_art import Place, Slot
from app.poster.sources.emby import with_api_path
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.calls import PAUSES, RECEIVER_LIMITS
from app.poster.uploading.jellyfin import JellyfinReceiver, changed_labels
from app.poster.web.endpoint import Limits


class EmbyReceiver(JellyfinReceiver):
    """One Emby server; see `Receiver`."""

    def __init__(
        self,
        server: ServerSettings,
        limits: Limits = RECEIVER_LIMITS,
        pauses: tuple[float, ...] = PAUSES,
    ):
        super().__init__(replace(server, address=with_api_path(server.address)), limits, pauses)

    def set_label(self, item_key: str, label: str, present: bool) -> None:
        labels = list(self.shown(Place(self.name, item_key, Slot.POSTER)).labels)
        if changed_labels(labels, label, present) is None:
            return
        names = [label] if present else [known for known in labels if known.lower() == label.lower()]
        body = json.dumps({"Tags": [{"Name": name} for name in names]}).encode()
        path = f"/Items/{quote(item_key, safe='')}/Tags/{'Add' if present else 'Delete'}"
        self._calls.change("POST", path, body=body, headers={"Content-Type": "application/json"})
