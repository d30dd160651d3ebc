"""Lines of content that look like furniture: none of them may be taken for it."""

from __future__ import annotations

import pytest

from maizuru.graph.structure.patterns import furniture_of

CONTENT = (
    "Return to Akita",
    "Back to the North",
    "(c) Stokers who drowned in the strait in 1946",
    "Also in 1946, 300 stokers of the lift were ill.",
    "320 members of the crew were lost in 1946",
    "Posted in Nagol in 1944, he served as a clerk.",
    "Published by the crew itself, the paper had 300 readers.",
    "The project was supported by the harbour office with 500,000 crowns.",
    "For each stoker they asked 300,000 crowns.",
    "He earned $5 a month.",
    "This issue remains unsettled.",
    "Orlin said:",
    "In 1949 Orlin wrote:",
    "Total: 1,450",
    "1946",
    "1941-1945",
    "(1945/1946)",
    "The editors of the ship's newspaper",
    "Next to the mole:",
    "Views of the harbour, 1947",
    "Contact with the families was forbidden.",
    "Sources",
    "Артели «Заря» и «Восток» в 1946 году",
    "«Каждое утро нас будили гудком,",
    "и мы уходили на реку»",
    "500 участников сплава погибли",
    "Вернуться на родину",
    "Использование материалов артели дало 4 млн рублей.",
    "4 года назад он вернулся.",
    "500人が死亡した。",
    "1,200人",
    "34人",
    "浜津へ戻る",
    "祖国に戻る",
    "記事は船長の死を報じた。",
    "現在地は港の底にあたる。",
    "100円で売られた米。",
    "次の写真は浜津港で撮影された。",
    "戦没者一覧",
    "メールで知らされた家族は泣いた。",
)


@pytest.mark.parametrize("line", CONTENT)
def test_line_of_content_is_no_furniture(line: str) -> None:
    assert furniture_of(line) == ""
