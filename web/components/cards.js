function card(data) {
  const head = element(
    "div",
    "head",
    data.rank === null ? null : element("span", "rank", String(data.rank)),
    element("span", "badge", data.badge),
    data.caution ? element("span", "caution", data.caution) : null,
    element("span", "source", data.source),
  )
  const quote = pageLink("open", data.destination, markedQuote(data.text, data.marks))
  const note = data.note
    ? element("details", "note", element("summary", "", data.note.title), element("p", "", data.note.text))
    : null
  const links = data.links.map(([label, destination]) => pageLink("further", destination, label))
  const foot = note || links.length ? element("div", "foot", ...links, note) : null
  return element("li", `card ${data.tone}`, head, quote, data.facts.length ? factList(data.facts) : null, foot)
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".cards")
  list.replaceChildren(...data.cards.map((item) => card(item)))
}
