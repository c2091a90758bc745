function markedQuote(text, marks) {
  const points = codePoints(text)
  const quote = element("span", "quote")
  let position = 0
  for (const [start, end] of marks) {
    quote.append(textBetween(points, position, start), element("mark", "", textBetween(points, start, end)))
    position = end
  }
  quote.append(textBetween(points, position, points.length))
  return quote
}

function card(data) {
  const head = element(
    "div",
    "head",
    element("span", "rank", String(data.rank)),
    element("span", "badge", data.badge),
    element("span", "source", data.source),
  )
  const quote = pageLink("open", data.destination, markedQuote(data.text, data.marks))
  const note = data.note
    ? element("details", "note", element("summary", "", data.note.title), element("p", "", data.note.text))
    : null
  return element("li", `card ${data.tone}`, head, quote, data.facts.length ? factList(data.facts) : null, note)
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".cards")
  list.replaceChildren(...data.cards.map((item) => card(item)))
}
