function row(name, here, there, verdict) {
  const title = element("th", "name", name)
  title.scope = "row"
  return element(
    "tr",
    "",
    title,
    element("td", "here", here),
    element("td", "there", there),
    element("td", verdict === "同" ? "verdict" : "verdict different", verdict),
  )
}

function listed(values) {
  return values.length ? values.join("、") : "无"
}

function headRow(sides) {
  const cells = ["corner", "side", "side", "corner"].map((className, column) =>
    element("th", className, ["", ...sides, ""][column]),
  )
  for (const cell of cells) cell.scope = "col"
  return element("thead", "", element("tr", "", ...cells))
}

// What one text lacks is struck out, what the other has instead is underlined: both say so without colour.
const TAGS = { shared: "mark", removed: "del", added: "ins" }

function quoted(quote) {
  if (!quote) return element("span", "none", "（无）")
  const text = markedQuote(quote.text, quote.marks, TAGS[quote.meaning])
  return quote.destination ? pageLink("open", quote.destination, text) : text
}

function comparison(data) {
  const head = element(
    "div",
    "head",
    element("span", "rank", String(data.rank)),
    element("span", "badge", data.badge),
    ...data.flags.map((flag) => element("span", "flag", flag)),
    element("span", "source", data.source),
    element("span", "remark", data.remark),
  )
  const texts = row("原文", quoted(data.here), quoted(data.there), "")
  const aspects = data.aspects.map((item) => row(item.name, listed(item.here), listed(item.there), item.verdict))
  const table = element("table", "", headRow(data.sides), element("tbody", "", texts, ...aspects))
  return element("li", `comparison ${data.tone}`, head, table)
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".comparisons")
  list.replaceChildren(...data.comparisons.map((item) => comparison(item)))
}
