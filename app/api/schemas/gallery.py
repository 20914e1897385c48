from marshmallow import Schema, fields


class SampleImageSchema(Schema):
    path = fields.String(required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "Bytes."})
    url = fields.String(required=True, metadata={"description": "Address of the image, percent-encoded."})
    modified = fields.Float(required=True, metadata={"description": "Epoch seconds."})


class TestGallerySchema(Schema):
    images = fields.List(fields.Nested(SampleImageSchema), required=True)
