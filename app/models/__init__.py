"""Columns, relations and enums of everything the server keeps."""

from app.models.asset import AssetChange, AssetFile, AssetFolder, AssetRoot, AssetTotal
from app.models.attention import AttentionIgnore
from app.models.base import Base
from app.models.catalogue import CatalogueEntry, CatalogueState, PicturePrint
from app.models.credential import ApiKey, BrowserSession, FailedLogin
from app.models.document import StoredDocument
from app.models.export import EpisodeExport, ExportFile, ExportRun, LibraryExport
from app.models.image_choice import ChoiceChange, ChoiceState, ImageChoice
from app.models.queue_item import ItemStatus, QueueItem
from app.models.run import ENDED, Origin, Run, Status
from app.models.trigger import OPEN, Trigger, TriggerRun, TriggerStatus

__all__ = [
    "ENDED",
    "OPEN",
    "ApiKey",
    "AssetChange",
    "AssetFile",
    "AssetFolder",
    "AssetRoot",
    "AssetTotal",
    "AttentionIgnore",
    "Base",
    "BrowserSession",
    "CatalogueEntry",
    "CatalogueState",
    "ChoiceChange",
    "ChoiceState",
    "EpisodeExport",
    "ExportFile",
    "ExportRun",
    "FailedLogin",
    "ImageChoice",
    "ItemStatus",
    "LibraryExport",
    "Origin",
    "PicturePrint",
    "QueueItem",
    "Run",
    "Status",
    "StoredDocument",
    "Trigger",
    "TriggerRun",
    "TriggerStatus",
]
