"""What an image file holds, told by a process of its own: a picture may be made to take all memory.

Commands: ``text FILE`` (frames with their size in points), ``draw FILE FRAME DPI OUT`` (a frame as a grey PNG, frames from 0),
``mask FILE OUT BOXES`` (the image with the boxes of the JSON file BOXES in white; prints what share of the page is dark still),
``join OUT FILE…`` (all frames of image files as one TIFF, as they are meant to be seen),
``turn FILE OUT DEGREES`` (the image turned clockwise by quarters), ``cut FILE OUT LEFT TOP RIGHT BOTTOM`` (a part of the image, in pixels).
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageOps, ImageSequence, UnidentifiedImageError

from kehoach_parser.readers import limits

#: Height of an A4 page in inches: an image that does not say its resolution is taken for one.
_A4 = 11.69
#: Degrees clockwise; Pillow counts the other way round.
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
#: Pixels darker than this are ink; a word is whitened with so many pixels around it.
_DARK, _EDGE = 128, 3
#: Formats that lose detail when they are packed, and the quality with which their pictures are packed again.
_LOSSY, _GOOD = frozenset({"JPEG", "MPO", "WEBP"}), 95
#: A resolution that no scanner has is one that a program wrote without knowing it.
_LEAST_DPI, _MOST_DPI = 90, 1300


def main(arguments: list[str]) -> None:
    """Runs a command and prints its answer; a file that cannot be read gives {"error": "broken" | "pixels" | "pages"}."""
    Image.MAX_IMAGE_PIXELS = limits.PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        if arguments[0] == "join":
            _join(Path(arguments[1]), arguments[2:])
            return
        with Image.open(arguments[1]) as image:
            if arguments[0] == "text":
                print(json.dumps(_tell(image)))
            elif arguments[0] == "mask":
                print(json.dumps({"dark": _mask(image, Path(arguments[2]), json.loads(Path(arguments[3]).read_text()))}))
            elif arguments[0] == "turn":
                turned = image.transpose(_TURNS[int(arguments[3])])
                turned.save(arguments[2], dpi=image.info.get("dpi", (limits.DPI, limits.DPI)))
            elif arguments[0] == "cut":
                left, top, right, bottom = map(int, arguments[3:])
                inside = max(0, left), max(0, top), min(image.width, right), min(image.height, bottom)
                image.crop(inside).save(arguments[2], dpi=image.info.get("dpi", (limits.DPI, limits.DPI)))
            else:
                _draw(image, int(arguments[2]), int(arguments[3]), Path(arguments[4]))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        print(json.dumps({"error": "pixels"}))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        print(json.dumps({"error": "broken"}))


def _tell(image: Image.Image) -> dict[str, Any]:
    frames = getattr(image, "n_frames", 1)
    if frames > limits.PAGES:
        return {"error": "pages"}
    sizes = []
    for frame in range(frames):
        image.seek(frame)
        if image.width * image.height > limits.PIXELS:
            return {"error": "pixels"}
        dpi = _dpi(image)
        sizes.append([round(image.width * 72 / dpi, 2), round(image.height * 72 / dpi, 2)])
    image.seek(0)
    image.load()  # a file that is cut off is told now, not when its page is read
    return {"frames": sizes}


def _join(out: Path, files: list[str]) -> None:
    """Frames of photographs are packed as such, of others without loss."""
    frames: list[Image.Image] = []
    photographs = False
    for file in files:
        with Image.open(file) as image:
            photographs = photographs or image.format in _LOSSY
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.PIXELS:
                    raise Image.DecompressionBombError
                seen = ImageOps.exif_transpose(frame)
                frames.append(seen.convert("L" if seen.mode in ("1", "L", "I;16") else "RGB"))
                frames[-1].encoderinfo = {"dpi": (dpi := round(_dpi(frame)), dpi)}
    first, *others = frames
    how = {"compression": "jpeg", "quality": _GOOD} if photographs else {"compression": "tiff_deflate"}
    first.save(out, format="TIFF", save_all=True, append_images=others, dpi=first.encoderinfo["dpi"], **how)


def _dpi(image: Image.Image) -> float:
    said = float(image.info.get("dpi", (0, 0))[0] or 0)
    return said if _LEAST_DPI <= said <= _MOST_DPI else max(image.width, image.height) / _A4


def _mask(image: Image.Image, out: Path, boxes: list[list[float]]) -> float:
    """Whitens boxes; the share of pixels outside of them that are dark."""
    masked = image.convert("L")
    brush = ImageDraw.Draw(masked)
    for left, top, right, bottom in boxes:
        brush.rectangle((left - _EDGE, top - _EDGE, right + _EDGE, bottom + _EDGE), fill=255)
    masked.save(out, dpi=image.info.get("dpi", (limits.DPI, limits.DPI)))
    return sum(masked.histogram()[:_DARK]) / (masked.width * masked.height)


def _draw(image: Image.Image, frame: int, dpi: int, out: Path) -> None:
    image.seek(frame)
    scale = dpi / _dpi(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    drawn = ImageOps.exif_transpose(image).convert("L")
    scale = min(scale, (limits.DRAWN_PIXELS / (drawn.width * drawn.height)) ** 0.5)
    if not 0.9 < scale < 1.1:
        drawn = drawn.resize((max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))), Image.Resampling.LANCZOS)
    drawn.filter(ImageFilter.GaussianBlur(limits.SMOOTHED)).save(out, dpi=(dpi, dpi))


if __name__ == "__main__":
    main(sys.argv[1:])
