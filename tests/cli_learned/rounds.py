"""A learner's collection over several rounds: does what a plan says with the real Anki, and reports.

usage: rounds.py COLLECTION PLAN.json, a list of steps:
  {"import": PATH}                    imports a package; reports how Anki sorted its notes
  {"connect": PATH}                   imports it as AnkiConnect has Anki do it: note types merged, options taken
  {"answer": [GUID, EASE]}            studies the note's first card
  {"interval": [GUID, DAYS]}          answers it, and sets when it is due again
  {"edit": [GUID, FIELD, TEXT, AT]}   the learner's own edit, at this second
  {"tag": [GUID, TAG, AT]}            a tag of the learner's
  {"delete": [GUID]}                  deletes the note
  {"suspend": [GUID]}                 suspends its cards
  {"type": [GUID]}                    gives it the note type Basic
  {"options": [GUID, NAME, PER_DAY]}  new cards a day in the options of the deck that it is in, and the deck renamed
  {"untag": [GUID, TAG]}              takes a tag away
  {"move": [GUID, DECK]}              moves the note's cards to another deck
  {"rename_deck": [FROM, TO]}
  {"add_field": [NAME]}, {"rename_field": [FROM, TO]}, {"remove_field": [NAME]}, {"move_field": [NAME, PLACE]}
  {"add_template": [NAME, FRONT]}, {"remove_template": [NAME]}, {"back": [NAME, TEXT]}, {"css": [TEXT]}
  {"name_type": [NAME]}, {"font": [FIELD, FONT]}: all of our note type, as its number finds it
  {"type_changed": [AT]}              when our note type was changed last, in seconds
  {"report": true}                    everything that is in the collection
"""
import json
import sys

import anki.lang
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def note_of(col, guid):
    return col.get_note(col.db.scalar("select id from notes where guid = ?", guid))


def import_package(col, path, options=None):
    request = ImportAnkiPackageRequest(package_path=path)
    if options:
        request.options.CopyFrom(options)
    log = col.import_anki_package(request).log
    kinds = "new updated duplicate conflicting first_field_match missing_notetype missing_deck empty_first_field"
    return {kind: len(getattr(log, kind)) for kind in kinds.split()}


def answer(col, guid, ease):
    card = note_of(col, guid).cards()[0]
    card.start_timer()
    col.sched.answerCard(card, ease)


def interval(col, guid, days):
    answer(col, guid, 4)
    col.sched.set_due_date(note_of(col, guid).card_ids(), f"{days}!")


def at(col, guid, second):
    """Anki stamps a change with the clock; the rounds have a clock of their own."""
    col.db.execute("update notes set mod = ? where guid = ?", second, guid)


def edit(col, guid, field, text, second):
    note = note_of(col, guid)
    note[field] = text
    col.update_note(note)
    at(col, guid, second)


def tag(col, guid, name, second):
    note = note_of(col, guid)
    note.add_tag(name)
    col.update_note(note)
    at(col, guid, second)


def delete(col, guid):
    col.remove_notes([note_of(col, guid).id])


def suspend(col, guid):
    col.sched.suspend_cards(note_of(col, guid).card_ids())


def change_type(col, guid):
    note = note_of(col, guid)
    to = col.models.by_name("Basic")["id"]
    request = col.models.change_notetype_info(old_notetype_id=note.mid, new_notetype_id=to).input
    request.note_ids.append(note.id)
    col.models.change_notetype_of_notes(request)


def options(col, guid, name, per_day):
    deck = note_of(col, guid).cards()[0].did
    config = col.decks.config_dict_for_deck_id(deck)
    config["new"]["perDay"] = per_day
    col.decks.update_config(config)
    col.decks.rename(deck, name)


def untag(col, guid, name):
    note = note_of(col, guid)
    note.remove_tag(name)
    col.update_note(note)


def move(col, guid, deck):
    col.set_deck(note_of(col, guid).card_ids(), col.decks.id(deck))


