"""Stands in for AnkiConnect in the tests: protocol version 6 over a collection of the real Anki.

It answers as the add-on does in what a client can trip over: a request needs a Content-Length, a kilobyte is
read at a time, each connection is closed after its answer, `multi` checks the key of every action, an unknown
note is `{}`. Prints its port, and ends when stdin does.
"""

import argparse
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
parser.add_argument("--hide-file", action="store_true", help="know nothing of getMediaDirPath, as old versions")
options = parser.parse_args()
col = Collection(options.collection)
asked = []


def fields_of(note):
    names = [field["name"] for field in note.note_type()["flds"]]
    return {name: {"value": note.fields[place], "order": place} for place, name in enumerate(names)}


def note_info(note_id):
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
        "cards": list(note.card_ids()),
    }


def card_info(card_id):
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
    AnkiPackageImporter(col, path).run()
    return True


ACTIONS = {
    "version": lambda: options.speaks,
    "requestPermission": lambda: {"permission": "granted", "requireApiKey": bool(options.key), "version": options.speaks},
    "deckNames": lambda: [deck.name for deck in col.decks.all_names_and_ids()],
    "modelNames": lambda: [kind.name for kind in col.models.all_names_and_ids()],
    "modelNamesAndIds": lambda: {kind.name: kind.id for kind in col.models.all_names_and_ids()},
    "findNotes": lambda query: list(col.find_notes(query)),
    "findCards": lambda query: list(col.find_cards(query)),
    "notesInfo": lambda notes: [note_info(note) for note in notes],
    "cardsInfo": lambda cards: [card_info(card) for card in cards],
    "importPackage": import_package,
    "multi": lambda actions: [handle(action) for action in actions],
    "asked": lambda: list(asked),
}
if not options.hide_file:
    ACTIONS["getMediaDirPath"] = lambda: os.path.abspath(col.media.dir())


def handle(request):
    asked.append(request.get("action"))
    try:
        if request.get("key") != options.key and request.get("action") != "requestPermission":
            raise Exception("valid api key must be provided")
        if request.get("action") not in ACTIONS:
            raise Exception("unsupported action")
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
    body = json.dumps(handle(json.loads(body[:length]))).encode() if length else b"AnkiConnect v.6"
    client.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/json\r\nAccess-Control-Allow-Origin: http://localhost\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body
    )


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_stdin, daemon=True).start()
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], file=to_caller, flush=True)
while True:
    connection, _ = server.accept()
    with connection:
        serve(connection)
