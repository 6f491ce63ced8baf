"""The one mistake a reader of exports can report."""


class ExportError(ValueError):
    """Say in one sentence what is wrong with an export, where, and what to change.

    Parameters
    ----------
    message : the sentence without its place
    line : line of the file, counted from 1 with the header included; None if not tied to one
    column : name of the column as the file writes it; None if not tied to one
    """

    def __init__(self, message: str, line: int | None = None, column: str | None = None) -> None:
        """Keep the sentence and its place apart, so that a page can point at the place."""
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Return the sentence, led by its line and column where they are known."""
        places = [f"line {self.line:,}"] if self.line is not None else []
        places += [f"column {shown(self.column)}"] if self.column is not None else []
        if not places:
            return self.message
        place = ", ".join(places)
        return f"{place[0].upper()}{place[1:]}: {self.message}"


def shown(text: str, limit: int = 40) -> str:
    """Return `text` quoted for a message: printable, on one line, at most `limit` characters."""
    plain = plain_text(text)
    return f"'{plain}'" if len(plain) <= limit else f"'{plain[: limit - 1]}…'"


def plain_text(text: str) -> str:
    """Return `text` without line breaks and control characters, each of them a space."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
