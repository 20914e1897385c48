"""A picture that the media server shows of its own, for previews of what was drawn from it."""

from base64 import b64encode
from contextlib import closing

from app.poster.inquiries.inquiry import Inquiry
from app.poster.kinds import Kind
from app.poster.providers.own import SourceArtwork
from app.poster.records.candidate import Candidate, CandidateRefused, ProviderName
from app.poster.records.library import SourceName
from app.poster.sources.source import SourceTrouble
from app.poster.sources.table import open_source

NO_SERVER = "no media server is the source any more"


def read_server_art(inquiry: Inquiry) -> dict[str, str]:
    """{"picture": base64} of what lies at `address` of the source, or {"error": why not}; none of ours."""
    address, validator = inquiry.text("address"), inquiry.text("validator")
    wanted = Candidate(ProviderName.SERVER, Kind.POSTER, address, validator=validator)
    try:
        with closing(open_source(inquiry.settings, inquiry.environment)) as source:
            if source.name is SourceName.FOLDER:
                return {"error": NO_SERVER}
            content = SourceArtwork(ProviderName.SERVER, source, refuse_marked=True).fetch(wanted).content
    except (SourceTrouble, CandidateRefused) as error:
        return {"error": str(error)}
    return {"picture": b64encode(content).decode()}
