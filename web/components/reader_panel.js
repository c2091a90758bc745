// The panel beside the text: what is known of the marks that were opened, and the place they stand at.

function panelValue(value) {
  const name = value.destination ? pageLink("", value.destination, value.text) : element("span", "", value.text)
  return element("li", "", name, value.known ? element("span", "known", value.known) : null)
}

function panelLine([name, values]) {
  const reasons = [...new Set(values.map((value) => value.reason).filter(Boolean))]
  const why = element("details", "why", element("summary", "", "理由"))
  why.append(...reasons.map((reason) => element("p", "", reason)))
  const list = element("ul", "", ...values.map(panelValue))
  return element("div", "fact", element("dt", "", name), element("dd", "", list, reasons.length ? why : null))
}

async function fetched(address, parameters) {
  const answer = await fetch(`${address}?${new URLSearchParams(parameters)}`).catch(() => {
    throw new Error("连不上服务。请检查网络，稍后再试。")
  })
  const content = await answer.json()
  if (!answer.ok) throw new Error(content.error)
  return content
}

function similarStatement(other) {
  const head = element("div", "source", `${other.badge} · ${other.source} · ${other.remark}`)
  return element("li", "", head, pageLink("", other.destination, markedQuote(other.text, other.marks)))
}

function similarButton(mark) {
  const button = element("button", "ask", "别处的相近表述")
  button.type = "button"
  button.onclick = async () => {
    button.disabled = true
    button.textContent = "正在查找……"
    const list = element("ol", "elsewhere")
    try {
      const { similar } = await fetched("reader/similar", { iri: mark.iri })
      list.append(...similar.map(similarStatement))
      if (!similar.length) list.append(element("li", "", "别的文件里没有找到相近的表述。"))
    } catch (error) {
      list.append(element("li", "failure", error.message))
    }
    button.replaceWith(list)
  }
  return button
}

function knownOf(mark, panel) {
  const neighbours = panel.neighbours.length
    ? [element("h3", "", "图谱中的邻居"), element("dl", "facts", ...panel.neighbours.map(panelLine))]
    : []
  const links = panel.links.map(([label, destination]) => pageLink("", destination, label))
  return [
    element("dl", "facts", ...panel.facts.map(panelLine)),
    ...neighbours,
    panel.has_similar ? similarButton(mark) : null,
    element("div", "links", ...links),
  ].filter(Boolean)
}

function markSection(mark, data, points) {
  const waiting = element("p", "waiting", "正在读取……")
  const quote = element("p", "quote", textBetween(points, mark.start, mark.end))
  const section = element("section", mark.kind, element("h2", "", mark.note), quote, waiting)
  const place = { iri: mark.iri, document: data.iri, start: mark.start, end: mark.end }
  fetched("reader/facts", place)
    .then((panel) => waiting.replaceWith(...knownOf(mark, panel)))
    .catch((error) => {
      waiting.className = "failure"
      waiting.textContent = error.message
    })
  return section
}

function placeSection(place, data, points) {
  const link = pageLink("", placeDestination(data, place), "打开此处")
  return element(
    "section",
    "place",
    element("h2", "", "此处"),
    element("p", "quote", textBetween(points, place.start, place.end)),
    copyLine("链接", link.href),
    copyLine("出处", citation(data, place)),
    element("p", "links", link, element("span", "", `第 ${place.start}–${place.end} 字`)),
  )
}

// The marks, the narrowest first: it is what the reader pointed at; then the place. Who opened it by the keyboard is
// taken there, and back to the opener at the end: in between lie a thousand marks.
function showPanel(panel, marks, place, data, points, opener) {
  const close = element("button", "close", "关闭")
  close.type = "button"
  close.onclick = () => {
    panel.replaceChildren()
    opener?.focus({ preventScroll: true })
  }
  panel.onkeydown = (event) => {
    if (event.key === "Escape") close.click()
  }
  const sections = marks.map((mark) => markSection(mark, data, points))
  panel.replaceChildren(close, ...sections, placeSection(place, data, points))
  panel.scrollTop = 0
  if (opener) close.focus({ preventScroll: true })
}
