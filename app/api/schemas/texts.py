from marshmallow.validate import ContainsNoneOf

NO_NUL = ContainsNoneOf("\0", error="A NUL character cannot be part of it.")
