"""When a package is a deal: who has accepted it, and whether it meets what it must. It knows no rooms: who
accepts is an argument."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from bargaining.case import Agreement, Case, Package

Mask = npt.NDArray[np.bool_]
# Weights are sums of floats: 0.1 + 0.2 reaches 0.3.
TOLERANCE = 1e-9


def is_deal(case: Case, package: Package, accepting: Collection[str]) -> bool:
    """Whether a whole package that these parties accept is final under the agreement rule."""
    return meets(case, package) and enough(case, accepting)


def meets(case: Case, package: Package) -> bool:
    """Whether the package meets what the rule requires of it, whoever accepts it."""
    requires = case.agreement.requires
    return requires is None or requires.holds(package)


def enough(case: Case, accepting: Collection[str]) -> bool:
    """Whether these parties together make a deal; parties that do not sign are left out of account."""
    mask = np.array([[party in accepting for party in case.signers]])
    return bool(enough_of(case.agreement, case.signers, mask)[0])


def enough_of(agreement: Agreement, signers: tuple[str, ...], accepts: Mask) -> Mask:
    """For each row of accepts[n, signers] whether these parties together make a deal, [n].

    A coalition needs nobody outside it, so there every non-empty set is enough.
    """
    match agreement.rule:
        case "threshold":
            passed = accepts.sum(axis=1) >= agreement.at_least
        case "weighted":
            weights = np.array([agreement.weights.get(party, 0.0) for party in signers])
            passed = accepts @ weights >= agreement.quota - TOLERANCE
        case "coalition":
            passed = accepts.any(axis=1)
        case _:
            passed = accepts.all(axis=1)
    vetoes = [signers.index(party) for party in agreement.veto]
    mask: Mask = passed & accepts[:, vetoes].all(axis=1)
    return mask


def can_block(case: Case, party_id: str) -> bool:
    """Whether no deal is possible without this party."""
    return not enough(case, [party for party in case.signers if party != party_id])
