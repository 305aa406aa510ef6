"""Tables of every kind at which something is said and done apart: who sits there, what happens, who may learn of it."""

from __future__ import annotations

from negotiations.rules import commands as c
from tests.factories import edition_of
from tests.negotiations import parted
from tests.negotiations.gathering import People, Person, Scene
from tests.negotiations.rules.bell import FIRST
from tests.negotiations.rules.mill import FIVE, MIDDLE
from tests.negotiations.tables import BEST, LEASE

SALE = {"price": 437, "closing": "d60", "roof": "credit", "workshop": "stay"}
CURLEW, BITTERN, HERON, EGRET, OSPREY = (
    f"The {bird} is for us alone" for bird in ("curlew", "bittern", "heron", "egret", "osprey")
)


async def two_on_a_side(people: People) -> None:
    """What one wants waits for the other's tap: it may be dropped, and then nobody else hears of it."""
    farmer, mate, neighbour = people["farmer"], people["farmer 2"], people["neighbour"]
    await farmer.says("Good morning")
    await farmer.says(CURLEW, "team")
    if people.hushed != BITTERN:
        await farmer.does("walk", reason=BITTERN)
        await mate.does("drop", deed=(await mate.last("tap.asked"))["deed"])
    await farmer.does("offer", packages=[LEASE | {"rent": 9500}])
    await mate.does("drop", deed=(await mate.last("tap.asked"))["deed"])
    await farmer.does("help")
    await farmer.does("lower")
    for outsider in (neighbour, people["observer"]):
        await outsider.may_not("tap", deed=1)
        await outsider.may_not("drop", deed=1)
        await outsider.may_not("say", text="Hm", to="team")
    await farmer.does("offer", packages=[LEASE])
    await mate.taps()
    await neighbour.does("offer", packages=[BEST])
    await farmer.accepts()
    await mate.taps()


OF_THE_FARMER = ("farmer", "farmer 2")
SIDES = Scene(
    edition_of,
    ("farmer", "farmer 2", "neighbour", "observer"),
    two_on_a_side,
    dict.fromkeys((CURLEW, BITTERN, '"rent": 9500', "tap.asked", "help.asked"), OF_THE_FARMER),
    {"message.whispered", "tap.asked", "tap.given", "tap.dropped", "help.asked", "help.closed"},
    {"taps": True},
)


async def a_mediator_between(people: People) -> None:
    """The mediator talks with either side apart; one side has two people, who sign together."""
    mediator, ringers, mate = people["mediator"], people["ringers"], people["ringers 2"]
    residents = people["residents"]
    await mediator.says("Welcome")
    await people.rule(c.NextPhase())
    await mediator.says(CURLEW, "mediator+ringers")
    await mate.says(BITTERN, "ringers+mediator")
    await mediator.says(HERON, "mediator+residents")
    await ringers.says(EGRET, "team")
    for to in ("mediator+ringers", "residents+ringers", "team"):
        await residents.may_not("say", text="Hm", to=to)
    await people.rule(c.NextPhase())
    for side in (ringers, mate, residents):
        await side.tab.until("news.released")
    await mediator.does("text", text=FIRST)
    for side in (ringers, residents):
        text = await side.last("text.proposed")
        await side.does("sign_text", version=text["version"], digest=text["digest"])
    await people["observer"].may_not("tap", deed=1)
    await mate.taps()


RINGERS = ("ringers", "ringers 2")
BELL = Scene(
    lambda: edition_of("memorial-bell"),
    ("ringers", "ringers 2", "residents", "mediator", "observer"),
    a_mediator_between,
    {
        CURLEW: (*RINGERS, "mediator"),
        BITTERN: (*RINGERS, "mediator"),
        HERON: ("residents", "mediator"),
        EGRET: RINGERS,
        "tap.asked": RINGERS,
        "A local newspaper asks": (*RINGERS, "residents"),
    },
    {"message.whispered", "tap.asked", "tap.given", "news.planned", "news.released"},
    {"taps": True, "news": ["newspaper"]},
)


