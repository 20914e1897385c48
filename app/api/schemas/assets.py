from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas import shapes
from app.api.schemas.shapes import NO_NUL, SuccessSchema
from app.core.assets.arrangement import PATH, SORTS, Arrangement
from app.core.assets.naming import PLURALS

LARGEST_PAGE = 5000
EPOCH = {"metadata": {"description": "Epoch seconds."}}
BYTES = {"metadata": {"description": "Bytes."}}
ADDRESS = {"metadata": {"description": "Address of the image, percent-encoded."}}
ImageCountsSchema = Schema.from_dict(
    {plural: fields.Integer(required=True) for plural in PLURALS}, name="ImageCounts"
)


class SearchQuery(Schema):
    search = fields.String(
        load_default="",
        validate=[Length(max=shapes.LONGEST_SEARCH), NO_NUL, shapes.storable],
        metadata={"description": "Words that the path holds, whatever their capitals and accents."},
    )


class ArrangedQuery(SearchQuery):
    """Which pictures, in which order; without a limit all are answered."""

    limit = fields.Integer(load_default=None, validate=Range(1, LARGEST_PAGE))
    offset = fields.Integer(load_default=0, validate=Range(0, shapes.LARGEST_OFFSET))
    sort = fields.String(load_default=PATH, validate=OneOf(SORTS))
    order = fields.String(load_default="asc", validate=OneOf(("asc", "desc")))

    @post_load
    def arrangement(self, query: dict, **options) -> Arrangement:
        return Arrangement(descending=query.pop("order") == "desc", **query)


class GalleryQuery(ArrangedQuery):
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


class FileSchema(shapes.PictureSchema):
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
    total_assets = fields.Integer(required=True, metadata={"description": "The same as `total`."})
    total = fields.Integer(required=True, metadata={"description": "Without limit and offset."})


class BackupGallerySchema(ManualGallerySchema):
    is_configured = fields.Boolean(required=True)


class ImageSchema(FileSchema):
    created = fields.Float(required=True, **EPOCH)
    type = fields.String(required=True, metadata={"example": "Show Background"})


class ImagesSchema(Schema):
    images = fields.List(fields.Nested(ImageSchema), required=True)


class ImagePageSchema(ImagesSchema, ScanningSchema):
    total = fields.Integer(required=True)


class BrowsedItemSchema(NamedFolderSchema, shapes.SomePictureSchema):
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


class RecentAssetSchema(shapes.PictureSchema):
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
