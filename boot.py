"""A mark of this start of the server, so that an open page can tell that it was started anew."""

import uuid

BOOT = uuid.uuid4().hex[:12]
