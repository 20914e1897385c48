from marshmallow import Schema, fields


class AssetFolderSchema(Schema):
    name = fields.String(required=True)
    path = fields.String(required=True)
    poster_count = fields.Integer(required=True)
    background_count = fields.Integer(required=True)
    season_count = fields.Integer(required=True)
    titlecard_count = fields.Integer(required=True)
    files = fields.Integer(required=True)
    size = fields.Integer(required=True, metadata={"description": "Bytes."})
    total_count = fields.Integer(required=True)


class ScanningSchema(Schema):
    scanning = fields.Boolean(
        required=True, metadata={"description": "Whether the first scan has not ended yet."}
    )


class AssetFoldersSchema(ScanningSchema):
    folders = fields.List(fields.Nested(AssetFolderSchema), required=True)


class ImageSumsSchema(Schema):
    posters = fields.Integer(required=True)
    backgrounds = fields.Integer(required=True)
    seasons = fields.Integer(required=True)
    titlecards = fields.Integer(required=True)
    total_size = fields.Integer(required=True, metadata={"description": "Bytes."})
    folders = fields.List(
        fields.Nested(AssetFolderSchema), required=True, metadata={"description": "The ten with the most files."}
    )


class AssetStatsSchema(ScanningSchema):
    success = fields.Boolean(required=True)
    stats = fields.Nested(ImageSumsSchema, required=True)
