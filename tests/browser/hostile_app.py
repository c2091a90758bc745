"""A page of our components with text that tries to break out of them; driven by test_components.py."""

import streamlit as st

from kg.neighbourhood import Edge, Neighbourhood
from kg.things import Thing
from kg.understanding import Understanding
from web.components.cards import Card, draw_cards
from web.components.chips import draw_chips
from web.components.comparison import AspectRow, Comparison, Quote, draw_comparisons
from web.components.facets import Filtering, draw_facets, facet_group
from web.components.facts import draw_facts
from web.components.figures import Figure, draw_figures
from web.components.link_rows import draw_link_rows
from web.components.past_questions import draw_past_questions
from web.components.reader import Head, Reading, TextMark, draw_reader
from web.components.search_box import draw_search_box
from web.components.segments import Segment, draw_segments
from web.components.table import Cell, Look, draw_table
from web.graph_chart import graph_option
from web.graph_layout import Layout
from web.links import place_destination

TEXT = '𠮷野😀<img src=x onerror="document.title=1">政策</p><script>document.title=2</script>\n第二行 **粗** $x$ ![](http://outside.example/a.png)'
START = TEXT.index("政策")

st.set_page_config(page_title="untouched")
reading = Reading(
    iri=TEXT,
    head=Head(TEXT, [("<b>名</b>", TEXT)], [(TEXT, place_destination("k", 0, 1))], [(TEXT, "files")]),
    text=TEXT,
    destination=place_destination('"><b>', 0, 1),
    outline=[{"label": TEXT, "start": 0, "depth": 0}],
    provisions=[(0, len(TEXT), TEXT)],
    sentences=[0, TEXT.index("\n")],
    kinds={"measure": "<b>举措</b>"},
    marks=[TextMark("measure", START, START + 2, 0, TEXT)],
    notes=[TEXT],
    target={"start": START, "end": START + 2},
)
card = Card(
    1,
    "measure",
    "<i>举措</i>",
    TEXT,
    TEXT,
    place_destination('"><b>', 0, 1),
    marks=[(START, START + 2)],
    facts=[("名", TEXT)],
    links=[(TEXT, place_destination('"><b>', 0, 1))],
    caution=TEXT,
    citations=[(TEXT, TEXT)],
)
place = place_destination('"><b>', 0, 1)
quote = Quote(TEXT, [(START, START + 2)], place)
sides = (TEXT, TEXT)
aspects = [AspectRow(TEXT, [TEXT], [TEXT])]
comparison = Comparison(1, "measure", "<i>举措</i>", TEXT, TEXT, quote, quote, aspects, sides, flags=[TEXT])
figure = Figure(TEXT, 1, TEXT, False, place)
group = facet_group(TEXT, Filtering(TEXT, place, [TEXT]), {TEXT: 1, "<b>": 1})
draw_cards([card], key="cards")
draw_comparisons([comparison], key="comparisons")
draw_figures(TEXT, [figure], key="figures")
draw_facets([group], key="facets", note=TEXT)
draw_segments([(TEXT, [Segment(TEXT, True, place)])], key="segments")
draw_link_rows({TEXT: {TEXT: place}}, key="link_rows")
draw_search_box(TEXT, label=TEXT, placeholder=TEXT, view=place, key="box")
draw_past_questions(key="past")
draw_chips([group], clear=place, key="chips")
draw_facts([Understanding(TEXT, TEXT, TEXT)], key="facts")
draw_reader(reading, key="reader")
draw_table(TEXT, [TEXT, "<b>"], [[Cell(TEXT, place), Cell(1)]], key="table", look=Look(bar="<b>"))
first, second = Thing("https://kece.example/id/actor/1", TEXT), Thing("https://kece.example/id/actor/2", TEXT)
graph = Neighbourhood(
    {first.iri: first, second.iri: second}, (Edge(first.iri, second.iri, "together", 1),), (first.iri,), {}, {}
)
places = {first.iri: (0.0, 0.0), second.iri: (600.0, 0.0)}
st.echarts_chart(
    graph_option(graph, Layout(places, places), [first.iri], [], "SVG"),
    height=640,
    renderer="svg",
    alt=TEXT,
    key="graph",
)
