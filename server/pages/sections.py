"""How the page of each kind is laid out: its sections, and which statements stand where."""

from __future__ import annotations

CAPTIVITY = (
    "capturedBy capturedIn captureDate disarmedBy surrenderedTo surrenderedAt heldInPlace "
    "internedIn heldIn heldBy sentFrom sentTo assignedTo workedFor labourType releasedFrom "
    "releasedUnder releaseDate returnedFrom returnedTo returnDate stayedIn declinedReturnTo "
    "convictedBy convictedUnder detainedUnder detainedBecause performedWork causeOfDeath "
    "causeOfDeathType buriedAt exhumedFrom wasIn"
)
LIFE = (
    "birthDate bornIn deathDate diedIn residence educatedAt spouse parent age nationality visited"
)
OFFICES = "occupation heldRole rank degree affiliation memberOf headOf employer awarded"
SERVICE = "servedIn foughtIn commanded operatedIn"
MADE = "author editor translator director contributor performedBy publishedBy"
PUBLISHED = (
    "publicationDate placeOfPublication publishedIn archivedAt isbn issn doi volumeCount pageCount "
    "language isVersionOf reviews url title workType workKind"
)
STORY = "setting character about adaptationOf countryOfOrigin coversPeriod keyword inscribedIn"
WHERE = "locatedIn managedBy seat campType campNumber certainty partOf hasPart dependencyOf"
WHERE_EVENT = "date startDate endDate duration place placeWithin after before duringEvent eventType"
PARTICIPANTS = "participant participatedIn agent against party perpetrated addressedTo initiatedBy"
LAW = (
    "issuedBy adoptedAt signed number appliesTo providesDeportationFrom providesDeportationTo "
    "treatmentInLineWith actedContraryTo preventedBy established quotation"
)
VIEWS = (
    "treatmentCharacterizedAs characterizedAs relationsWith attitudeTowards influencedBy "
    "subjectOfContention associatedWith purpose"
)

LAYOUTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Person": (
        ("section-life", LIFE),
        ("section-service", SERVICE),
        ("section-captivity", CAPTIVITY),
        ("section-works", MADE),
        ("section-offices", OFFICES),
        ("section-treatment", VIEWS),
    ),
    "Camp": (
        ("section-where", WHERE),
        ("section-people", CAPTIVITY + " held"),
        ("section-events", WHERE_EVENT + " " + PARTICIPANTS),
        ("section-treatment", VIEWS),
    ),
    "FictionalWork": (
        ("section-making", MADE),
        ("section-story", STORY),
        ("section-publication", PUBLISHED),
    ),
    "Work": (
        ("section-making", MADE),
        ("section-publication", PUBLISHED),
        ("section-story", STORY),
    ),
    "Organisation": (
        ("section-course", "established successorOf " + WHERE_EVENT),
        ("section-parts", WHERE),
        ("section-offices", OFFICES),
        ("section-works", MADE + " issuedBy signed archivedAt usesArchive"),
        ("section-participants", PARTICIPANTS + " " + SERVICE),
        ("section-captivity", CAPTIVITY + " held"),
    ),
    "Group": (
        ("section-captivity", CAPTIVITY),
        ("section-labour", "labourType workedFor performedWork"),
        ("section-treatment", VIEWS),
    ),
    "Event": (
        ("section-course", WHERE_EVENT),
        ("section-participants", PARTICIPANTS),
        ("section-parts", "partOf hasPart"),
    ),
    "LegalInstrument": (
        ("section-law", LAW),
        ("section-course", WHERE_EVENT),
        ("section-parts", "partOf hasPart"),
        ("section-participants", PARTICIPANTS),
    ),
}
LAYOUTS["Place"] = LAYOUTS["Camp"]
LAYOUTS["MilitaryUnit"] = (("section-service", SERVICE), *LAYOUTS["Organisation"])

ORDER = (
    "FictionalWork",
    "Person",
    "Camp",
    "MilitaryUnit",
    "Organisation",
    "LegalInstrument",
    "Event",
    "Group",
    "Work",
    "Place",
)
"""Which layout a thing of several classes takes: the first that fits."""


def layout_of(classes: list[str]) -> str:
    """Return the class whose layout fits, or an empty text."""
    return next((name for name in ORDER if name in classes), "")


def section_of(layout: str, predicate: str) -> str:
    """Return the message key of the section in which statements of *predicate* stand."""
    for key, members in LAYOUTS.get(layout, ()):
        if predicate in members.split():
            return key
    return "section-other"


def rank_of(layout: str, section: str, predicate: str) -> int:
    """Return the place of a property within its section; those not named come last."""
    members = dict(LAYOUTS.get(layout, ())).get(section, "").split()
    return members.index(predicate) if predicate in members else len(members)


def sections_of(layout: str) -> list[str]:
    """Return the sections of a layout in the order of the page; the rest comes last."""
    return [*(key for key, _ in LAYOUTS.get(layout, ())), "section-other"]
