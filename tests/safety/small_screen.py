from pathlib import Path

from api.safety import RedFlagScreen, load_screen

ENGLISH = """
language: en
signs:
  urgent/baby_not_breathing:
    native: []
    latin:
      - not|isnt|cant breath*
      - blue & baby
  urgent/baby_very_ill:
    native: []
    latin:
      - fever & baby
      - wont feed
  urgent/danger_from_someone:
    native: []
    latin:
      - help police
      - he hits me
      - threatening
  urgent/baby_moves_less:
    native: []
    latin:
      - stopped kicking
      - pre-eclampsia
  urgent/bleeding_in_pregnancy:
    native: []
    latin:
      - bleeding & pregnant
      - not waking
harmless:
  native: []
  latin:
    - no bleeding
    - breathing normally
spelt_right:
  latin:
    - walking
negations:
  latin:
    - not|isnt
"""

URDU = """
language: ur
signs:
  urgent/baby_not_breathing:
    native:
      - سانس نہیں لے
    latin:
      - saans nahi le
harmless: {native: [], latin: []}
"""

GUJARATI = """
language: gu
signs:
  urgent/baby_not_breathing:
    native:
      - શ્વાસ નથી લેતું|લેતો
    latin: []
"""

POLISH = """
language: pl
signs:
  urgent/suicide_or_self_harm:
    native: []
    latin:
      - żyć mi się nie chce
      - łóżko 999
"""


def write_phrases(folder: Path, **files: str) -> Path:
    for language, text in files.items():
        (folder / f"{language}.yml").write_text(text, encoding="utf-8")
    return folder


def build_small_screen(folder: Path) -> RedFlagScreen:
    return load_screen(write_phrases(folder, en=ENGLISH, ur=URDU, gu=GUJARATI, pl=POLISH))
