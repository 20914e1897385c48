from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas import shapes
from app.api.schemas.shapes import NO_NUL, SuccessSchema
from app.core.assets.naming import PLURALS
from app.core.decisions.states import HOLDS, OWNERS, UPLOAD_STATES

LARGEST_PAGE = 5000
EPOCH = {"metadata": {"description": "Epoch seconds."}}
BYTES = {"metadata": {"description": "Bytes."}}
ADDRESS = {"metadata": {"description": "Address of the image, percent-encoded."}}
ImageCountsSchema = Schema.from_dict(
    {plural: fields.Integer(required=True) for plural in PLURALS}, name="ImageCounts"
)


class GalleryQuery(shapes.PageQuery):
    limit = fields.Integer(load_default=200, validate=Range(1, LARGEST_PAGE))


class BrowseQuery(Schema):
    path = fields.String(load_default="", validate=NO_NUL)


class LibraryQuery(Schema):
    library_name = fields.String(load_default=None, validate=NO_NUL)


class TypeQuery(Schema):
    library_name = fields.String(required=True, validate=[Length(min=1), NO_NUL])


class LibraryTypeSchema(SuccessSchema):
    library_name = fields.String(required=True)
    media_type = fields.String(
        required=True, allow_none=True, metadata={"description": "In the export's word.", "example": "movie"}
    )
    error = fields.String(metadata={"description": "Why there is no type."})


class NamedFolderSchema(Schema):
    name = fields.String(required=True)
    path = fields.String(required=True)


class AssetFolderSchema(NamedFolderSchema):
    poster_count = fields.Integer(required=True)
    background_count = fields.Integer(required=True)
    season_count = fields.Integer(required=True)
    titlecard_count = fields.Integer(required=True)
    files = fields.Integer(required=True)
    size = fields.Integer(required=True, **BYTES)
    total_count = fields.Integer(required=True)


class ScanningSchema(Schema):
    scanning = fields.Boolean(
        required=True, metadata={"description": "Whether the first scan has not ended yet."}
    )


class AssetFoldersSchema(ScanningSchema):
    folders = fields.List(fields.Nested(AssetFolderSchema), required=True)


class ImageSumsSchema(ImageCountsSchema):
    total_size = fields.Integer(required=True, **BYTES)
    folders = fields.List(
        fields.Nested(AssetFolderSchema),
        required=True,
        metadata={"description": "The ten with the most files."},
    )


class AssetStatsSchema(SuccessSchema, ScanningSchema):
    stats = fields.Nested(ImageSumsSchema, required=True)


class FileSchema(Schema):
    name = fields.String(required=True)
    path = fields.String(required=True)
    url = fields.String(required=True, **ADDRESS)
    size = fields.Integer(required=True, **BYTES)
    modified = fields.Float(required=True, **EPOCH)


class OwnAssetSchema(FileSchema):
    type = fields.String(required=True, metadata={"example": "poster"})


class OwnFolderSchema(NamedFolderSchema):
    assets = fields.List(fields.Nested(OwnAssetSchema), required=True)
    asset_count = fields.Integer(required=True)


class OwnLibrarySchema(Schema):
    name = fields.String(required=True)
    folders = fields.List(fields.Nested(OwnFolderSchema), required=True)
    folder_count = fields.Integer(required=True)


class ManualGallerySchema(ScanningSchema):
    libraries = fields.List(fields.Nested(OwnLibrarySchema), required=True)
    total_assets = fields.Integer(required=True)


class BackupGallerySchema(ManualGallerySchema):
    is_configured = fields.Boolean(required=True)


class ImageSchema(FileSchema):
    created = fields.Float(required=True, **EPOCH)
    type = fields.String(required=True, metadata={"example": "Show Background"})


class ImagesSchema(Schema):
    images = fields.List(fields.Nested(ImageSchema), required=True)


