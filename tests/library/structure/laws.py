"""What holds for the reading of any text at all."""

import re
from itertools import pairwise

from huiqi.library.model import Reading

BLANKS = " \t　\xa0\u2002\u2003\r\v\x1c\x1d\x1e\x85\u2028\u2029\ufeff\u200b\n\f"
"""Line breaks and the blanks around lines: all that a reading may leave unmentioned."""

NCNAME = re.compile(r"[A-Za-z_][\w.\-]*")


def assert_lawful(reading: Reading) -> None:
    """Every character once and in order, ids unique and fit for XML, texts as their spans say."""
    text = reading.source.text
    spans = [span for _, span in reading.left_out]
    for document in reading.documents:
        clauses = list(document.walk())
        own = [span for clause in clauses for span in clause.spans]
        assert own == sorted(own)
        assert all(document.span.start <= span.start and span.end <= document.span.end for span in own)
        ids = [clause.id for clause in clauses]
        assert len(set(ids)) == len(ids)
        spans += own
    for clause in [each for document in reading.documents for each in document.walk()]:
        assert clause.text == "".join(text[span.start : span.end] for span in clause.spans)
        assert NCNAME.fullmatch(clause.id)
        assert clause.number_length + clause.heading_length <= len(clause.text)
    loose = [each for clause in reading.between for each in clause.walk()]
    assert all(each.text == "".join(text[span.start : span.end] for span in each.spans) for each in loose)
    spans += [span for each in loose for span in each.spans]
    spans.sort()
    assert all(one.end <= other.start for one, other in pairwise(spans))
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert [gap for gap in between if gap.strip(BLANKS)] == []
    names = [document.id for document in reading.documents]
    assert len(set(names)) == len(names)
    assert all(document.title and re.fullmatch(r"[\w\-]+", document.id) for document in reading.documents)
