"""Calls of notes in the shapes in which pages print them: each finds its entry."""

from __future__ import annotations

import pytest

from tests.pages import cite

PAGES = {
    "digits glued to words": (
        """Camp life

The first winter killed one in ten.1 Bread was money,2 and all knew it.3 By 1948 that was over.4

Notes
1. Hanna Berg, Bread and Frost (London: Hurst, 1998), 44.
2. Ibid., p. 45.
3. O. Lapin, "Guards and Guarded," Harbour Review 4 (2003): 10-12.
4. Berg, Bread and Frost, 60.
""",
        [0, 1, 2, 3],
    ),
    "arrows and decimals": (
        """Transport

The trains left in October.[1] They returned empty.[2][3]

References
↑ 1.0 1.1 Berg, Hanna (1998). Bread and Frost. London: Hurst.
↑ Lapin, O. (2003). "Guards". Harbour Review. 4: 10–12.
↑ "Old trains". The Bay Courier. 3 May 1950.
""",
        [0, 1, 2],
    ),
    "carets without numbers": (
        """Transport

The trains left in October.[1] They returned empty.[2][3]

References
^ Berg, Hanna (1998). Bread and Frost. London: Hurst.
^ a b Lapin, O. (2003). "Guards". Harbour Review. 4: 10–12.
^ "Old trains". The Bay Courier. 3 May 1950.
""",
        [0, 1, 2],
    ),
    "letters": (
        """Transport

The trains left in October.[a] They returned empty.[b] Some stayed.[1]

Notes
a. The lists were kept by the railway.
b. This was disputed later.

References
1. Berg, Hanna (1998). Bread and Frost. London: Hurst.
""",
        [0, 1, 2],
    ),
    "the word note": (
        """Transport

The trains left in October (note 1). They returned empty (see note 2).

Notes
Note 1. Hanna Berg, Bread and Frost (London: Hurst, 1998), 44.
Note 2. O. Lapin, "Guards," Harbour Review 4 (2003): 10-12.
""",
        [0, 1],
    ),
    "short forms": (
        """Transport

The trains left in October.[1] They returned empty.[2]

Notes
1. Berg 1998, p. 44.
2. Lapin 2003, pp. 11–12.

Sources
Berg, Hanna. Bread and Frost. London: Hurst, 1998.
Lapin, O. "Guards." Harbour Review 4 (2003): 10-12.
""",
        [0, 1],
    ),
    "raised digits, notes at the foot of each page": (
        """Transport

The trains left in October.¹ They returned empty.² Nobody had counted the men.

¹ Hanna Berg, Bread and Frost (London: Hurst, 1998), 44.
² O. Lapin, "Guards," Harbour Review 4 (2003): 10-12.

In the second year the line was extended.³ It was closed in 1953.

³ "Old trains," The Bay Courier, 3 May 1950.
""",
        [0, 1, 2],
    ),
    "parentheses": (
        """Transport

The trains left in October(1). They returned empty(2).

(1) Hanna Berg, Bread and Frost (London: Hurst, 1998), 44.
(2) O. Lapin, "Guards," Harbour Review 4 (2003): 10-12.
""",
        [0, 1],
    ),
    "Russian brackets": (
        """Перевозки

Поезда ушли в октябре [1, с. 44]. Назад они пришли пустыми [2]. Это отрицают [1; 3, с. 5].

Список литературы
1. Берг А. Н. Хлеб и мороз. М.: Вече, 1998. 200 с.
2. Лапин О. Н. Охрана // Вестник залива. 2003. № 4. С. 10–12.
3. Старые поезда // Курьер. 1950. 3 мая.
""",
        [0, 1, 0, 2],
    ),
    "stars": (
        """Transport

The trains left in October.* They returned empty.**

* Hanna Berg, Bread and Frost (London: Hurst, 1998), 44.
** The figure is that of the railway (ed.).
""",
        [0, 1],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_call_finds_its_entry(name: str) -> None:
    text, wanted = PAGES[name]
    _, references, markers = cite(text)
    assert [marker.reference for marker in markers] == wanted
    assert not any(one.titles and one.titles[0].text[:1] in "^↑(*0123456789" for one in references)