class ImagePageSchema(ImagesSchema, ScanningSchema):
    total = fields.Integer(required=True)


class BrowsedItemSchema(NamedFolderSchema):
    type = fields.String(required=True, metadata={"description": "folder or asset"})
    item_count = fields.Integer()
    url = fields.String(**ADDRESS)
    size = fields.Integer(**BYTES)
    asset_type = fields.String(metadata={"example": "titlecard"})
    full_type = fields.String(metadata={"example": "Episode"})
    created = fields.Float(**EPOCH)
    modified = fields.Float(**EPOCH)


class BrowsedFolderSchema(SuccessSchema):
    path = fields.String(required=True)
    items = fields.List(fields.Nested(BrowsedItemSchema), required=True)


class ItemFolderSchema(NamedFolderSchema):
    asset_count = fields.Integer(required=True)


class ItemFoldersSchema(Schema):
    folders = fields.List(fields.Nested(ItemFolderSchema), required=True)


class FolderAssetsSchema(Schema):
    assets = fields.List(fields.Nested(BrowsedItemSchema), required=True)


class LibraryChoiceSchema(NamedFolderSchema):
    item_count = fields.Integer(required=True, data_key="itemCount")


class ItemChoiceSchema(Schema):
    folder_name = fields.String(required=True, data_key="folderName")
    title = fields.String(required=True)
    year = fields.String(required=True, allow_none=True)
    path = fields.String(required=True)


class FolderChoicesSchema(SuccessSchema):
    libraries = fields.List(fields.Nested(LibraryChoiceSchema))
    folders = fields.List(fields.Nested(ItemChoiceSchema))
    library = fields.String()
    path = fields.String(required=True)


class RecentAssetSchema(Schema):
    title = fields.String(required=True)
    type = fields.String(required=True)
    rootfolder = fields.String(required=True)
    library = fields.String(required=True)
    language = fields.String(required=True)
    fallback = fields.Boolean(required=True)
    text_truncated = fields.Boolean(required=True)
    download_source = fields.String(required=True)
    provider_link = fields.String(required=True)
    is_manually_created = fields.Boolean(required=True)
    poster_url = fields.String(required=True, **ADDRESS)
    has_poster = fields.Boolean(required=True)
    created = fields.Float(required=True, **EPOCH)
    modified = fields.Float(required=True, **EPOCH)


class RecentAssetsSchema(SuccessSchema, ScanningSchema):
    assets = fields.List(fields.Nested(RecentAssetSchema), required=True)
    total_count = fields.Integer(required=True)


class OverlayFileSchema(Schema):
    name = fields.String(required=True)
    type = fields.String(required=True, metadata={"description": "image or font"})
    extension = fields.String(required=True, metadata={"example": ".ttf"})
    size = fields.Integer(required=True, **BYTES)
    mtime = fields.Integer(required=True, **EPOCH)


class OverlayFilesSchema(SuccessSchema):
    files = fields.List(fields.Nested(OverlayFileSchema), required=True)


class RefreshSchema(shapes.MessageSchema, ImageCountsSchema):
    folders = fields.Integer(required=True)


class IndexStateSchema(Schema):
    last_scanned = fields.String(required=True, allow_none=True)
    age_seconds = fields.Float(required=True, allow_none=True)
    ttl_seconds = fields.Integer(required=True)
    refresh_interval = fields.Integer(required=True)
    is_stale = fields.Boolean(required=True)
    is_initial_scan = fields.Boolean(required=True)
    posters_count = fields.Integer(required=True)
    backgrounds_count = fields.Integer(required=True)
    seasons_count = fields.Integer(required=True)
    titlecards_count = fields.Integer(required=True)
    folders_count = fields.Integer(required=True)


class ScanningThreadSchema(Schema):
    running = fields.Boolean(required=True)
    thread_alive = fields.Boolean(required=True)
    scan_in_progress = fields.Boolean(required=True)


