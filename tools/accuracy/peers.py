"""What pypinyin and g2pM read: a sentence a line in, {"pypinyin": [a syllable for each character], "g2pM": …} a line out.

A peer that isn't installed, or that gives another number of syllables than characters, is left out."""
import json, sys

peers = {}
try:
    from pypinyin import Style, pinyin

    def by_pypinyin(text):
        found = pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda run: [[c] for c in run])
        return [readings[0] for readings in found]

    peers["pypinyin"] = by_pypinyin
except ImportError:
    pass
try:
    from g2pM import G2pM

    network = G2pM()
    peers["g2pM"] = lambda text: network(text, tone=True, char_split=True)
except ImportError:
    pass

for line in sys.stdin:
    text = line.rstrip("\n")
    row = {name: [s.replace("u:", "ü").replace("v", "ü") for s in read(text)] for name, read in peers.items()}
    print(json.dumps({name: syllables for name, syllables in row.items() if len(syllables) == len(text)}))
