"""What can go wrong with a plan, as nouns; each message is one sentence a user can act on."""


class PlanError(Exception):
    """Base of every refusal that is shown to a user as it reads."""


class InvalidValue(PlanError):
    """A value is outside what the plan accepts; the message names field, value and bound."""


class Missing(PlanError):
    """Something named by id is not in this plan, or was archived."""


class EditConflict(PlanError):
    """Somebody else changed the same field since it was read.

    `fields` maps a field's name to (the value kept now, the value that was refused).
    """

    def __init__(self, message: str, fields: dict[str, tuple[object, object]]) -> None:
        """Name the fields that were changed on both sides."""
        super().__init__(message)
        self.fields = fields


class CannotUndo(PlanError):
    """A change cannot be taken back because later changes built on it."""
