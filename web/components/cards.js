function copyButton(text, shown) {
  const button = element("button", "copy", "复制")
  button.type = "button"
  button.onclick = async () => {
    button.textContent = await copyText(text, () => window.getSelection().selectAllChildren(shown))
  }
  return button
}

function citationList(citations) {
  const items = citations.map(([label, text]) => {
    const shown = element("span", "citation", text)
    return element("li", "", element("span", "format", label, copyButton(text, shown)), shown)
  })
  return element("details", "citations", element("summary", "", "引用格式"), element("ul", "", ...items))
}

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
  const citations = data.citations.length ? citationList(data.citations) : null
  const foot = note || citations || links.length ? element("div", "foot", ...links, note, citations) : null
  return element("li", `card ${data.tone}`, head, quote, data.facts.length ? factList(data.facts) : null, foot)
}

function cardGroup(group) {
  const heading = element("h3", "heading", pageLink("", group.destination, group.heading))
  const links = group.links.map(([label, destination]) => pageLink("next", destination, label))
  const head = element("div", "of-document", heading, element("span", "detail", group.detail), ...links)
  return element("li", "group", head, element("ol", "", ...group.cards.map((item) => card(item))))
}

export default function ({ data, parentElement }) {
  const items = data.groups ? data.groups.map((group) => cardGroup(group)) : data.cards.map((item) => card(item))
  parentElement.querySelector(".cards").replaceChildren(...items)
}
