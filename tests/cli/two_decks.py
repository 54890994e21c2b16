"""Imports a deck into a fresh Anki, studies and edits it, imports a second deck, and reports what became of it."""
import json
import sys

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

first, second, path = sys.argv[1:]
collection = Collection(path)


def take(package):
    request = ImportAnkiPackageRequest(
        package_path=package,
        options=ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False),
    )
    return collection.import_anki_package(request).log


problems = []
log = take(first)
first_notes = len(log.new)
for card_id in collection.find_cards(""):
    card = collection.get_card(card_id)
    question, answer = card.question(), card.answer()
    if "{{" in question + answer or "unknown field" in question + answer:
        problems.append(f"template fault in {card_id}")
    if collection.media.strip(question).strip() == "":
        problems.append(f"empty front in {card_id}")

deck = collection.decks.id_for_name("新闻::生词")
collection.decks.set_current(deck)
reviewed = []
for _ in range(5):
    queued = collection.sched.get_queued_cards(fetch_limit=1)
    card = collection.get_card(queued.cards[0].card.id)
    card.start_timer()
    collection.sched.answerCard(card, 3)
    reviewed.append(card.id)
before = {card: collection.get_card(card).reps for card in reviewed}

note = collection.get_note(collection.find_notes("")[7])
field = "English" if "English" in note else list(note.keys())[4]
note[field] = "my own words"
collection.update_note(note)

log = take(second)
edited = collection.get_note(note.id)
groups = {}
for note_id in collection.find_notes(""):
    one = collection.get_note(note_id)
    groups.setdefault(one.fields[0], []).append(one)
duplicates = [
    hanzi
    for hanzi, notes in groups.items()
    if len(notes) > 1 and len({n.cards()[0].question() for n in notes}) < len(notes)
]
result = collection.fix_integrity()
if not result[1]:
    problems.append(result[0])
print(
    json.dumps(
        {
            "first": first_notes,
            "added_by_second": len(log.new),
            "reviews_kept": all(collection.get_card(c).reps == n and n > 0 for c, n in before.items()),
            "edit_kept": edited[field] == "my own words",
            "duplicates": duplicates,
            "problems": problems,
        },
        ensure_ascii=False,
    )
)
collection.close()
