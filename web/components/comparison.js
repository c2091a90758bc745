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

function headRow() {
  const cells = ["", "这一条", "相近的一条", ""].map((name) => element("th", name ? "side" : "corner", name))
  for (const cell of cells) cell.scope = "col"
  return element("thead", "", element("tr", "", ...cells))
}

function comparison(data) {
  const head = element(
    "div",
    "head",
    element("span", "rank", String(data.rank)),
    element("span", "badge", data.badge),
    element("span", "source", data.source),
    element("span", "remark", data.remark),
  )
  const texts = row(
    "原文",
    markedQuote(data.here.text, data.here.marks),
    pageLink("open", data.destination, markedQuote(data.there.text, data.there.marks)),
    "",
  )
  const aspects = data.aspects.map((item) => row(item.name, listed(item.here), listed(item.there), item.verdict))
  const table = element("table", "", headRow(), element("tbody", "", texts, ...aspects))
  return element("li", `comparison ${data.tone}`, head, table)
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".comparisons")
  list.replaceChildren(...data.comparisons.map((item) => comparison(item)))
}
