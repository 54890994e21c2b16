"""One note for each kind of note type and each state that a card can be in, made by the real Anki.

usage: matrix.py PLAN.json FOLDER sm2|fsrs, the plan being {"types": [{"name", "fields", "make"}],
"notes": [{"type", "state", "fields"}]}; a type without "make" is Anki's own. Leaves in FOLDER the collection as
`collection.anki2` and, of schema 11, `old.anki2`; packages `legacy.apkg` and `zstd.colpkg`; and `again.anki2`,
a collection that has imported the legacy package.
"""

import json
import os
import shutil
import sys

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.consts import QUEUE_TYPE_SIBLING_BURIED
from study import answer, note_type

LEECH = dict(leechFails=1, leechAction=0)


def first(note):
    return note.card_ids()[0]


def mature(col, note, days="40!"):
    answer(col, first(note), 4)
    col.sched.set_due_date([first(note)], days)


def again(col, note):
    answer(col, first(note), 1)


def sibling_buried(col, note):
    card = col.get_card(first(note))
    card.queue = QUEUE_TYPE_SIBLING_BURIED
    col.update_card(card)


def leech(col, note):
    config = col.decks.config_dict_for_deck_id(1)
    before = dict(config["lapse"])
    config["lapse"].update(LEECH)
    col.decks.update_config(config)
    mature(col, note)
    again(col, note)
    config["lapse"].update(before)
    col.decks.update_config(config)
    assert col.get_card(first(note)).queue == -1 and "leech" in col.get_note(note.id).tags


def filtered(col, note, reschedules):
    deck = col.sched.get_or_create_filtered_deck(0)
    deck.name = f"Cram {note.id}"
    deck.config.reschedule = reschedules
    deck.config.search_terms[0].search = f"cid:{first(note)}"
    deck.config.search_terms[0].limit = 9
    del deck.config.search_terms[1:]
    col.sched.add_or_update_filtered_deck(deck)
    assert col.get_card(first(note)).odid != 0


def undone(col, note):
    again(col, note)
    col.undo()


def twice(*deeds):
    return lambda col, note: [deed(col, note) for deed in deeds]


by_hand = lambda deed: lambda col, note: getattr(col.sched, deed)([first(note)])
bury, suspend = by_hand("bury_cards"), by_hand("suspend_cards")
STATES = {
    "new": lambda col, note: None,
    "new, buried": bury,
    "new, suspended": suspend,
    "new, filtered": lambda col, note: filtered(col, note, True),
    "new, previewed": twice(lambda col, note: filtered(col, note, False), again),
    "new, answered and undone": undone,
    "learning": again,
    "young": lambda col, note: mature(col, note, "20!"),
    "young, suspended": twice(lambda col, note: mature(col, note, "20!"), suspend),
    "mature": lambda col, note: mature(col, note, "21!"),
    "mature, buried by hand": twice(mature, bury),
    "mature, buried with a sibling": twice(mature, sibling_buried),
    "mature, suspended": twice(mature, suspend),
    "mature, filtered": twice(mature, lambda col, note: filtered(col, note, True)),
    "mature, filtered for a preview": twice(mature, lambda col, note: filtered(col, note, False)),
    "mature, previewed": twice(mature, lambda col, note: filtered(col, note, False), again),
    "mature, lapsed and undone": twice(mature, undone),
    "relearning": twice(mature, again),
    "relearning, suspended": twice(mature, again, suspend),
    "leech": leech,
    "due date set, never answered": lambda col, note: col.sched.set_due_date([first(note)], "30!"),
    "forgotten": twice(mature, lambda col, note: col.sched.schedule_cards_as_new([first(note)])),
    "forgotten, counts and all": twice(
        mature, lambda col, note: col.sched.schedule_cards_as_new([first(note)], reset_counts=True)
    ),
}


def main():
    with open(sys.argv[1], encoding="utf8") as plan:
        plan = json.load(plan)
    folder, scheduler = sys.argv[2:4]
    at = lambda name: os.path.join(folder, name)
    col = Collection(at("collection.anki2"))
    col.set_config("fsrs", scheduler == "fsrs")
    for kind in plan["types"]:
        if kind["make"]:
            field = kind["fields"][kind["front"]]
            note_type(col, kind["name"], kind["fields"], "{{%s}}" % field, "{{FrontSide}}")
    asked = {note["state"] for note in plan["notes"]}
    assert asked == set(STATES), asked ^ set(STATES)
    for planned in plan["notes"]:
        note = col.new_note(col.models.by_name(planned["type"]))
        for place, text in enumerate(planned["fields"]):
            note.fields[place] = text
        col.add_note(note, 1)
        STATES[planned["state"]](col, note)
    queues = {queue for (queue,) in col.db.all("select distinct queue from cards")}
    assert queues >= {-3, -2, -1, 0, 1, 2, 4}, queues
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, legacy=True)
    col.export_anki_package(out_path=at("legacy.apkg"), options=options, limit=None)
    col.export_collection_package(at("zstd.colpkg"), False, False)
    col.reopen()
    col.close()
    shutil.copy(at("collection.anki2"), at("old.anki2"))
    Collection(at("old.anki2")).close(downgrade=True)
    other = Collection(at("again.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=True)
    other.import_anki_package(ImportAnkiPackageRequest(package_path=at("legacy.apkg"), options=options))
    other.close()


main()
