"""Names in Japanese script, and the roles (著, 編, 訳) printed after them."""

from __future__ import annotations

import re
from functools import cache

from ...model import Contributor
from ...resources import rules

_SEPARATOR = re.compile(r"[、，,;；／/]\s*|\s+(?:and|&)\s+|(?<=[著編訳])(?![集者纂著訳さ])\s*")
_DOT = re.compile(r"(?<=[\u3400-\u9fff])・(?=[\u3400-\u9fff])")
_PERSON = re.compile(
    r"[\u3400-\u9fff々ヶ]{1,4}[ 　]?[\u3400-\u9fff々ヶ\u3041-\u30fa\u30fc-\u30ff]{1,5}"
    r"|[\u30a1-\u30ffー]{2,12}"
)
_FOREIGN = re.compile(
    r"[A-ZА-Я\u30a1-\u30ff.．ー]{1,14}(?:[・＝=][A-Za-z\u30a1-\u30ff.．ー]{1,16}){1,4}"
)
_DROPPED = re.compile(r"(?:氏|ほか|他|等|ら)$|[\s　]+$|^[\s　]+")
_HIRAGANA_INSIDE = re.compile(r"[\u3041-\u309f].*[\u3400-\u9fff]|[のはをがにへと]$")


@cache
def _roles() -> tuple[tuple[str, str], ...]:
    """Role words, longest first, each with the field it fills."""
    lists = rules("references_names")["japanese"]
    listed = [
        (word, field)
        for field, name in (
            ("authors", "roles-author"),
            ("editors", "roles-editor"),
            ("translators", "roles-translator"),
        )
        for word in lists[name]
    ]
    return tuple(sorted(listed, key=lambda pair: -len(pair[0])))


def by_role(text: str) -> dict[str, tuple[Contributor, ...]] | None:
    """Return the contributors before a Japanese title by role, or None if there are none.

    ``V・カルポフ著、長勢了治訳`` gives an author and a translator; names without a role word
    take that of the next one, and are authors if none follows.
    """
    found: dict[str, list[Contributor]] = {}
    waiting: list[Contributor] = []
    for piece in _SEPARATOR.split(text):
        piece = piece.strip(" 　.．・:：()（）")
        name, role = _without_role(piece)
        named = _named(name, surely=bool(role)) if name else []
        if named is None:
            return None
        waiting += named
        if role and waiting:
            found.setdefault(role, []).extend(waiting)
            waiting = []
    if waiting:
        found.setdefault("authors", []).extend(waiting)
    return {role: tuple(people) for role, people in found.items()} or None


def role_and_house(text: str) -> tuple[dict[str, tuple[Contributor, ...]], str] | None:
    """Return contributors by role and the house of ``佐藤一著 山川書房``, or None.

    So libraries print them in brackets behind a title.
    """
    names, _, house = text.replace("　", " ").rpartition(" ")
    if not names or not any(names.endswith(word) for word, _ in _roles()):
        return None
    found = by_role(names)
    return (found, house) if found else None


def _named(names: str, *, surely: bool) -> list[Contributor] | None:
    """Read one name, or several with a dot between them; None if one is no name."""
    whole = japanese_person(names, surely=surely)
    if whole is not None:
        return [whole]
    people = [japanese_person(name, surely=surely) for name in _DOT.split(names)]
    return None if None in people else [one for one in people if one is not None]


def _without_role(piece: str) -> tuple[str, str]:
    for word, role in _roles():
        if piece.endswith(word):
            return piece[: -len(word)].strip(" 　（("), role
    return piece, ""


def japanese_people(text: str) -> tuple[Contributor, ...]:
    """Return the persons and bodies of a list in Japanese script, or () when it is not one."""
    found = by_role(text)
    return tuple(one for people in found.values() for one in people) if found else ()


def japanese_person(text: str, *, surely: bool = False) -> Contributor | None:
    """Return the person or body a name in Japanese script names, or None.

    A long name with particles in it (``…を記録する会``) is taken for that of a body only if the
    caller is sure that it names a contributor.
    """
    name = _DROPPED.sub("", _DROPPED.sub("", text))
    endings = tuple(rules("references_names")["japanese"]["corporate-endings"])
    if (
        2 < len(name) <= 40
        and name.endswith(endings)
        and (surely or not _HIRAGANA_INSIDE.search(name))
    ):
        return Contributor(name, corporate=True)
    if _FOREIGN.fullmatch(name):
        given, _, family = name.replace("＝", "・").replace("=", "・").rpartition("・")
        return Contributor(name, family, given)
    if len(name) > 10 or not _PERSON.fullmatch(name) or _HIRAGANA_INSIDE.search(name):
        return None
    parts = name.replace("　", " ").split(" ")
    if len(parts) == 2:
        return Contributor(name, parts[0], parts[1])
    length = _family_length(name)
    return Contributor(name, name[:length], name[length:])


def _family_length(name: str) -> int:
    """How many characters the family name has; two unless a list says otherwise."""
    lists = rules("references_names")["japanese"]
    if len(name) > 3 and name[:3] in lists["three-characters"]:
        return 3
    if len(name) == 2 or (name[:1] in lists["one-character"] and len(name) <= 3):
        return 1
    return 2
