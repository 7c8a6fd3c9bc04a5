"""Every page and state that the browser looks at."""

from tests.portal.texts import GROWTH, SHOPS

DAY = "on=2025-10-01"
"""A day on which everything in the small catalogue applies."""

# Every address, by its name: a new page must be added here (test_code.py).
PAGES = [
    ("home", f"/?{DAY}"),
    ("benefits", f"/benefits/?{DAY}"),
    ("benefits", f"/benefits/?{DAY}&q=月球"),
    ("benefit", f"/benefits/growth-2023/upgrade/?{DAY}"),
    ("benefit", f"/benefits/relief-2024/export/?{DAY}"),
    ("documents", f"/documents/?{DAY}"),
    ("document", f"/documents/growth-2023/?{DAY}"),
    ("documents", f"/documents/?{DAY}&level=省&order=old"),
    ("search", f"/search/?{DAY}"),
    ("search", f"/search/?{DAY}&q=小店招用失业人员有补贴吗"),
    ("search", f"/search/?{DAY}&q=奖励&document={GROWTH}"),
    ("search", f"/search/?{DAY}&q=月球"),
    ("text", f"/library/{GROWTH}/?{DAY}"),
    ("text", f"/library/{SHOPS}/?{DAY}"),
    ("clause", f"/library/{GROWTH}/main__para_1__subpara_1/?{DAY}"),
    ("clause", f"/library/{GROWTH}/main__para_2/?{DAY}"),
    ("losses", f"/library/losses/?{DAY}"),
    ("procedures", f"/procedures/?{DAY}"),
    ("procedure", f"/procedures/shop-aid/?{DAY}"),
    ("procedure", f"/procedures/shop-aid/?{DAY}&start=2025-09-28&from1=2025-09-29&to1=2025-09-30"),
    ("procedure", f"/procedures/shop-aid/?{DAY}&table=1&c1=城区&c2=毕业生"),
    ("procedure", f"/procedures/shop-aid/?{DAY}&clock=duty:先行答复&start=2025-09-28&start-time=16:00"),
    ("questions", f"/questions/?{DAY}"),
    ("questions", f"/questions/?{DAY}&ask=营业收入"),
    ("questions", f"/questions/?{DAY}&ask=认定"),
    ("questions", f"/questions/?{DAY}&ask=项目"),
    ("questions", f"/questions/?{DAY}&ask=@collections"),
    ("questions", f"/questions/?{DAY}&ask=@yes-no:在本市注册,列入失信名单"),
    ("results", f"/results/?{DAY}"),
    ("why", f"/why/growth-2023/upgrade/?{DAY}"),
    ("answers", f"/answers/?{DAY}"),
    ("enterprises", f"/enterprises/?{DAY}"),
    ("enterprise", f"/enterprises/machine-maker/?{DAY}"),
    ("enterprise-why", f"/enterprises/machine-maker/why/relief-2024/export/?{DAY}"),
    ("facts", f"/facts/?{DAY}"),
    ("about", f"/about/?{DAY}"),
    ("404", "/nope/"),
    ("400", "/?on=never"),
]
