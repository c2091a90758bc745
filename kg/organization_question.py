"""What is asked about an organization, by the names that addresses, HTTP routes and the command line give its parts.

``name``, ``describe``, ``kind`` (several), ``level``, ``region``, ``field`` (several). What is not given is told from
name and description; an empty value says that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import InputError
from kg.labels import LEVELS
from kg.organization_profile import Corrections, OrganizationProfile, describe_organization
from kg.organization_roles import ROLES

CORRECTIONS = ("kind", "level", "region", "field")
PARAMETERS = ("name", "describe", *CORRECTIONS)
_NOT_CORRECTED = Corrections()


@dataclass(frozen=True, slots=True)
class OrganizationQuestion:
    """An organization as its user writes it; hashable."""

    name: str = ""
    description: str = ""
    corrections: Corrections = _NOT_CORRECTED

    @property
    def is_empty(self) -> bool:
        """Whether neither name nor description is given."""
        return not self.name and not self.description

    def profile(self) -> OrganizationProfile:
        """Who it is. Raises as :func:`describe_organization`."""
        return describe_organization(self.name, self.description, self.corrections)

    def corrected(self, **changed: str | tuple[str, ...] | None) -> OrganizationQuestion:
        """The question with other values of fields of :class:`Corrections`."""
        return replace(self, corrections=replace(self.corrections, **changed))  # type: ignore[arg-type]

    def parameters(self) -> dict[str, str | list[str]]:
        """What :func:`read_question` reads; what is not given is left out."""
        given = self.corrections
        written: dict[str, str | list[str]] = {}
        for parameter, text in (("name", self.name), ("describe", self.description)):
            if text:
                written[parameter] = text
        for parameter, values in (("kind", given.kinds), ("field", given.fields)):
            if values is not None:
                written[parameter] = list(values) or [""]
        for parameter, value in (("level", given.level), ("region", given.region)):
            if value is not None:
                written[parameter] = [value]
        return written


def read_question(parameters: Mapping[str, Sequence[str]]) -> OrganizationQuestion:
    """The question that the values of ``PARAMETERS`` ask; a level is a key of ``kg.labels.LEVELS`` or its label."""
    level = _one(parameters.get("level"))
    return OrganizationQuestion(
        name=_one(parameters.get("name")) or "",
        description=_one(parameters.get("describe")) or "",
        corrections=Corrections(
            kinds=_several(parameters.get("kind")),
            level={label: key for key, label in LEVELS.items()}.get(level, level) if level is not None else None,
            region=_one(parameters.get("region")),
            fields=_several(parameters.get("field")),
        ),
    )


def chosen_roles(values: Sequence[str]) -> tuple[str, ...]:
    """The roles asked for in the order of force; all where none is.

    Raises:
        InputError: a value is no role.
    """
    unknown = [value for value in values if value not in ROLES]
    if unknown:
        raise InputError(f"没有“{unknown[0]}”这一角色。可以写：{'、'.join(ROLES)}。")
    return tuple(role for role in ROLES if role in values) or ROLES


def _one(values: Sequence[str] | None) -> str | None:
    return values[0].strip() if values else None


def _several(values: Sequence[str] | None) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(filter(None, map(str.strip, values)))) if values else None