class CacheStatusSchema(SuccessSchema):
    cache = fields.Nested(IndexStateSchema, required=True)
    background_refresh = fields.Nested(ScanningThreadSchema, required=True)


class StatesQuery(shapes.PageQuery):
    owner = fields.String(load_default=None, validate=OneOf(OWNERS))
    upload = fields.String(load_default=None, validate=OneOf(UPLOAD_STATES))


class StateSchema(Schema):
    path = fields.String(required=True)
    owner = fields.String(required=True, metadata={"example": "ours"})
    upload = fields.String(
        required=True, metadata={"example": "waiting", "description": "Empty for one that is on no server."}
    )
    url = fields.String(required=True, **ADDRESS)


class StatesSchema(shapes.PageSchema):
    assets = fields.List(fields.Nested(StateSchema), required=True)


class PlaceSchema(Schema):
    server = fields.String(required=True, metadata={"example": "plex"})
    item_key = fields.String(required=True, metadata={"description": "Film, show, season or episode there."})
    slot = fields.String(required=True, metadata={"example": "poster"})


class ShownSchema(Schema):
    art_id = fields.String(required=True, metadata={"description": "Names the picture; empty for none."})
    validator = fields.String(required=True)
    sha256 = fields.String(required=True, metadata={"description": "Empty where its bytes were not read."})
    size = fields.Integer(required=True, **BYTES)
    owner = fields.String(required=True, validate=OneOf(OWNERS))
    labels = fields.List(fields.String(), required=True)
    pile = fields.List(
        fields.String(), required=True, metadata={"description": "All numbered pictures, in their order."}
    )
    is_locked = fields.Boolean(required=True)


class UploadStateSchema(Schema):
    place = fields.Nested(PlaceSchema, required=True)
    state = fields.String(required=True, validate=OneOf(UPLOAD_STATES))
    why = fields.String(required=True, metadata={"description": "How we know, or why it was not uploaded."})
    sent_sha256 = fields.String(required=True)
    file_sha256 = fields.String(
        required=True, metadata={"description": "The file that those bytes were made of."}
    )
    shown = fields.Nested(ShownSchema, required=True, metadata={"description": "What the server shows now."})
    before = fields.Nested(ShownSchema, required=True, metadata={"description": "Before our first upload."})
    taken_labels = fields.List(fields.String(), required=True)
    at = fields.DateTime(required=True, allow_none=True)


class DecisionSchema(SuccessSchema):
    path = fields.String(required=True, metadata={"example": "Movies/Alien (1979)/poster.jpg"})
    action = fields.String(required=True)
    reason = fields.String(required=True, metadata={"example": "new"})
    why = fields.String(metadata={"example": "there is no file yet"})
    decision = fields.Dict(required=True, metadata={"description": "What was chosen, and why not the rest."})
    drawn = fields.Dict(required=True, metadata={"description": "Whether a text was cut, and notes."})
    ingredients = fields.Dict(required=True, allow_none=True)
    file = fields.Dict(required=True, allow_none=True)
    rejected = fields.List(fields.Dict(), required=True)
    owner = fields.String(
        required=True, validate=OneOf(OWNERS), metadata={"description": "Whose the file was in the last run."}
    )
    owner_why = fields.String(required=True, metadata={"description": "How we know."})
    undone = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "What it was made of when a person took it back: not made of that again."},
    )
    uploads = fields.List(
        fields.Nested(UploadStateSchema),
        required=True,
        metadata={"description": "What became of it on the media server, by place."},
    )
    hold = fields.String(
        required=True,
        validate=OneOf(HOLDS),
        metadata={"description": "What a person said: held is left alone by runs, released is made anew."},
    )
    edits = fields.Integer(required=True, metadata={"description": "How often a person has changed it."})
    asked = fields.String(required=True)
    decided_at = fields.DateTime(required=True, allow_none=True)
    run = fields.String(required=True)
