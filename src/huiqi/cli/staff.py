"""``huiqi staff``: accounts of the staff and the posts they hold."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huiqi.cli.inputs import fail
from huiqi.cli.installation import data_option, open_installation
from huiqi.cli.speech import WordedCommand, WordedGroup, option, say


@click.group(
    cls=WordedGroup,
    help=say(
        "办案人员的账号和岗位。有岗位才看得到那个程序的案件，才能办。",
        "Accounts of the staff and their posts. Without a post in a procedure one neither sees its cases nor"
        " acts on them.",
    ),
    short_help=say("办案人员：建账号、给岗位、停用", "staff: accounts and posts"),
)
def staff() -> None:
    """Accounts and posts."""


@staff.command(
    cls=WordedCommand,
    help=say(
        "建账号，或者给已有的账号换岗位、换密码。密码在终端上问两遍，不显示，不能写在命令里。"
        "写了的岗位换掉原来的全部岗位。",
        "Make an account, or give an existing one other posts or another password. The password is asked"
        " twice on the terminal and never an argument. The posts given replace all held before.",
    ),
    short_help=say("建账号，给岗位", "make an account, give posts"),
)
@click.argument("name", metavar=say("账号", "NAME"))
@option(
    "--post",
    "posts",
    multiple=True,
    metavar=say("程序:主体", "PROCEDURE:ACTOR"),
    zh="一个岗位：程序的标识和其中一个主体；可以写几个",
    en="a post, such as a procedure's id and one of its actors; may be given several times",
)
@option(
    "--password-stdin",
    is_flag=True,
    zh="密码从标准输入读一行",
    en="read the password from standard input, one line",
)
@data_option
@click.pass_obj
def add(root: Path | None, name: str, posts: tuple[str, ...], password_stdin: bool, data_dir: Path) -> None:
    """Make or change an account."""
    wanted = [_post(text) for text in posts]
    open_installation(root, data_dir)

    from huiqi.casework.staff import StaffError, accounts, appoint

    known = next((one for one in accounts() if one.name == name), None)
    try:
        user = appoint(name, _password(known is not None, password_stdin), wanted)
    except StaffError as error:
        fail(error)
    held = "、".join(f"{procedure}:{actor}" for procedure, actor in wanted) or say("没有岗位", "no posts")
    click.echo(say(f"已有账号 {user.username}：{held}", f"account {user.username}: {held}"))


def _post(text: str) -> tuple[str, str]:
    procedure, colon, actor = text.replace("：", ":").partition(":")
    if not colon or not procedure or not actor:
        fail(say(f"“{text}”不是岗位：写成 程序:主体", f"{text!r} is not a post: write PROCEDURE:ACTOR"))
    return procedure, actor


def _password(known: bool, from_stdin: bool) -> str:
    """The password; on a terminal typed twice, and left empty to keep that of a known account."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        if known:
            return ""
        fail(
            say(
                "这里没有终端可以问密码，请加 --password-stdin，从标准输入给",
                "there is no terminal to ask for the password: give it with --password-stdin",
            )
        )
    keep = say("（不换就直接回车）", " (empty keeps the old one)") if known else ""
    asked = say(f"密码{keep}", f"password{keep}")
    first = click.prompt(asked, hide_input=True, default="", show_default=False, err=True)
    second = click.prompt(say("再输一遍", "again"), hide_input=True, default="", show_default=False, err=True)
    if first != second:
        fail(say("两遍不一样，账号没有变", "the two differ; nothing was changed"))
    return str(first)


@staff.command(
    name="list", cls=WordedCommand, help=say("列出账号和岗位。", "List the accounts and their posts.")
)
@data_option
@click.pass_obj
def list_command(root: Path | None, data_dir: Path) -> None:
    """Every account, a line each."""
    open_installation(root, data_dir)

    from huiqi.casework.staff import accounts

    for one in accounts():
        state = say("在用", "active") if one.active else say("已停用", "closed")
        held = "、".join(f"{procedure}:{actor}" for procedure, actor in one.posts)
        click.echo(f"{one.name}\t{state}\t{held}")


@staff.command(
    cls=WordedCommand,
    help=say(
        "停用账号：马上不能登录，也看不到案件；办过的记录还在。再执行 add 就恢复。",
        "Close an account: at once no login and no cases; what it did stays on record. add opens it again.",
    ),
    short_help=say("停用账号", "close an account"),
)
@click.argument("name", metavar=say("账号", "NAME"))
@data_option
@click.pass_obj
def close(root: Path | None, name: str, data_dir: Path) -> None:
    """No more login."""
    open_installation(root, data_dir)

    from huiqi.casework.staff import StaffError
    from huiqi.casework.staff import close as close_account

    try:
        close_account(name)
    except StaffError as error:
        fail(error)
    click.echo(say(f"已停用账号 {name}", f"account {name} is closed"))
