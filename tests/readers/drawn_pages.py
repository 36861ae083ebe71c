"""Pages drawn from a text, as a scanner would bring them: a little askew, a little blurred, with dirt on the glass."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kehoach_parser import Plan

DPI = 200
A4 = (round(8.27 * DPI), round(11.69 * DPI))
MARGINS = (round(1.1 * DPI), round(0.8 * DPI), round(0.7 * DPI), round(0.8 * DPI))  # left, top, right, bottom
LETTERS = round(13.5 * DPI / 72)
LINE = round(LETTERS * 1.35)
#: Fonts with Vietnamese letters, the first that is installed: Debian's fonts-croscore, fonts-dejavu-core.
FONTS = ("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


def font_file() -> str | None:
    """A font that has the letters, or None."""
    return next((name for name in FONTS if Path(name).exists()), None)


def draw(text: str, folder: Path, seed: int = 0, size: tuple[int, int] = A4) -> Path:
    """The text on pages of a size in pixels, in a TIFF with a frame for each page."""
    name = font_file()
    assert name is not None
    font = ImageFont.truetype(name, LETTERS)
    chance = random.Random(seed)
    pages = [_worn(page, chance) for page in _pages(text, font, size)]
    path = folder / f"drawn-{seed}.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=(DPI, DPI))
    return path


def _pages(text: str, font: ImageFont.FreeTypeFont, size: tuple[int, int]) -> Iterator[Image.Image]:
    left, top, right, bottom = MARGINS
    page = Image.new("L", size, 255)
    at = top
    for line in _wrapped(text, font, size[0] - left - right):
        if at + LINE > size[1] - bottom:
            yield page
            page, at = Image.new("L", size, 255), top
        if line:
            ImageDraw.Draw(page).text((left, at), line, font=font, fill=20)
            at += LINE
        else:
            at += LINE // 2
    yield page


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    for paragraph in text.replace("\f", "\n").split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and font.getlength(longer) > width:
                yield line
                line = word
            else:
                line = longer
        yield line


def _worn(page: Image.Image, chance: random.Random) -> Image.Image:
    turned = page.rotate(chance.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    dots = ImageDraw.Draw(turned)
    for _ in range(120):
        dots.point((chance.randrange(page.width), chance.randrange(page.height)), fill=chance.randrange(60, 160))
    noise = np.random.default_rng(chance.randrange(2**32)).normal(128, 18, (page.height, page.width))
    return Image.blend(turned, Image.fromarray(noise.clip(0, 255).astype(np.uint8)), 0.06)


def differences(truth: str, read: str) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """Where a text departs from the true one: how many letters have to be changed, the words there and the words read."""
    true, found = (unicodedata.normalize("NFC", text).split() for text in (truth, read))
    for tag, i, j, k, m in SequenceMatcher(None, true, found, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _distance(" ".join(true[i:j]), " ".join(found[k:m])) or 1, true[i:j], found[k:m]


def error_of(truth: str, read: str) -> float:
    """The share of letters that are wrong; runs of blanks and line ends count as one blank."""
    return sum(cost for cost, _, _ in differences(truth, read)) / len(" ".join(truth.split()))


def outline(plan: Plan) -> list[tuple[str, str]]:
    """Kind and path of each unit."""
    return [(node.kind, node.path) for node in plan.nodes]


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, there in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (char != there))
    return row[-1]
