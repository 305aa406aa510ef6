"""The tally's sums: what was delivered, what was not, in whatever order acknowledgements and events come."""

from __future__ import annotations

from bench.load.tally import Tally, quantiles


def test_a_message_is_delivered_when_the_receiver_has_it_before_the_acknowledgement() -> None:
    tally = Tally()
    tally.send("a", 1.0)

    assert tally.arrive("room:7", 1.2)
    assert tally.backlog == 1

    tally.acknowledge("a", ["room:7"], 1.5)
    assert tally.backlog == 0
    assert tally.delivered_at == {"a": 1.2}


def test_a_message_is_delivered_when_the_acknowledgement_is_first() -> None:
    tally = Tally()
    tally.send("a", 1.0)
    tally.acknowledge("a", ["room:7"], 1.1)

    assert tally.arrive("room:7", 1.4)
    assert tally.delivered_at == {"a": 1.4}


def test_a_message_known_by_its_own_id_needs_no_acknowledgement() -> None:
    tally = Tally()
    tally.send("3-0", 1.0)

    assert tally.arrive("3-0", 1.3)
    assert tally.backlog == 0


def test_a_second_arrival_is_counted_and_changes_nothing() -> None:
    tally = Tally()
    tally.send("3-0", 1.0)
    tally.arrive("3-0", 1.3)

    assert not tally.arrive("3-0", 1.9)
    assert tally.doubled == 1
    assert tally.delivered_at == {"3-0": 1.3}


def test_figures_are_of_the_window_only() -> None:
    tally = Tally()
    for n in range(10):
        tally.send(str(n), float(n))
    for n in range(8):
        tally.arrive(str(n), n + 0.5)

    figures = tally.figures(5.0, 10.0)

    assert figures["sent_in_window"] == 5
    assert figures["received_in_window"] == 3
    assert figures["undelivered"] == 2
    assert figures["delivered_per_s"] == 0.6
    assert figures["latency_ms"] == {
        "n": 3,
        "p50": 500.0,
        "p95": 500.0,
        "p99": 500.0,
        "max": 500.0,
        "mean": 500.0,
    }


def test_quantiles_of_nothing_are_nothing() -> None:
    assert quantiles([]) is None
