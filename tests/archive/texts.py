"""Short texts of our own for the tests of the archive."""

WARD = """Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền kết quả Hội nghị
Thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017 về tổ chức bộ máy, Đảng ủy phường ban hành kế hoạch.

I. MỤC ĐÍCH
Nâng cao nhận thức của cán bộ, đảng viên và nhân dân trên địa bàn phường về tổ chức bộ máy tinh gọn. Phát huy vai trò của các chi bộ hoà
thuận.

II. TỔ CHỨC THỰC HIỆN
1. Tuyên truyền
Giao Ban Xây dựng Đảng: hướng dẫn tuyên truyền cổ động trực quan trên địa bàn. Hạn 2025-12-15
2. Kinh phí
Giao Ủy ban nhân dân phường: bố trí kinh phí theo quy định. Căn cứ Luật Việc làm để chi trả.
"""

COMMUNE = """Số 12-KH/ĐU | Kế hoạch | Đảng ủy xã Tân Minh | Tân Minh | 2025-10-02 | Thực hiện chính sách đất đai
I. NỘI DUNG
Quán triệt Nghị quyết số 18-NQ/TW, ngày 16/6/2022 về đất đai tới từng hộ dân trong toàn xã.
Tiếp tục Kế hoạch số 35-KH/ĐU, ngày 20/11/2025 của Đảng ủy phường Kiến An. 1. Đất đai
Nhắc lại Nghị quyết số 18-NQ/TW trong các hội nghị của xã và các buổi sinh hoạt chi bộ thường kỳ.
II. PHÂN CÔNG
Giao Hội Nông dân xã: tuyên truyền chính sách đất đai tới hội viên.
"""

#: Typed after the manner of an English OCR model on a Vietnamese page.
DAMAGED = """Số 140-HD/BTGTU | Hướng dẫn | Ban Tuyên giáo Thành ủy | Hà Nội | 2023-08-01 | Tuyên truyền xây dựng Đảng
I. HINH THUC TUYEN TRUYEN
1. Tuyén truyén cb dong truc quan tai céc khu dan cu, tru sé co quan va noi céng cong trén dia ban thanh phé.
2. Té chirc héi nghi
Giao Ban Tuyén gido: chi dao cdng tac tuyén truyén cb dong truc quan tai phudng va béo céo két qua.
"""

# The sentence around a citation is damaged; the citation itself is not, which these plans are read for.
BENT = """Số 12-KH/ĐU | Kế hoạch | Đảng ủy xã Tân An | Cà Mau | 2025-03-04 | Kế hoạch của xã
I. MUC DICH
1. Cac chi bé truc thuéc té chirc hoc tap, quan triét va trién khai thuc hién day di nhitng néi dung cia \
Nghị quyết số 18-NQ/TW, ngày 25/10/2017, \
gan véi viéc phat huy vai tro cia can bé, dang vién.
"""
