"""Damaged lines that are read right because a weight of the restorer is neither half nor twice as large. The lines are invented and were
misread by chance as the channel says; each stands for the weights that are named beside it."""

from __future__ import annotations

import pytest

from kehoach_parser import shipped_restorer
from kehoach_parser.restoration.printed_words import MARK, WORD, split_words
from kehoach_parser.restoration.restorer import DOUBTFUL, as_read, restore

LINES = [
    # beam, how far a path and a reading may fall behind, readings kept (halved): "cứu" is far behind "của" before "nạn"
    (
        "Trưong hoc, bénh vién, cho va cac khu dan cu phải co phwong an phong chay, chiva cháy và cứu nan.",
        "Trường học, bệnh viện, chợ và các khu dân cư phải có phương án phòng cháy, chữa cháy và cứu nạn.",
    ),
    # the channel's weight (halved: "về" → "và"; doubled: "hằng tháng" → "hồng thông"), a syllable's own frequency, the width of the search
    (
        "Cac co quan, don vi bdo cdo két qua thyc hién vé Van phong trudc ngay 15 hong thdng dé t6ng hop.",
        "Các cơ quan, đơn vị báo cáo kết quả thực hiện về Văn phòng trước ngày 15 hằng tháng để tổng hợp.",
    ),
    # a word outside the lexicon: not so cheap that "quoc" stays, not so dear that "Zalo" becomes "Calo"
    (
        "Dé nghi Mdt tran Tổ quoc và cac doan hé van déng nhan dan tham gia bảo hiém y té h gia dinh.",
        "Đề nghị Mặt trận Tổ quốc và các đoàn thể vận động nhân dân tham gia bảo hiểm y tế hộ gia đình.",
    ),
    (
        "HDND cac xa, phuong chi dao UBND cung cdp cong khai KQ thyc hién CTMTQG trén Zalo va Facebook.",
        "HĐND các xã, phường chỉ đạo UBND cùng cấp công khai KQ thực hiện CTMTQG trên Zalo và Facebook.",
    ),
    # a letter that stands for one that it was never seen for (halved), each sign of an unknown word (doubled): "Tổng Hợp", "Đồng HÒA"
    (
        "CỘNG HÒA XÃ HOI CHU NGHIA VIET NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ),
    # an abbreviation among capitals or alone (doubled: "ĐANG" and "MUC" stay), a capital inside a line of capitals
    (
        "BAN CHAP HANH ĐANG BỘ TINH NGHE AN",
        "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH NGHỆ AN",
    ),
    (
        "NHIEM VU VA GIAI PHAP TRONG TÂM",
        "NHIỆM VỤ VÀ GIẢI PHÁP TRỌNG TÂM",
    ),
    ("MUC DiICH, YEU CAU", "MỤC ĐÍCH, YÊU CẦU"),
    # two letters with a capital are a name rather than capitals; between capitals they are ("Sa" is SỞ and no "Số")
    (
        "Giám doc Sd Tài chính chiu trach nhiém truoc Chu tich Uy ban nhan dan tinh ve néi dung tham mvu.",
        "Giám đốc Sở Tài chính chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân tỉnh về nội dung tham mưu.",
    ),
    (
        "PHÒNG KINH TE, Sa Y TE, HOI NyNG DAN",
        "PHÒNG KINH TẾ, SỞ Y TẾ, HỘI NÔNG DÂN",
    ),
]

#: What begins a sentence; the words are short, so that one weight decides.
BEGINNINGS = [
    ("tua Trung tam Luu", "và Trung tâm Lưu"),  # how often a syllable stands (doubled): "của" is commoner than "và"
    ("T6 quốc và", "Tổ quốc và"),  # a sign of an unknown word (halved): "T6" stays
    ("Y TE, HOI", "Y TẾ, HỘI"),
    ("CHÀO MUNG DAI", "CHÀO MỪNG ĐẠI"),  # an abbreviation among capitals, a capital first letter there (halved): "Chất MỪNG"
    ("Uy viên BCH;", "Ủy viên BCH;"),  # an abbreviation alone (halved): "BẠCH"
    ("HOACH SU DỤNG", "HOẠCH SỬ DỤNG"),  # a capital first letter of a word in capitals that stands alone (doubled): "HOACH" stays
    ("d nhiém méi trvong", "Ô nhiễm môi trường"),  # a small letter at the beginning (halved): "ô"
    ("va Trưéng ban chỉ", "và Trưởng ban chỉ"),  # (doubled): "Vụ"
    ("Cyc thugc Bd;", "Cục thuộc Bộ;"),  # a word of two letters in capitals (halved): "BỘ"
]


@pytest.mark.parametrize(("printed", "true"), [*LINES, *BEGINNINGS], ids=[printed[:20] for printed, _ in [*LINES, *BEGINNINGS]])
def test_a_damaged_line_is_read_as_it_was(printed: str, true: str) -> None:
    """Whatever state its page is in: of some of these lines OCR read a mark or two."""
    words = [word for word in split_words(true) if word.kind != MARK]
    prints = (word.printed for word in split_words(printed) if word.kind == WORD)
    assert [reading for _, reading in shipped_restorer().read_as(words, prints)] == [word.printed for word in words if word.kind == WORD]


@pytest.mark.parametrize(
    ("printed", "true"),
    [
        # a letter that differs by one mark (halved: too unlikely to be changed)
        (
            "Hội Liên hiệp Phụ nữ xây dựng mô hình gia đình năm không, ba sạch gấn với nông thôn mới kiểu mẫu.",
            "Hội Liên hiệp Phụ nữ xây dựng mô hình gia đình năm không, ba sạch gắn với nông thôn mới kiểu mẫu.",
        ),
    ],
)
def test_a_letter_is_put_right_that_was_taken_for_its_sister(printed: str, true: str) -> None:
    assert as_read(printed, shipped_restorer().mend(printed).words) == true


def test_of_a_text_that_nobody_tells_more_of_every_letter_was_read_surely() -> None:
    """ "đôi" is a word, too: where OCR was not sure of it, the next best reading is taken."""
    line = "Chi cục Thuế khu vực triển khai hóa đơn điện tử khởi tạo từ máy tính tiền đôi với hộ kinh doanh."
    assert not shipped_restorer().mend(line).words
    assert [word.reading for word in shipped_restorer().mend(line, lambda at: 0.5).words] == ["đối"]


def test_a_word_that_no_plan_has_is_doubtful_however_surely_nothing_else_is_meant() -> None:
    words = restore("Cong khai két qua thyc hién trén Zalo va Facebook cho moi nguoi dan biét").words
    assert [word.printed for word in words if word.certainty < DOUBTFUL] == ["Zalo", "Facebook"]
