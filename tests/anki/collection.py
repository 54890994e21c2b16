"""Does with a fresh collection of the real Anki what a plan says, and reports what is in it afterwards.

usage: collection.py PLAN.json, a list of steps:
  {"import": PATH}                                     imports a package; reports how Anki sorted its notes
  {"answer": [GUID, ORD, EASE]}                        studies a card
  {"edit": [GUID, FIELD, TEXT]}                        the learner's own edit
  {"report": true}                                     everything that is in the collection
  {"render": FOLDER}                                   each card's question and answer as a page of HTML
"""
import json
import os
import sys
import tempfile
import time

import anki.lang
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer


def note_of(col, guid):
    return col.get_note(col.db.scalar("select id from notes where guid = ?", guid))


def import_package(col, path):
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path)).log
    kinds = "new updated duplicate conflicting first_field_match missing_notetype missing_deck empty_first_field"
    return {kind: len(getattr(log, kind)) for kind in kinds.split()}


def answer(col, guid, ord, ease):
    card = next(c for c in note_of(col, guid).cards() if c.ord == ord)
    col.decks.select(card.did)
    states = col._backend.get_scheduling_states(card.id)
    card.start_timer()
    rating = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}[ease]
    col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=rating))


def edit(col, guid, field, text):
    note = note_of(col, guid)
    note[field] = text
    col.update_note(note)


def card_report(col, card):
    return {
        "ord": card.ord,
        "deck": col.decks.name(card.did),
        "question": card.render_output().question_and_style(),
        "answer": card.render_output().answer_text,
        "spoken": [getattr(tag, "field_text", "") for tag in card.question_av_tags()],
        "reps": card.reps,
        "queue": card.queue,
        "due": card.due,
    }


def report(col):
    problems = [str(problem) for problem in col._backend.check_database()]
    notes = []
    for id in col.find_notes(""):
        note = col.get_note(id)
        notes.append({
            "guid": note.guid, "id": note.id, "mod": note.mod, "tags": note.tags, "fields": dict(note.items()),
            "type": note.note_type()["name"], "cards": [card_report(col, card) for card in note.cards()],
            "csum": col.db.scalar("select csum from notes where id = ?", id),
        })
    return {
        "notes": notes,
        "problems": problems,
        "empty": [n.note_id for n in col.get_empty_cards().notes],
        "duplicates": sorted(value for value, _ in col.find_dupes("Hanzi")),
        "decks": sorted(deck.name for deck in col.decks.all_names_and_ids()),
        "reviews": col.db.scalar("select count() from revlog"),
    }


def render(col, folder):
    os.makedirs(folder, exist_ok=True)
    for id in col.find_cards("", order=True):
        card = col.get_card(id)
        output = card.render_output()
        for side, text in (("front", output.question_text), ("back", output.answer_text)):
            for mode in ("", "nightMode night_mode"):
                body = f"<body class='card card{card.ord + 1} {mode}'><div id=qa>{text}</div></body>"
                head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><style>{output.css}</style>"
                name = f"{card.nid}-{card.ord}-{side}-{'dark' if mode else 'light'}.html"
                with open(os.path.join(folder, name), "w", encoding="utf8") as page:
                    page.write(f"<!doctype html><html class='{mode}'><head>{head}</head>{body}</html>")


def main():
    with open(sys.argv[1], encoding="utf8") as plan:
        steps = json.load(plan)
    said = []
    anki.lang.set_lang("en")
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(os.path.join(folder, "collection.anki2"))
        for step in steps:
            (what, of), = step.items()
            if what == "import":
                said.append(import_package(col, of))
            elif what == "answer":
                answer(col, *of)
            elif what == "edit":
                edit(col, *of)
            elif what == "render":
                render(col, of)
            else:
                started = time.monotonic()
                said.append(report(col))
                said[-1]["seconds"] = time.monotonic() - started
        col.close()
    json.dump(said, sys.stdout, ensure_ascii=False)


main()