def rename_deck(col, before, after):
    col.decks.rename(col.decks.id_for_name(before), after)


OURS = 1759271828459


def of_type(change):
    """A change of our note type, saved as Anki's own windows do."""

    def deed(col, *of):
        kind = col.models.get(OURS)
        change(col.models, kind, *of)
        col.models.update_dict(kind)

    return deed


def field(kind, name):
    return next(field for field in kind["flds"] if field["name"] == name)


def template(kind, name):
    return next(template for template in kind["tmpls"] if template["name"] == name)


def add_template(models, kind, name, front):
    added = models.new_template(name)
    added["qfmt"], added["afmt"] = front, "{{FrontSide}}"
    models.add_template(kind, added)


def type_changed(col, at):
    col.db.execute("update notetypes set mtime_secs = ? where id = ?", at, OURS)


def as_ankiconnect(col, path):
    # `anki.importing`, which AnkiConnect calls, with the same options but with a report.
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    return import_package(col, path, options)


def report(col):
    notes = []
    for id in col.find_notes(""):
        note = col.get_note(id)
        cards = [
            {
                "reps": card.reps, "ivl": card.ivl, "due": card.due, "type": card.type, "queue": card.queue,
                "deck": col.decks.name(card.did), "ord": card.ord,
            }
            for card in note.cards()
        ]
        notes.append({"guid": note.guid, "kind": note.note_type()["name"], "tags": note.tags, "fields": dict(note.items()), "cards": cards})
    return {
        "notes": notes,
        "reviews": col.db.scalar("select count() from revlog"),
        "problems": [str(problem) for problem in col._backend.check_database()],
        "per_day": {
            deck.name: col.decks.config_dict_for_deck_id(deck.id)["new"]["perDay"]
            for deck in col.decks.all_names_and_ids()
        },
        "templates": {kind["name"]: len(kind["tmpls"]) for kind in col.models.all()},
        "type": col.models.get(OURS),
        "decks": sorted(deck.name for deck in col.decks.all_names_and_ids()),
        "empty": len(col.get_empty_cards().notes),
        "duplicates": sorted(value for value, _ in col.find_dupes("Hanzi")),
    }


STEPS = {"import": import_package, "connect": as_ankiconnect, "report": lambda col, _: report(col)}
DEEDS = {
    "answer": answer, "interval": interval, "edit": edit, "tag": tag, "delete": delete, "suspend": suspend,
    "type": change_type, "options": options, "untag": untag, "move": move, "rename_deck": rename_deck,
    "add_field": of_type(lambda models, kind, name: models.add_field(kind, models.new_field(name))),
    "rename_field": of_type(lambda models, kind, name, to: models.rename_field(kind, field(kind, name), to)),
    "remove_field": of_type(lambda models, kind, name: models.remove_field(kind, field(kind, name))),
    "move_field": of_type(lambda models, kind, name, to: models.reposition_field(kind, field(kind, name), to)),
    "add_template": of_type(add_template),
    "remove_template": of_type(lambda models, kind, name: models.remove_template(kind, template(kind, name))),
    "back": of_type(lambda models, kind, name, text: template(kind, name).update(afmt=text)),
    "css": of_type(lambda models, kind, text: kind.update(css=text)),
    "name_type": of_type(lambda models, kind, name: kind.update(name=name)),
    "font": of_type(lambda models, kind, name, font: field(kind, name).update(font=font)),
    "type_changed": type_changed,
}


def main():
    with open(sys.argv[2], encoding="utf8") as plan:
        steps = json.load(plan)
    anki.lang.set_lang("en")
    said = []
    col = Collection(sys.argv[1])
    for step in steps:
        (what, of), = step.items()
        if what in STEPS:
            said.append(STEPS[what](col, of))
        else:
            DEEDS[what](col, *of)
    col.close()
    json.dump(said, sys.stdout, ensure_ascii=False)


main()