async def six_and_their_caucuses(people: People) -> None:
    """Two, three and five of six talk apart, two of one side among themselves; then all vote in the open."""
    company, fire = people["company"], people["fire"]
    await people.rule(c.NextPhase())
    await company.says(CURLEW, "union+company")
    await people["expert"].says(BITTERN, "company+union+expert")
    await people["families"].says(HERON, "company+agency+union+families+expert")
    await people["union 2"].says(EGRET, "team")
    for to in ("company+union", "company+agency+union+families+expert", "team"):
        await fire.may_not("say", text="Hm", to=to)
    await company.does("offer", packages=[FIVE])
    await people["union"].does("offer", packages=[MIDDLE])
    await fire.does("stance", offer=1, package=0, stance="unsure")
    await people["observer"].may_not("stance", offer=1, package=0, stance="yes")


MILL = Scene(
    lambda: edition_of("dunmore-mill"),
    ("company", "agency", "union", "union 2", "fire", "families", "expert", "observer"),
    six_and_their_caucuses,
    {
        CURLEW: ("company", "union", "union 2"),
        BITTERN: ("company", "union", "union 2", "expert"),
        HERON: ("company", "agency", "union", "union 2", "families", "expert"),
        EGRET: ("union", "union 2"),
    },
    {"message.whispered"},
)


async def a_house_and_its_agents(people: People) -> None:
    """Fees are a matter of one side, sales of all, and what a principal wants changed of its own agent."""
    seller, mate, agent = people["seller"], people["seller 2"], people["seller_agent"]
    buyer, other = people["buyer"], people["buyer_agent"]
    await agent.does("offer", packages=[{"seller_fee": "tiered"}])
    await seller.accepts()
    await mate.taps()
    await buyer.does("offer", packages=[{"buyer_fee": "saver"}])
    await other.accepts()
    await agent.says(CURLEW, "seller+seller_agent")
    await buyer.says(BITTERN, "buyer+buyer_agent")
    await agent.says(HERON, "seller_agent+buyer_agent")
    await seller.says(EGRET, "team")
    for outsider in (buyer, other):
        await outsider.may_not("say", text="Hm", to="seller+seller_agent")
        await outsider.may_not("tap", deed=1)
        await outsider.may_not("sign", strand="listing", digest="old")
    await haggle_over_the_sale(agent, other)
    await seller.does("sendback", strand="sale", words="" if people.hushed == OSPREY else OSPREY)
    await mate.taps()
    await agent.does("offer", packages=[SALE])
    await other.accepts()
    await buyer.does("sign", strand="sale", digest=(await buyer.last("terms.agreed"))["digest"])


async def haggle_over_the_sale(agent: Person, other: Person) -> None:
    """Every kind of answer, and in the end a yes that waits for signatures."""
    await agent.does("pin", issue="price", value=431)
    await agent.does("unpin", issue="price")
    await agent.does("offer", packages=[SALE, SALE | {"price": 436}])
    await other.does("closest", offer=2, package=1)
    await other.does("decline", offer=2)
    await other.does("offer", packages=[SALE | {"price": 431}])
    await other.does("withdraw", offer=3)
    await agent.does("offer", packages=[SALE])
    await other.accepts()


OF_THE_SELLER = ("seller", "seller 2")
LANE = Scene(
    lambda: edition_of("eleven-quarry-lane"),
    ("seller", "seller 2", "buyer", "seller_agent", "buyer_agent", "observer"),
    a_house_and_its_agents,
    {
        '"seller_fee": "tiered"': (*OF_THE_SELLER, "seller_agent", "observer"),
        '"buyer_fee": "saver"': ("buyer", "buyer_agent", "observer"),
        CURLEW: (*OF_THE_SELLER, "seller_agent", "observer"),
        BITTERN: ("buyer", "buyer_agent", "observer"),
        HERON: ("seller_agent", "buyer_agent", "observer"),
        EGRET: OF_THE_SELLER,
        OSPREY: (*OF_THE_SELLER, "seller_agent"),
        "tap.asked": OF_THE_SELLER,
    },
    {
        "message.whispered",
        "offer.made",
        "offer.accepted",
        "offer.declined",
        "offer.preferred",
        "offer.withdrawn",
        "deal.made",
        "strand.opened",
        "term.pinned",
        "term.unpinned",
        "terms.agreed",
        "terms.signed",
        "terms.sent_back",
        "terms.marked",
        "tap.asked",
        "tap.given",
    },
    {"taps": True},
)


