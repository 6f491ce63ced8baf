"""The colour tokens of the design, once for light and once for dark."""

from dataclasses import dataclass, fields

_LINEAR_BELOW = 0.04045


@dataclass(frozen=True)
class Palette:
    """Name every colour by the job it does; the two instances are `LIGHT` and `DARK`.

    `on_*` are the label colours for text inside a mark of that colour.
    """

    bg: str
    surface: str
    surface2: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    primary: str
    on_primary: str
    teal: str
    on_teal: str
    teal_text: str
    teal_mid: str
    teal_band: str
    teal_tint: str
    deep: str
    on_deep: str
    soft: str
    on_soft: str
    blue: str
    on_blue: str
    blue_text: str
    blue_band: str
    stone: str
    on_stone: str
    stone2: str
    stone_text: str
    stone_tint: str
    stone_band: str
    plum: str
    plum_text: str
    plum_band: str
    plum_tint: str
    amber: str
    amber_text: str
    amber_band: str
    amber_tint: str
    brick: str
    brick_text: str
    brick_tint: str
    grey: str
    grey_band: str


LIGHT = Palette(
    bg="#FFFFFF",
    surface="#F5F7F7",
    surface2="#EBEFF0",
    border="#DBE1E4",
    control="#7F8A95",
    text="#17212B",
    text2="#46515D",
    text3="#606B77",
    primary="#0E6A68",
    on_primary="#FFFFFF",
    teal="#0E6A68",
    on_teal="#FFFFFF",
    teal_text="#0B5C5A",
    teal_mid="#5FA7A2",
    teal_band="#B5D8D5",
    teal_tint="#E6F2F1",
    deep="#0B3F4E",
    on_deep="#FFFFFF",
    soft="#7DBBB4",
    on_soft="#0B2A2B",
    blue="#5B67B5",
    on_blue="#FFFFFF",
    blue_text="#434F9C",
    blue_band="#D3D7EF",
    stone="#7F6E5B",
    on_stone="#FFFFFF",
    stone2="#A79784",
    stone_text="#675747",
    stone_tint="#F4F0EB",
    stone_band="#DDD3C7",
    plum="#7C3A8E",
    plum_text="#6E2F80",
    plum_band="#E2CDE8",
    plum_tint="#F6EEF8",
    amber="#B06F00",
    amber_text="#855100",
    amber_band="#F1DDB8",
    amber_tint="#FCF3E1",
    brick="#B23A2B",
    brick_text="#9C2F22",
    brick_tint="#FBEBE8",
    grey="#7B8692",
    grey_band="#E1E5E8",
)

DARK = Palette(
    bg="#0F1418",
    surface="#171E24",
    surface2="#212A31",
    border="#2D3841",
    control="#6E7B87",
    text="#E9EDF0",
    text2="#B7C1CA",
    text3="#94A1AC",
    primary="#35A29A",
    on_primary="#06110F",
    teal="#4DB6AE",
    on_teal="#0B1013",
    teal_text="#6CCAC2",
    teal_mid="#27807A",
    teal_band="#1D4B4B",
    teal_tint="#13292B",
    deep="#A3DCEB",
    on_deep="#0B1013",
    soft="#27807A",
    on_soft="#FFFFFF",
    blue="#8796DC",
    on_blue="#0B1013",
    blue_text="#AAB5EA",
    blue_band="#2B3357",
    stone="#A49380",
    on_stone="#0B1013",
    stone2="#7D6F60",
    stone_text="#C4B5A3",
    stone_tint="#221E1A",
    stone_band="#4A4137",
    plum="#BE8AD2",
    plum_text="#CFA3E0",
    plum_band="#43304B",
    plum_tint="#271D2C",
    amber="#E0A93F",
    amber_text="#E6B55F",
    amber_band="#4A3817",
    amber_tint="#2A2112",
    brick="#DB604D",
    brick_text="#F29C8B",
    brick_tint="#2F1B18",
    grey="#66727D",
    grey_band="#2B343C",
)


def scenario_colours(letter: str, palette: Palette) -> tuple[str, str]:
    """Return the line colour and the readable text colour of a scenario's letter."""
    known = {
        "A": (palette.teal, palette.teal_text),
        "B": (palette.plum, palette.plum_text),
        "C": (palette.amber, palette.amber_text),
        "D": (palette.blue, palette.blue_text),
    }
    return known.get(letter, (palette.grey, palette.text3))


def css_name(token: str) -> str:
    """Return the CSS custom property of a token: `teal_text` is `--tealText`."""
    first, *rest = token.split("_")
    return "--" + first + "".join(word.capitalize() for word in rest)


def css_variables(palette: Palette) -> str:
    """Return the palette as CSS declarations, to be placed inside a rule."""
    pairs = ((css_name(token.name), getattr(palette, token.name)) for token in fields(palette))
    return " ".join(f"{name}: {value};" for name, value in pairs)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two "#RRGGBB" colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
