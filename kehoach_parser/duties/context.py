"""What every reader of duties sees of a text, and the questions that several of them ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kehoach_parser.duties.paragraphs import SENTENCE_ENDS, Group, Paragraph, Paragraphs
from kehoach_parser.duties.words import DutyWords
from kehoach_parser.model import Span
from kehoach_parser.text.fold import fold
from kehoach_parser.units import Scope, TextWords

# The head of a system with bodies in all provinces: "Cục Thuế", "Tổng cục Hải quan", "Bảo hiểm xã hội Việt Nam".
_OVER = re.compile(r"(?:tong\s+)?cuc\s+(thue|hai\s+quan|thong\s+ke|thi\s+hanh\s+an)(?!\w)|(bao\s+hiem\s+xa\s+hoi)\s+viet\s+nam")
_COMPETENT = re.compile(r"(?:cac )?(?:co quan|cap)(?: nha nuoc)? co tham quyen$")
_TROUBLES = (("vướng", "mắc"), ("khó", "khăn"), ("phát", "sinh"), ("bất", "cập"))
_BINDS = ("nếu", "phải", "trường", "khi", "không")
_MOST_ASIDE = 30  # words between a subject and "chủ trì"


@dataclass(frozen=True)
class DutyContext:
    """The paragraphs of one text and the word lists. ``scope`` is that of the issuing organ, ``issuer`` its key where it is known,
    ``directs``: the paper gives tasks anywhere; ``writes``: it is a letter, in which who issues it speaks; ``tables``: where tables stand.
    """

    texts: Paragraphs
    known: DutyWords
    scope: Scope
    issuer: str | None
    directs: bool = False
    writes: bool = False
    tables: tuple[Span, ...] = ()

    def in_table(self, at: int) -> bool:
        """Whether a word stands in a table, whose rows are no tasks of who stands above it."""
        start = self.words.starts[at]
        return any(first <= start < end for first, end in self.tables)

    @cached_property
    def _system(self) -> re.Pattern[str] | None:
        """The names of the bodies of its own system that the issuer stands over: of "Cục Thuế" all "Thuế tỉnh …", "Chi cục Thuế …"."""
        over = _OVER.match(fold(self.scope.issuer or ""))
        return None if over is None else re.compile(rf"(?:cac\s+)?(?:(?:chi\s+)?cuc\s+)?{over[1] or over[2]}(?!\w)")

    def commands(self, unit: str) -> bool:
        """Whether the issuer stands over a unit: one of its own system in a province ("Thuế tỉnh Nghệ An" under "Cục Thuế"). What it asks
        of these ("đề nghị") they have to do. Source: the guide of annotation."""
        return self._system is not None and self._system.match(fold(unit)) is not None

    def is_private(self, unit: str) -> bool:
        """Whether a unit is a firm, a household, whoever does something: no office stands over these (công ty, tổ chức, cá nhân)."""
        return fold(unit).removeprefix("cac ").startswith(self.known.private)

    def passes_on_to(self, group: Group) -> bool:
        """ "hoặc đề nghị cơ quan có thẩm quyền xử lý": to whom a matter is passed on, whoever that is; nobody is told."""
        return len(group.units) == 1 and _COMPETENT.match(fold(group.units[0].unit.value)) is not None

    @property
    def words(self) -> TextWords:
        """The words of the text."""
        return self.texts.words

    def presides(self, key: str) -> bool:
        """Whether the key is that of who presides over the issuing organ."""
        if self.issuer is None:
            return False
        place = self.issuer.partition(" @ ")[2]  # "Thường trực Đảng ủy" is keyed by the committee's place alone
        return any(key in (f"{title} {self.issuer}", f"{title} @ {place}") for title in self.known.presiding)

    def issues(self, key: str) -> bool:
        """Whether the key is that of the issuing organ, or of who presides over it."""
        return key == self.issuer or self.presides(key)

    def consents(self, group: Group, at: int) -> bool:
        """Whether the word begins what the issuer says to a proposal: "Thường trực Đảng ủy" cơ bản nhất trí với Tờ trình …"""
        unit = group.units[-1].unit
        speaks = self.issues(unit.key) or fold(unit.value) in self.known.heading
        return speaks and self.known.consenting.after(self.words, at) is not None

    def entitles(self, group: Group) -> bool:
        """Whether the clause of a group says what those of a kind get, not what they do: "Phòng thuộc thanh tra có từ 07 biên chế được bố
        trí 01 cấp phó"; not "Các đơn vị rà soát đối tượng được hưởng chính sách"."""
        words, known = self.words, self.known
        if any(word[:1].isupper() for named in group.units for word in named.unit.value.split()[1:]):
            return False
        if self._is_told_outcome(group.end):
            return True
        clause = range(group.end, self._clause_end(group.end, len(words)))
        said = next((at for at in clause if known.entitled.after(words, at) is not None), None)
        return said is not None and known.actors.before(words, said, group.end) is None

    def _is_told_outcome(self, at: int) -> bool:
        """Whether a sentence says from word ``at`` on what befalls those who do something: "… cung cấp tin, bài được đăng tải sẽ được hưởng
        nhuận bút"; not "… phải bảo quản mật khẩu, nếu để lộ sẽ bị xử lý"."""
        for said in range(at, min(self.texts.sentence_end(at), len(self.words))):
            if self.words.text(said) in _BINDS:
                return False
            if self.known.outcome.after(self.words, said) is not None:
                return True
        return False

    def leads(self, at: int) -> bool:
        """Whether "chủ trì" stands at the word."""
        return self.known.lead.after(self.words, at) is not None

    def takes_lead(self, at: int) -> bool:
        """Whether "chủ trì" stands at the word, or after what is said in between: ", trên cơ sở đề xuất của các sở, chủ trì …"."""
        at = self.past_manner(at)
        if self.leads(at):
            return True
        first = at + (self.words.text(at) == ",")
        if self.known.aside.after(self.words, first) is None:
            return False
        for end in range(first, min(first + _MOST_ASIDE, len(self.words) - 1)):
            if self.ends_sentence(end):
                return False
            if self.words.text(end) == "," and self.known.task.after(self.words, end + 1) is not None:
                return self.leads(end + 1)
        return False

    def is_lead(self, at: int) -> bool:
        """Whether it is said at the word who leads, and then to what that binds: "là cơ quan chủ trì, có trách nhiệm tổng hợp …"."""
        end = self.known.lead.after(self.words, at) if self.words.reads(at, "là", loose=False) else None
        return end is not None and self.words.text(end) == "," and self.known.binding.after(self.words, end + 1) is not None

    def ends_sentence(self, at: int) -> bool:
        """Whether the word is or ends with a sign that ends a sentence."""
        return self.words.text(at)[-1:] in SENTENCE_ENDS

    def sentence_start(self, least: int, at: int) -> int:
        """The first word of the sentence that word ``at`` stands in, not before word ``least``."""
        return max(least, self.texts.sentence_start(at - 1))

    def is_opened(self, least: int, at: int) -> bool:
        """Whether the sentence before word ``at`` begins as one whose subject follows a comma ("Căn cứ Kế hoạch này, …")."""
        start = self.sentence_start(least, at)
        if self.known.opening.after(self.words, start) is not None:
            return True
        # "7. Chế độ báo cáo: Định kỳ hằng tháng, các chi bộ gửi báo cáo …"
        colon = next((before for before in reversed(range(start, at)) if self.words.text(before) == ":"), None)
        return colon is not None and self.known.opening.after(self.words, colon + 1) is not None

    def follows_trouble(self, at: int) -> bool:
        """Whether "nếu có khó khăn, vướng mắc" stands before word ``at``: some print no comma there ("… vướng mắc các xã phản ánh …")."""
        return any(self.words.take(at - len(trouble), trouble, loose=False) == at for trouble in _TROUBLES)

    def past_above_all(self, paragraph: Paragraph, at: int) -> int:
        """The word after ", nhất là các cơ quan báo chí chủ lực", which only underlines a part of the group before it."""
        end = self.known.above_all.after(self.words, at)
        return next((group.end for group in paragraph.groups if group.first == end), at) if end is not None else at

    def times(self, paragraph: Paragraph) -> bool:
        """Whether a sentence says by when and nothing else: "Thời gian hoàn thành: …", "Hoàn thành trước …"; not "Hoàn thành việc …"."""
        at = self.known.time.after(self.words, paragraph.first)
        while at is not None and (longer := self.known.time_label.after(self.words, at)) is not None:
            at = longer
        if at is None:
            return False
        end = self._clause_end(at, paragraph.end)
        # "Thời hạn ban hành:", "Thời gian hoàn thành báo cáo:": whatever it is the time of.
        labelled = end < paragraph.end and self.words.text(end) == ":"
        said = self._clause_end(end + 1, paragraph.end) if labelled else end
        if paragraph.groups and paragraph.groups[0].first < said:
            return False
        return labelled or self.known.time_signs.after(self.words, at) is not None

    def _clause_end(self, first: int, end: int) -> int:
        """The first sign from a word on."""
        return next((at for at in range(first, end) if not self.words.text(at)[0].isalnum()), end)

    def past_manner(self, at: int) -> int:
        """The word after "theo chức năng, nhiệm vụ được giao", which stands between a subject and what it does; ``at`` without one."""
        end = self.known.manner.after(self.words, at)
        # "căn cứ chức năng, nhiệm vụ được giao và tình hình địa phương để …" are grounds, not manner.
        return at if end is None or self.words.text(end) == "và" else end + (self.words.text(end) == ",")
