"""What a file may ask of this machine. Every limit has a message of its own; nothing is cut off silently."""

from __future__ import annotations

#: Bytes of a file; the longest plan seen has 9 MB.
FILE_BYTES = 300 * 2**20
#: Pages of a PDF or a TIFF.
PAGES = 3000
#: Pixels of an image; an A3 page at 600 dpi has 70 million.
PIXELS = 150_000_000
#: Letters of a text: 3,000 pages. A million take the parser 25 s and 0.3 GB, and both grow in a straight line.
TEXT_LETTERS = 6_000_000
#: Elements within elements of a web page, as the library holds it.
DEPTH = 2048
#: Bytes that the members of a zip file may unpack to, together, how many they may be, and how much smaller packed than unpacked.
UNPACKED_BYTES = 2 * 2**30
MEMBERS = 5000
RATIO = 200
#: Below so many bytes no ratio is asked: a short form packs well.
SMALL = 2**20

#: Memory of a process that reads a page or converts a file, in bytes.
PROCESS_MEMORY = 3 * 2**30
#: Seconds that the text layer of a file may take, and more for each page.
PDF_SECONDS, PDF_SECONDS_A_PAGE = 60.0, 0.5
#: Seconds that the OCR of one page may take.
PAGE_SECONDS = 120.0
#: Seconds that a Word file or a web page may take.
DOCUMENT_SECONDS = 120.0
#: Seconds that LibreOffice may take for a file.
OFFICE_SECONDS = 180.0

#: Pixels to an inch at which pages are drawn for OCR, and the most pixels that such a drawing may have.
DPI = 300
DRAWN_PIXELS = 40_000_000
#: Radius in pixels by which a drawing is smoothed before OCR: with the noise of a scanner the character error was 0.3 to 0.8 % without
#: it, 0.05 to 0.5 % with it.
SMOOTHED = 0.8
