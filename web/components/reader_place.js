// Places: the link to one, how it is cited, and the place that a reader has selected.

function placeDestination(data, place) {
  const parameters = { ...data.destination.parameters, start: String(place.start), end: String(place.end) }
  return { path: data.destination.path, parameters }
}

// What the links to sentences have in common: there are thousands of them.
function sentenceAddress(data) {
  return pageLink("", placeDestination(data, { start: "START", end: "END" })).href
}

// The paragraph sign stands behind its sentence and shows when that is pointed at or the sign has the focus.
function sentenceLink(address, sentence) {
  const link = document.createElement("a")
  link.className = "sign"
  link.href = address.replace("START", sentence.dataset.start).replace("END", sentence.dataset.end)
  link.setAttribute("aria-label", "这一句的链接")
  return link
}

// 《题名》第十四条第二款: what the innermost provision round the place is called.
function citation(data, place) {
  let name = ""
  for (const [start, end, called] of data.provisions) {
    if (start > place.start) break
    if (place.end <= end) name = called
  }
  return `《${data.head.title}》${name}`
}

function lineAt(node) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".line")
}

function offsetIn(line, node, offset) {
  const range = document.createRange()
  range.setStart(line, 0)
  range.setEnd(node, offset)
  return Number(line.dataset.start) + codePoints(range.toString()).length
}

// The selection in the text; null where nothing is selected.
function selectionIn(body) {
  const root = body.getRootNode()
  const selection = root.getSelection ? root.getSelection() : document.getSelection()
  return selection?.rangeCount && !selection.isCollapsed ? selection : null
}

// The place that is selected, without white space at its ends; null where nothing is.
function selectedPlace(body, points) {
  const selection = selectionIn(body)
  if (!selection) return null
  const range = selection.getRangeAt(0)
  const [first, last] = [lineAt(range.startContainer), lineAt(range.endContainer)]
  if (!first || !last || !body.contains(first) || !body.contains(last)) return null
  let start = offsetIn(first, range.startContainer, range.startOffset)
  let end = offsetIn(last, range.endContainer, range.endOffset)
  while (start < end && !points[start].trim()) start += 1
  while (end > start && !points[end - 1].trim()) end -= 1
  return start < end ? { start, end, rectangle: range.getBoundingClientRect() } : null
}

function copyLine(name, value) {
  const field = element("input", "copied")
  const button = element("button", "", `复制${name}`)
  const status = element("span", "status")
  field.value = value
  field.readOnly = true
  field.setAttribute("aria-label", name)
  status.setAttribute("role", "status")
  button.type = "button"
  button.onclick = async () => {
    status.textContent = await copyText(field.value, () => field.select())
  }
  return element("div", "copyline", field, button, status)
}
