"""Accounts and posts."""

import pytest

from huiqi.casework.models import Post
from huiqi.casework.permissions import may_look, posts_of
from huiqi.casework.staff import StaffError, accounts, appoint, close
from tests.casework.conftest import COMPLAINTS

pytestmark = pytest.mark.django_db
GOOD = "yingshang-huanjing-66"


def test_an_account_is_made_and_its_posts_replaced() -> None:
    user = appoint("甲", GOOD, [(COMPLAINTS, "受理机构"), (COMPLAINTS, "受理机构"), (COMPLAINTS, "窗口")])
    assert user.check_password(GOOD)
    assert posts_of(user, COMPLAINTS) == ("受理机构", "窗口")
    again = appoint("甲", "", [(COMPLAINTS, "省主管部门")])
    assert (again.pk, posts_of(again, COMPLAINTS)) == (user.pk, ("省主管部门",))
    assert again.check_password(GOOD)
    assert may_look(again, COMPLAINTS)
    assert "管理员" in may_look(again, "别的程序").reason


@pytest.mark.parametrize(
    ("name", "password", "post", "words"),
    [
        ("乙", "", (COMPLAINTS, "受理机构"), "要有密码"),
        ("乙", "yshj-6", (COMPLAINTS, "受理机构"), "密码至少要 10 位"),
        ("乙", "12345678901", (COMPLAINTS, "受理机构"), "密码"),
        ("乙 丙/丁", GOOD, (COMPLAINTS, "受理机构"), "用户名"),
        ("乙", GOOD, ("henan-complaint", "受理机构"), "是不是「henan-complaints」"),
        ("乙", GOOD, (COMPLAINTS, "受理机关"), "是不是「受理机构」"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    name: str, password: str, post: tuple[str, str], words: str
) -> None:
    with pytest.raises(StaffError, match=words):
        appoint(name, password, [post])
    assert not Post.objects.exists()


def test_an_account_is_closed_and_listed_and_opened_again() -> None:
    appoint("甲", GOOD, [(COMPLAINTS, "窗口")])
    close("甲")
    (found,) = accounts()
    assert (found.name, found.active, found.posts) == ("甲", False, ((COMPLAINTS, "窗口"),))
    appoint("甲", "", [(COMPLAINTS, "窗口")])
    assert accounts()[0].active
    with pytest.raises(StaffError, match="没有「乙」"):
        close("乙")
