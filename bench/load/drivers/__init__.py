"""The products the client can speak to, one driver each."""

from __future__ import annotations

from bench.load.drivers.base import Driver
from bench.load.drivers.otree import OTreeDriver
from bench.load.drivers.parley import ParleyDriver
from bench.load.drivers.uproot import UprootDriver
from bench.load.plan import Load

DRIVERS: dict[str, type[Driver]] = {"parley": ParleyDriver, "otree": OTreeDriver, "uproot": UprootDriver}


def driver_for(load: Load) -> Driver:
    return DRIVERS[load.product](load)
