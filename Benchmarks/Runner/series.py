"""Contenders measured in turn, and what their numbers say.

On a machine that does other things too, two measurements are comparable only when they are neighbours. So everybody has
a turn in each round, the order moves on from round to round, and ratios are taken within a round.
"""

import statistics


def in_turn(contenders, rounds, measure):
    """The results of `measure(contender)`, a list for each contender, in rounds that begin with another one each time."""
    results = {contender: [] for contender in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for contender in order:
            results[contender].append(measure(contender))
        order.append(order.pop(0))
    return results


def quartiles(values):
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def ratios(values, others):
    return [value / other for value, other in zip(values, others, strict=True)]


def spread(values, form):
    """The median, and the quartiles in brackets."""
    low, high = quartiles(values)
    return f"{statistics.median(values):{form}} ({low:{form}}-{high:{form}})"
