"""One error a caller can see: a code for programs, a sentence for people, a status for HTTP."""


class BumplineError(Exception):
    """Ended in `{"error": {"code", "message"}}`; never a stack trace."""

    status = 400
    code = "bad_request"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(BumplineError):
    status = 404
    code = "not_found"


class Conflict(BumplineError):
    status = 409
    code = "conflict"


class TooLarge(BumplineError):
    status = 413
    code = "body_too_large"


class UnsupportedMedia(BumplineError):
    status = 415
    code = "unsupported_media_type"


class Unusable(BumplineError):
    status = 422
    code = "unusable"


class TextEmpty(Unusable):
    code = "text_empty"


class TextTooLong(Unusable):
    code = "text_too_long"


class TooMany(BumplineError):
    status = 429
    code = "too_many_requests"


class OutOfService(BumplineError):
    status = 503
    code = "out_of_service"
