"""Columns, relations and enums of everything the server keeps."""

from app.models.base import Base
from app.models.credential import ApiKey, FailedLogin
from app.models.document import StoredDocument
from app.models.run import ENDED, Origin, Run, Status

__all__ = ["ENDED", "ApiKey", "Base", "FailedLogin", "Origin", "Run", "Status", "StoredDocument"]
