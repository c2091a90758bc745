"""The drawing of a neighbourhood: places, options of ECharts, and what a click leads to."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from kg.exploration import Exploration, ExplorationQuestion
from kg.graph_paths import NO_PATH, Paths
from kg.neighbourhood import Edge, Neighbourhood
from kg.things import THING_KINDS, Thing
from web.graph_chart import LOOKS, graph_option, pairs_of
from web.graph_layout import NARROW, WIDE, Room, layout, names_to_the_left
from web.graph_view import GraphView

BASE = "https://kece.example/id/"
PLAN, SOCIETY, BODY, TOPIC = (
    Thing(BASE + key, label)
    for key, label in (
        ("document/1", "方案"),
        ("actor/学会", "学会"),
        ("actor/协会", "协会"),
        ("topic/学会治理", "学会治理"),
    )
)
EDGES = (
    Edge(PLAN.iri, SOCIETY.iri, "agent", 12),
    Edge(PLAN.iri, SOCIETY.iri, "namesActor", 3),
    Edge(BODY.iri, SOCIETY.iri, "together", 1),
    Edge(PLAN.iri, TOPIC.iri, "topic", 4),
)


def neighbourhood_of(*opened: Thing) -> Neighbourhood:
    things = {thing.iri: thing for thing in (PLAN, SOCIETY, BODY, TOPIC)}
    return Neighbourhood(things, EDGES, tuple(thing.iri for thing in opened), {}, {})


def test_places_are_apart_the_same_each_time_and_paths_go_from_left_to_right() -> None:
    found = Exploration(PLAN, None, neighbourhood_of(PLAN, SOCIETY), NO_PATH)
    drawn = layout(found)
    assert drawn == layout(found)
    for places in (drawn.wide, drawn.narrow):
        assert set(places) == set(found.graph.things)
        assert all(math.dist(places[a], places[b]) > 15 for a in places for b in places if a < b)
    path = (BODY.iri, SOCIETY.iri, PLAN.iri, TOPIC.iri)
    on_path = layout(Exploration(BODY, TOPIC, neighbourhood_of(), Paths((path,), EDGES, 1))).wide
    assert [on_path[thing][0] for thing in path] == sorted(on_path[thing][0] for thing in path)
    apart = layout(Exploration(BODY, TOPIC, neighbourhood_of(), NO_PATH)).wide
    assert len(set(apart.values())) == 4


@pytest.mark.parametrize("room", [WIDE, NARROW])
def test_no_name_lies_over_another_or_over_a_thing(room: Room) -> None:
    others = [Thing(f"{BASE}actor/{number}", "省级科协" * (1 + number % 3)) for number in range(40)]
    edges = tuple(Edge(SOCIETY.iri, other.iri, "together", 1) for other in others)
    graph = Neighbourhood({thing.iri: thing for thing in (SOCIETY, *others)}, edges, (SOCIETY.iri,), {}, {})
    drawn = layout(Exploration(SOCIETY, None, graph, NO_PATH))
    places = drawn.wide if room is WIDE else drawn.narrow
    left = names_to_the_left(edges, places)
    boxes = [name_box(other, places[other.iri], other.iri in left, room) for other in others]
    over = [(one, two) for one, two in combinations(boxes, 2) if overlap(one, two)]
    assert not over


def name_box(thing: Thing, place: tuple[float, float], is_left: bool, room: Room) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a thing's symbol and name, as far as they must be free."""
    x, y = place
    width = min(room.name, room.character * len(thing.label))
    start, end = (x - 12 - width, x) if is_left else (x, x + 12 + width)
    return start, end, y - room.character / 2, y + room.character / 2


def overlap(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return min(one[1], two[1]) > max(one[0], two[0]) and min(one[3], two[3]) > max(one[2], two[2])


def test_kinds_differ_in_shape_and_colour_and_a_pair_has_one_line() -> None:
    assert set(LOOKS) == set(THING_KINDS)
    assert len({shape for shape, _ in LOOKS.values()}) == len({colour for _, colour in LOOKS.values()}) == len(LOOKS)
    graph = neighbourhood_of(PLAN)
    option = graph_option(graph, layout(Exploration(PLAN, None, graph, NO_PATH)), [PLAN.iri], [], "PNG")
    (series,) = option["series"]
    assert [link["value"] for link in series["links"]] == ["责任主体 12、提到的主体 3", "写在一起 1", "主题 4"]
    assert [link["symbol"][1] for link in series["links"]] == ["arrow", "none", "arrow"]
    assert [node["name"] for node in series["data"]] == ["方案", "学会", "协会", "学会治理"]
    assert [entry["name"] for entry in option["legend"]["data"]] == ["主体", "文件", "主题"]
    assert list(pairs_of([*EDGES, Edge(SOCIETY.iri, BODY.iri, "resolvesTo", 1)])) == [
        (PLAN.iri, SOCIETY.iri),
        (BODY.iri, SOCIETY.iri),
        (PLAN.iri, TOPIC.iri),
    ]


def test_view_is_opened_closed_and_turned_and_its_link_says_all() -> None:
    view = GraphView(ExplorationQuestion("document/1")).toggled("actor/学会").between_things("document/1", "actor/学会")
    assert view.destination["parameters"] == {
        "start": "document/1",
        "open": ["actor/学会"],
        "between": ["document/1", "actor/学会"],
    }
    assert view.toggled("actor/学会").destination["parameters"] == {"start": "document/1"}
    assert view.ending("topic/学会治理").question.opened == ()
    assert view.starting("actor/协会").looking("table").destination["parameters"] == {
        "start": "actor/协会",
        "look": "table",
    }
    assert view.longer().longer().longer().longer().question.most == 300
    named = view.by_keys({"document/1": "document/1", "actor/学会": "actor/学会组织"}.__getitem__)
    assert named.question.opened == ("actor/学会组织",) and named.between == ("document/1", "actor/学会组织")
