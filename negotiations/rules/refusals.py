"""Refusals: why a command leaves no trace.

    RuleBroken(code, words)

`code` is for programs and never changes; `words` are for the person and may be translated.
"""

from __future__ import annotations

from bargaining.saying import Translate, gettext_noop, identity

#: Every refusal a table can give. The words say what to do next where something can be done.
WORDS: dict[str, str] = {
    "not_started": gettext_noop("The table is not open yet."),
    "paused": gettext_noop("The table is paused. Your instructor will resume it."),
    "room_closed": gettext_noop("This negotiation has ended."),
    "late": gettext_noop("Time is up. The table closed before this arrived."),
    "already_agreed": gettext_noop("This table has already agreed."),
    "own_offer": gettext_noop("This is your own offer. The other side has to accept it."),
    "stale_offer": gettext_noop("This offer no longer stands. Look at what is on the table now."),
    "invalid_offer": gettext_noop("This offer cannot be made as it is."),
    "empty_message": gettext_noop("Write something first."),
    "message_too_long": gettext_noop("This message is too long. Send it in two parts."),
    "bad_text": gettext_noop("This text contains characters that cannot be stored."),
    "limit_reached": gettext_noop("This table has reached its limit. Nothing more can be added."),
    "seat_taken": gettext_noop("This seat is already taken."),
    "not_seated": gettext_noop("You have no seat at this table."),
    "forbidden": gettext_noop("You may not do this at this table."),
    "no_vote": gettext_noop("You help the others to agree. Only they can agree or leave."),
    "observing": gettext_noop("You are here to observe. Only those who negotiate can do this."),
    "one_proposal": gettext_noop("Put one proposal on the table, not several at once."),
    "agents_part": gettext_noop("Your agent negotiates this. You sign what comes of it, or send it back."),
    "principals_part": gettext_noop("Only those for whom you negotiate sign this or send it back."),
    "too_early": gettext_noop("Another agreement has to be settled before this one."),
    "to_be_signed": gettext_noop("This is agreed and waits for signatures."),
    "settled": gettext_noop("This is settled. It cannot be changed any more."),
    "nothing_to_sign": gettext_noop("There is nothing for you to sign here now."),
    "signed": gettext_noop("You have signed this already."),
    "own_deed": gettext_noop("Somebody else on your side has to confirm this."),
    "nothing_to_tap": gettext_noop("There is nothing of this kind to confirm any more."),
    "no_channel": gettext_noop("You cannot talk with them apart here. Choose who shall read this."),
    "no_change": gettext_noop("There is nothing to change."),
    "others_talk": gettext_noop("Others talk among themselves now. It will be your turn."),
    "talk_only": gettext_noop("This part is for talking in small groups. Offers come after it."),
    "settling_up": gettext_noop(
        "You are settling up. What is on the table can still be answered, but nothing new comes."
    ),
    "asking": gettext_noop("The talk is over, and nothing can be done at the table. Now you are asked."),
    "overtime": gettext_noop(
        "Time is up. What is on the table can still be answered, but nothing new comes."
    ),
    "too_many_packages": gettext_noop("An offer holds four packages at most."),
    "same_package": gettext_noop("Two of these packages are the same. Change one of them or leave it out."),
    "offer_lapsed": gettext_noop("This offer ran out before your answer arrived."),
    "still_open": gettext_noop("This proposal leaves terms open. It can be accepted once it is whole."),
    "not_your_turn": gettext_noop("Offers take turns here. Wait for an answer to your last one."),
    "no_offers_left": gettext_noop("You have made as many offers as this session allows."),
    "no_added_terms": gettext_noop("This simulation has no room for terms of your own."),
    "too_many_terms": gettext_noop("Add ten terms of your own at most, each of 300 characters at most."),
    "face_to_face": gettext_noop("You talk face to face here. Write down the outcome when you have one."),
    "on_screen": gettext_noop("This table negotiates on the screen. Make an offer instead."),
    "invalid_term": gettext_noop("This term cannot be settled like this."),
    "voted_already": gettext_noop("You have said yes to this already."),
    "not_in_split": gettext_noop("This split leaves you out."),
    "you_left": gettext_noop("You have left this table."),
    "one_package": gettext_noop("This offer holds one package only."),
    "stale_text": gettext_noop("There is a newer version of the text. Read that one before you sign."),
    "signed_already": gettext_noop("Your side has already signed this version."),
    "same_text": gettext_noop("This is the last version, word for word. Change something first."),
    "empty_text": gettext_noop("Write something under one of the headings first."),
    "invalid_text": gettext_noop("This text has a heading that the case does not have."),
    "text_too_long": gettext_noop("This text is too long. Say it in fewer words."),
    "wrong_table": gettext_noop("This table does not work that way."),
    "wrong_round": gettext_noop("That season is over. Look at the one that runs now."),
    "chosen_already": gettext_noop("Your side has already chosen for this season. It cannot be changed."),
    "unknown_move": gettext_noop("This cannot be chosen here."),
    "talk_closed": gettext_noop("Nobody talks to the other side now. Look when the next talk is."),
    "not_representative": gettext_noop("Somebody else of your side speaks for it before this season."),
}


class RuleBroken(Exception):
    """A command that the rules refuse. It changed nothing and is decided anew when repeated. `name` is what the
    sentence speaks of."""

    def __init__(self, code: str, sentence: str | None = None, name: str = "") -> None:
        self.code = code
        self.sentence, self.name = sentence or WORDS[code], name
        super().__init__(f"{code}: {self.said()}")

    def said(self, translate: Translate = identity) -> str:
        return translate(self.sentence).format(name=self.name)
