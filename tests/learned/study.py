"""Collections made by the real Anki, with a card in every state. Run by the tests under tests/learned."""

import os
import sys

from anki.collection import Collection, ExportAnkiPackageOptions
from anki.consts import QUEUE_TYPE_SIBLING_BURIED

OWN_TYPE = "shengci test word"


def note_type(col, name, fields, front, back):
    made = col.models.new(name)
    for field in fields:
        col.models.add_field(made, col.models.new_field(field))
    template = col.models.new_template("Card 1")
    template["qfmt"], template["afmt"] = front, back
    col.models.add_template(made, template)
    col.models.add(made)
    return col.models.by_name(name)


def add(col, kind, values, tags=(), guid=None, deck=1):
    note = col.new_note(col.models.by_name(kind))
    for place, value in enumerate(values):
        note.fields[place] = value
    note.tags = list(tags)
    if guid:
        note.guid = guid
    col.add_note(note, deck)
    return note


def answer(col, card_id, ease):
    card = col.get_card(card_id)
    card.start_timer()
    col.sched.answerCard(card, ease)


def reviewed(col, note, days, place=0):
    """A review card with this interval, as Set Due Date makes it, answered before."""
    card_id = note.card_ids()[place]
    answer(col, card_id, 4)
    col.sched.set_due_date([card_id], f"{days}!")


def fill(col):
    basic = "Basic"
    word = lambda hanzi, tags=(): add(col, basic, [hanzi, "gloss"], tags)
    word("公司")
    answer(col, word("学生").card_ids()[0], 1)
    answer(col, word("苹果").card_ids()[0], 3)
    reviewed(col, word("老师"), 10)
    reviewed(col, word("朋友"), 30)
    reviewed(col, word("中国"), 21)
    reviewed(col, word("北京"), 20)

    forgotten = word("时间")
    reviewed(col, forgotten, 40)
    answer(col, forgotten.card_ids()[0], 1)

    buried = word("问题")
    reviewed(col, buried, 40)
    col.sched.bury_cards(buried.card_ids())
    sibling = word("国家")
    reviewed(col, sibling, 40)
    card = col.get_card(sibling.card_ids()[0])
    card.queue = QUEUE_TYPE_SIBLING_BURIED
    col.update_card(card)

    by_hand = word("城市")
    reviewed(col, by_hand, 40)
    col.sched.suspend_cards(by_hand.card_ids())
    col.sched.suspend_cards(word("银行").card_ids())

    config = col.decks.config_dict_for_deck_id(1)
    before = dict(config["lapse"])
    config["lapse"].update(leechFails=1, leechAction=0)
    col.decks.update_config(config)
    leech = word("经济")
    reviewed(col, leech, 60)
    answer(col, leech.card_ids()[0], 1)
    config["lapse"].update(before)
    col.decks.update_config(config)
    assert "leech" in col.get_note(leech.id).tags, col.get_note(leech.id).tags
    assert col.get_card(leech.card_ids()[0]).queue == -1

    reviewed(col, word("医院", ["filtered"]), 50)
    reviewed(col, word("天气", ["filtered"]), 5)
    word("电影", ["filtered"])
    filtered = col.sched.get_or_create_filtered_deck(0)
    filtered.name = "Cram"
    filtered.config.search_terms[0].search = "tag:filtered"
    filtered.config.search_terms[0].limit = 99
    del filtered.config.search_terms[1]
    col.sched.add_or_update_filtered_deck(filtered)
    moved = col.db.scalar("select count() from cards where odid != 0")
    assert moved == 3, moved

    both = add(col, "Basic (and reversed card)", ["飞机", "aeroplane"])
    reviewed(col, both, 30, place=1)

    reviewed(col, word("<div>汽车&nbsp;</div>[sound:a.mp3]"), 30)
    reviewed(col, word("<ruby>手机<rt>shǒujī</rt></ruby>"), 30)
    word("我昨天去北京看了一个老朋友。")
    word("le chat")
    word("学生です")

    note_type(col, OWN_TYPE, ["Hanzi", "Pinyin", "English"], "{{Hanzi}}", "{{Pinyin}} {{English}}")
    reviewed(col, add(col, OWN_TYPE, ["长", "<span class=tone2>cháng</span>", "long"], guid="guid-chang"), 30)
    add(col, OWN_TYPE, ["长", "zhǎng", "to grow"], guid="guid-zhang")
    add(col, OWN_TYPE, ["小模型", "xiǎo móxíng", "a small model"], guid="guid-small")

    note_type(col, "Traditional deck", ["English", "Word", "Reading"], "{{Word}}", "{{Reading}}")
    reviewed(col, add(col, "Traditional deck", ["computer", "電腦", "dian4 nao3"]), 30)
    reviewed(col, add(col, "Traditional deck", ["dry", "乾", "gan1"]), 30)

    cloze = add(col, "Cloze", ["我是{{c1::作家}}，他是{{c2::画家::人}}。", ""])
    reviewed(col, cloze, 30, place=1)
    reviewed(col, add(col, "Cloze", ["{{c1::大学}}", ""]), 30)


