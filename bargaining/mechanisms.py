"""The game that a case without packages is: of coalitions, of repeated rounds, or of votes on packages.
It turns what the file says into the plain values that `coalitions` and `rounds` work on."""

from __future__ import annotations

from bargaining.agreements import enough
from bargaining.case import Case
from bargaining.coalitions import Coalition, Game, game_from_scores, make_game
from bargaining.outcomes import Space
from bargaining.rounds import PayByCount, PayByMatrix, RoundsGame


def coalition_game(case: Case) -> Game:
    """What each coalition of the case can share; alone, each party has its alternative.

    ValueError if the case is no coalition game, or a view of one that does not hold everybody's alternative.
    """
    table = case.coalition
    if table is None:
        raise ValueError("This simulation is not about coalitions.")
    alone = {party.id: party.alternative.worth for party in case.parties if party.alternative}
    if len(alone) < len(case.parties):
        raise ValueError("This case does not hold everybody's alternative.")
    return make_game(case.party_ids, table.values, alone, table.one_agreement_only)


def voting_game(space: Space) -> Game:
    """What each coalition of signers can enforce by the agreement rule: the best sum of its own points over
    valid packages if it is enough for a deal, else its alternatives (see `coalitions.game_from_scores`).

    Meaningful only where points of different parties may be added. ValueError above 10 signers.
    """
    columns = [space.parties.index(party) for party in space.signers]

    def wins(coalition: Coalition) -> bool:
        return enough(space.case, coalition)

    return game_from_scores(
        space.signers, space.values[:, columns], space.alternatives[columns].tolist(), wins, space.valid
    )


def rounds_game(case: Case) -> RoundsGame:
    """The repeated game of the case; every move but the counted one is cooperation.

    ValueError if the case has no rounds.
    """
    rounds = case.rounds
    if rounds is None:
        raise ValueError("This simulation has no rounds.")
    return RoundsGame(
        parties=case.party_ids,
        moves=rounds.moves,
        payoff=_payoff(case),
        multipliers=rounds.multipliers,
        cooperative=frozenset(rounds.moves) - {rounds.counted_move},
        talk_before=frozenset(number for numbers in rounds.talk_before.values() for number in numbers),
    )


def _payoff(case: Case) -> PayByCount | PayByMatrix:
    assert case.rounds is not None
    if case.rounds.payoff:
        return PayByCount(case.rounds.counted_move, case.rounds.payoff)
    amounts = {(own, other): pair for own, row in case.rounds.matrix.items() for other, pair in row.items()}
    first, second = case.party_ids
    return PayByMatrix(first, second, amounts)