async def a_season_at_sea(people: People) -> None:
    """One crew of two seals its move; another has chosen too, and nothing is shown yet."""
    north, east = people["north"], people["east"]
    await people["north 2"].says(CURLEW, "team")
    await north.does("choose", round=1, move="wide")
    await east.does("choose", round=1, move="narrow")
    for move in ("wide", "narrow"):
        await people["north 2"].may_not("choose", round=1, move=move)
        await people["observer"].may_not("choose", round=1, move=move)
    await east.may_not("say", text="Hm", to="team")
    await people["west"].tab.until("crew.ready")


OF_NORTH = ("north", "north 2")
BAY = Scene(
    lambda: edition_of("four-crews"),
    ("north", "north 2", "east", "south", "west", "observer"),
    a_season_at_sea,
    {
        CURLEW: OF_NORTH,
        '"move": "wide"': OF_NORTH,
        '"move": "narrow"': ("east",),
        "move.sealed": (*OF_NORTH, "east"),
    },
    {"message.whispered", "move.sealed"},
)


async def a_season_of_counts(people: People) -> None:
    """All have chosen, and only how many chose what is shown."""
    for party in ("north", "east", "south", "west"):
        await people[party].does("choose", round=1, move="wide" if party == "north" else "narrow")
    for party in ("north 2", "observer"):
        await people[party].tab.until("round.revealed")


COUNTS = BAY._replace(
    play=a_season_of_counts,
    knows={'"move": "wide"': OF_NORTH, '"move": "narrow"': ("east", "south", "west")},
    apart={"move.sealed", "crew.landed"},
    condition="anonymous",
)


async def pairs_in_turn(people: People) -> None:
    """Two of three talk while the third waits, then the next two; at the end all three are at the table."""
    orchard, dairy, fishery = people["orchard"], people["dairy"], people["fishery"]
    await orchard.says(CURLEW)
    await fishery.may_not("say", text="Hm")
    await fishery.may_not("say", text="Hm", to="orchard+dairy")
    await people.rule(c.NextPhase())
    await fishery.says(BITTERN)
    await dairy.may_not("say", text="Hm")
    await people.rule(c.NextPhase())
    await people.rule(c.NextPhase())
    await dairy.says(HERON, "fishery+dairy")
    await orchard.does("offer", packages=[{"orchard": 52, "dairy": 40}])
    await dairy.accepts()


STORE = Scene(
    lambda: edition_of("cold-store"),
    ("orchard", "dairy", "fishery", "observer"),
    pairs_in_turn,
    {CURLEW: ("orchard", "dairy"), BITTERN: ("orchard", "fishery"), HERON: ("dairy", "fishery")},
    {"message.whispered"},
)


async def news_and_a_walk(people: People) -> None:
    """A rumour reaches one side with the last part of the time; the other leaves and says why to the instructor."""
    await people.rule(c.NextPhase())
    await people["neighbour"].does("offer", packages=[LEASE])
    await people.rule(c.NextPhase())
    await people["farmer"].tab.until("news.released")
    await people["neighbour"].does("walk", reason="" if people.hushed == CURLEW else CURLEW)


PARTED = Scene(
    parted.edition,
    ("farmer", "neighbour", "observer"),
    news_and_a_walk,
    {parted.RUMOUR: ("farmer",), CURLEW: ("neighbour",), '"target": 171': ("farmer",)},
    {"news.planned", "news.released", "reason.given"},
)

SCENES = {
    "sides": SIDES,
    "bell": BELL,
    "mill": MILL,
    "lane": LANE,
    "bay": BAY,
    "counts": COUNTS,
    "store": STORE,
    "parted": PARTED,
}