def export(col, folder):
    for legacy in (True, False):
        name = "legacy" if legacy else "zstd"
        options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, legacy=legacy)
        col.export_anki_package(out_path=os.path.join(folder, f"{name}.apkg"), options=options, limit=None)
    options = ExportAnkiPackageOptions(with_scheduling=False, legacy=True)
    col.export_anki_package(out_path=os.path.join(folder, "plain.apkg"), options=options, limit=None)
    for legacy in (True, False):
        name = "legacy" if legacy else "zstd"
        col.export_collection_package(os.path.join(folder, f"{name}.colpkg"), False, legacy)
        col.reopen()


def make(folder, fsrs):
    """Every state, in every form that Anki keeps a collection in."""
    path = os.path.join(folder, "collection.anki2")
    col = Collection(path)
    col.set_config("fsrs", fsrs == "fsrs")
    fill(col)
    if fsrs == "fsrs":
        assert col.db.scalar("select count() from cards where data like '%\"s\"%'") > 0
    export(col, folder)
    os.mkdir(os.path.join(folder, "backups"))
    col.create_backup(backup_folder=os.path.join(folder, "backups"), force=True, wait_for_completion=True)
    col.close()
    old = Collection(os.path.join(folder, "old.anki2"))
    old.set_config("fsrs", fsrs == "fsrs")
    fill(old)
    old.close(downgrade=True)


def hold(folder):
    """Keeps a collection open, with changes that only the log has, until stdin says something."""
    col = Collection(os.path.join(folder, "collection.anki2"))
    reviewed(col, add(col, "Basic", ["机场", "airport"]), 33)
    print("open", flush=True)
    sys.stdin.readline()
    add(col, "Basic", ["火车", "train"])
    print(col.db.scalar("pragma quick_check"), col.note_count(), flush=True)
    col.close()


def busy(folder):
    """Writes without a pause until stdin ends; a thread waits for that."""
    import threading

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    col = Collection(os.path.join(folder, "collection.anki2"))
    print("open", flush=True)
    written = 0
    while not ended.is_set():
        add(col, "Basic", ["火车" if written % 2 else "机场", str(written)])
        written += 1
        if written % 50 == 0:
            col.db.execute("pragma wal_checkpoint")
    print(col.db.scalar("pragma quick_check"), flush=True)
    col.close()


def deck(out, gloss, seconds="0"):
    """A package as we make them: one note type for good, fixed guids, new cards. Made again with another gloss,
    it is the same deck, its notes changed so many seconds later."""
    path = out + ".anki2"
    again = os.path.exists(path)
    col = Collection(path)
    if not again:
        note_type(col, OWN_TYPE, ["Hanzi", "Pinyin", "English"], "{{Hanzi}}", "{{Pinyin}} {{English}}")
        for hanzi, pinyin, guid in [("城市", "chéngshì", "g1"), ("乡村", "xiāngcūn", "g2")]:
            add(col, OWN_TYPE, [hanzi, pinyin, gloss], guid=guid)
    else:
        for note_id in col.find_notes(""):
            note = col.get_note(note_id)
            made = note.mod
            note["English"] = gloss
            col.update_note(note)
            col.db.execute("update notes set mod = ? where id = ?", made + int(seconds), note_id)
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=True)
    col.export_anki_package(out_path=out, options=options, limit=None)
    col.close()


def more(folder, count):
    """Notes of another subject, so many that cards aren't asked for one by one."""
    col = Collection(os.path.join(folder, "collection.anki2"))
    for place in range(int(count)):
        add(col, "Basic", [f"capital {place}", "town"])
    col.close()


def strip(folder, hanzi):
    """Leaves a note without its cards, as some add-ons do."""
    col = Collection(os.path.join(folder, "collection.anki2"))
    (note,) = col.find_notes(f'"front:{hanzi}"')
    col.db.execute("delete from cards where nid = ?", note)
    col.close()


def learn(folder, guid):
    """The learner gets on with one of our notes, and writes into it."""
    col = Collection(os.path.join(folder, "collection.anki2"))
    note = col.get_note(col.db.scalar("select id from notes where guid = ?", guid))
    reviewed(col, note, 99)
    note["Pinyin"] = "chéngshì!"
    col.update_note(note)
    col.close()


if __name__ == "__main__":
    {"make": make, "hold": hold, "busy": busy, "deck": deck, "more": more, "learn": learn, "strip": strip}[sys.argv[1]](*sys.argv[2:])
