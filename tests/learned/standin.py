"""Stands in for AnkiConnect in the tests: protocol version 6 over a collection of the real Anki.

It answers as the add-on does in Anki 26.9 in what a client can trip over, and in its words: a request needs a
Content-Length, each connection is closed after its answer, `multi` checks the key of every action, an unknown
note or card is `{}`, a note without cards fails all of `notesInfo` with its bare number, `importPackage` takes
the path as Anki sees it. Prints its port, and ends when stdin does.
"""

import argparse
import base64
import json
import os
import socket
import sys
import threading

# The backend prints what it thinks of old names; only the port belongs on stdout.
to_caller, sys.stdout = sys.stdout, sys.stderr

from anki.collection import Collection
from anki.errors import NotFoundError
from anki.importing import AnkiPackageImporter

parser = argparse.ArgumentParser()
parser.add_argument("collection")
parser.add_argument("--key")
parser.add_argument("--speaks", type=int, default=6)
parser.add_argument("--silent", action="store_true", help="take requests and never answer")
parser.add_argument("--hold", action="store_true", help="answer nothing until a line comes on stdin")
parser.add_argument("--hide-file", action="store_true", help="know nothing of getMediaDirPath, as old versions")
parser.add_argument("--elsewhere", metavar="FOLDER", help="the media folder, as an Anki sees it whose files can't be reached")
parser.add_argument("--old", action="store_true", help="know nothing of findModelsById and getDecks, as versions before 2023")
parser.add_argument("--closed", action="store_true", help="no profile is open")
parser.add_argument("--blind", action="store_true", help="Anki sees no file but its own, as in Flatpak")
parser.add_argument("--broken-cards", action="store_true", help="a card that can't be rendered")
options = parser.parse_args()
col = Collection(options.collection)
asked = []


def fields_of(note):
    names = [field["name"] for field in note.note_type()["flds"]]
    return {name: {"value": note.fields[place], "order": place} for place, name in enumerate(names)}


def note_info(note_id, cards_of):
    try:
        note = col.get_note(note_id)
    except NotFoundError:
        return {}
    return {
        "noteId": note.id,
        "profile": "User 1",
        "tags": note.tags,
        "fields": fields_of(note),
        "modelName": note.note_type()["name"],
        "mod": note.mod,
        "cards": cards_of[note.id],
    }


def notes_info(notes=None, query=None):
    if notes is None and query is None:
        raise Exception('Must provide either "notes" or a "query"')
    notes = col.find_notes(query) if query is not None else notes
    cards_of = {}
    numbers = ",".join(map(str, map(int, notes)))
    for card, note in col.db.all(f"select id, nid from cards where nid in ({numbers}) order by ord"):
        cards_of.setdefault(note, []).append(card)
    return [note_info(note, cards_of) for note in notes]


def card_info(card_id):
    if options.broken_cards:
        raise Exception("deck was not found: 7")
    try:
        card = col.get_card(card_id)
    except NotFoundError:
        return {}
    return {
        "cardId": card.id,
        "note": card.nid,
        "ord": card.ord,
        "type": card.type,
        "queue": card.queue,
        "interval": card.ivl,
        "reps": card.reps,
        "lapses": card.lapses,
        "question": card.question(),
        "due": card.due,
    }


def import_package(path):
    if options.blind and not path.startswith(os.path.abspath(col.media.dir())):
        raise Exception(f"Failed to open '{path}': No such file or directory (os error 2)")
    AnkiPackageImporter(col, path).run()
    return True


def store_media_file(filename, data):
    delete_media_file(filename)
    return col.media.write_data(filename, base64.b64decode(data))


def delete_media_file(filename):
    col.media.trash_files([filename])


def find_models_by_id(ids):
    models = []
    for id in ids:
        model = col.models.get(id)
        if model is None:
            raise Exception("model was not found: {}".format(id))
        models.append(model)
    return models


def model(name):
    found = col.models.by_name(name)
    if found is None:
        raise Exception("model was not found: {}".format(name))
    return found


def get_decks(cards):
    decks = {}
    for card in cards:
        deck = col.decks.get(col.db.scalar("select did from cards where id=?", card))["name"]
        decks.setdefault(deck, []).append(card)
    return decks


ACTIONS = {
    "version": lambda: options.speaks,
    "requestPermission": lambda: {"permission": "granted", "requireApikey": bool(options.key), "version": options.speaks},
    "deckNames": lambda: [deck.name for deck in col.decks.all_names_and_ids()],
    "modelNames": lambda: [kind.name for kind in col.models.all_names_and_ids()],
    "modelNamesAndIds": lambda: {kind.name: kind.id for kind in col.models.all_names_and_ids()},
    "modelTemplates": lambda modelName: {
        one["name"]: {"Front": one["qfmt"], "Back": one["afmt"]} for one in model(modelName)["tmpls"]
    },
    "modelStyling": lambda modelName: {"css": model(modelName)["css"]},
    "deckNamesAndIds": lambda: {deck.name: deck.id for deck in col.decks.all_names_and_ids()},
    "findNotes": lambda query: list(col.find_notes(query)),
    "findCards": lambda query: list(col.find_cards(query)),
    "notesInfo": notes_info,
    "cardsInfo": lambda cards: [card_info(card) for card in cards],
    "importPackage": import_package,
    "storeMediaFile": store_media_file,
    "deleteMediaFile": delete_media_file,
    "multi": lambda actions: [handle(action) for action in actions],
    "asked": lambda: list(asked),
}
if not options.old:
    ACTIONS["findModelsById"] = lambda modelIds: find_models_by_id(modelIds)
    ACTIONS["getDecks"] = get_decks
if not options.hide_file:
    ACTIONS["getMediaDirPath"] = lambda: options.elsewhere or os.path.abspath(col.media.dir())


def handle(request):
    asked.append(request.get("action"))
    try:
        if request.get("key") != options.key and request.get("action") != "requestPermission":
            raise Exception("valid api key must be provided")
        if request.get("action") not in ACTIONS:
            raise Exception("unsupported action")
        if options.closed and request["action"] not in ("version", "requestPermission", "multi", "asked"):
            raise Exception("collection is not available")
        result = ACTIONS[request["action"]](**request.get("params", {}))
        # Up to version 4 a reply is the bare result.
        return {"result": result, "error": None} if request.get("version", 4) > 4 else result
    except Exception as error:
        return {"result": None, "error": str(error)}


def serve(client):
    data = b""
    while True:
        part = client.recv(1024)
        if not part:
            return
        data += part
        head, gap, body = data.partition(b"\r\n\r\n")
        if not gap:
            continue
        headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        length = next((int(value) for name, value in headers.items() if name.lower() == b"content-length"), 0)
        if len(body) >= length:
            break
    if options.silent:
        client.recv(1024)
        return
    if options.hold:
        go_on.wait()
    body = json.dumps(handle(json.loads(body[:length]))).encode() if length else b"AnkiConnect v.6"
    client.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/json\r\nAccess-Control-Allow-Origin: http://localhost\r\n"
        b"Access-Control-Allow-Headers: *\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )


go_on = threading.Event()


def end_with_stdin():
    while sys.stdin.readline():
        go_on.set()
    os._exit(0)


threading.Thread(target=end_with_stdin, daemon=True).start()
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], file=to_caller, flush=True)
while True:
    connection, _ = server.accept()
    with connection:
        serve(connection)
