from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length

from app.api.schemas.runs import chosen_kinds, libraries_field, optional_text


class ResetSchema(Schema):
    """A reset needs `library` or `libraries`, and is one of posters where no kinds are named."""

    class Meta:
        unknown = EXCLUDE

    library = optional_text(255)
    libraries = libraries_field()
    kinds = chosen_kinds()
    force_replace = fields.Boolean(
        load_default=False, metadata={"description": "Also art that a person or another tool uploaded."}
    )
    plan = fields.Boolean(load_default=False, metadata={"description": "Write the plan, change nothing."})


class ArtworkRestoreSchema(Schema):
    """Each name chooses some of the pictures; without it all are restored."""

    class Meta:
        unknown = EXCLUDE

    library_name = optional_text(255, allow_none=True)
    item_name = optional_text(1000, allow_none=True)
    asset_type = optional_text(64, allow_none=True, metadata={"example": "poster"})


class LogosSchema(Schema):
    """`revert` puts back what was shown before; `force_replace` goes over logos by hand, too."""

    library = fields.String(required=True, validate=Length(1, 255))
    force_replace = fields.Boolean(load_default=False)
    revert = fields.Boolean(load_default=False)
