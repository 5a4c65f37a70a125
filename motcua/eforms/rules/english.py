"""A form's questions in English, by the words that came with it; what has none stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from motcua.eforms.rules.schema import Field, Option, Schema, Section, whole


@dataclass(frozen=True)
class Part:
    """A part of a form, and the texts that people read there for the first time."""

    title: str
    texts: tuple[str, ...]


def parts_of(schema: Schema) -> list[Part]:
    """Every text of a form that who fills it in may read, each once, where it stands first."""
    seen: set[str] = set()
    parts = [Part("", _new((schema.title,), seen))]
    parts += [Part(section.title, _new(_texts_of(section), seen)) for section in schema.sections]
    return [part for part in parts if part.texts]


def _new(texts: Iterator[str] | tuple[str, ...], seen: set[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text for text in texts if text and text not in seen))
    seen.update(found)
    return found


def _texts_of(section: Section) -> Iterator[str]:
    yield from (section.title, section.help)
    for one in section.every_field:
        yield from (one.label, one.help, *(option.label for option in one.options), one.message)


def texts_of(schema: Schema) -> list[str]:
    """The texts of `parts_of` in one list."""
    return [text for part in parts_of(schema) for text in part.texts]


def missing(schema: Schema) -> list[str]:
    """The texts that have no English words yet."""
    known = dict(schema.english)
    return [text for text in texts_of(schema) if text not in known]


def put_words(schema: Schema, words: Mapping[str, str]) -> Schema:
    """The form with these English words; a blank one is taken away, those not named stay, and those of texts that the form
    no longer says go.
    """
    every = {**dict(schema.english), **words}
    kept = {text: every[text] for text in texts_of(schema) if every.get(text)}
    return whole(replace(schema, english=tuple(sorted(kept.items()))))


def in_words(one: Field, words: Mapping[str, str]) -> Field:
    """A field with what a person reads said by these words; keys, values and expressions stay."""
    return replace(
        one,
        label=words.get(one.label, one.label),
        help=words.get(one.help, one.help),
        message=words.get(one.message, one.message),
        options=tuple(Option(each.value, words.get(each.label, each.label)) for each in one.options),
        fields=tuple(in_words(inner, words) for inner in one.fields),
    )


def in_english(schema: Schema) -> Schema:
    """The form as it is shown to who reads English; what is kept and printed goes by the form itself."""
    words = dict(schema.english)
    sections = tuple(_section(section, words) for section in schema.sections)
    return whole(replace(schema, title=words.get(schema.title, schema.title), sections=sections))


def _section(section: Section, words: Mapping[str, str]) -> Section:
    return replace(
        section,
        title=words.get(section.title, section.title),
        help=words.get(section.help, section.help),
        fields=tuple(in_words(one, words) for one in section.fields),
    )


def is_english(section: Section) -> bool:
    """Whether every question of a section has English words, so that a screen reader may read it as English."""
    known = {vietnamese for vietnamese, _ in section.schema.english} if section.schema else set()
    return all(one.label in known for one in section.every_field)
