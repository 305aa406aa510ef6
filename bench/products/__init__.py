"""How each measured product is set up, started, filled and stopped."""

from __future__ import annotations

from bench.products.base import Product
from bench.products.otree import OTree
from bench.products.parley import Parley
from bench.products.uproot import Uproot

__all__ = ["OTree", "Parley", "Product", "Uproot"]
