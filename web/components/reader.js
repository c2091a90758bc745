function drawHead(root, data) {
  root.querySelector("h1").textContent = data.head.title
  const about = data.head.facts.map(([name, value]) =>
    element("div", "fact", element("dt", "", name), element("dd", "", value)),
  )
  root.querySelector(".about").replaceChildren(...about)
  const text = element("a", "", "全文 TXT")
  if (root.textAddress) URL.revokeObjectURL(root.textAddress) // that of an earlier document
  root.textAddress = URL.createObjectURL(new Blob([data.text], { type: "text/plain;charset=utf-8" }))
  text.href = root.textAddress
  text.download = `${data.head.title}.txt`
  const files = data.head.files.map(([name, address]) => {
    const link = element("a", "", name)
    link.href = address
    return link
  })
  const print = element("button", "", "打印")
  print.type = "button"
  print.onclick = () => window.print()
  const links = data.head.links.map(([label, destination]) => pageLink("", destination, label))
  root.querySelector(".ways").replaceChildren(...links, text, ...files, print)
}

function drawOutline(root, data, body) {
  const open = (start) => {
    const line = body.querySelector(`p[data-start="${start}"]`)
    if (!line) return // not drawn yet
    line.scrollIntoView({ block: "start" })
    line.tabIndex = -1
    line.focus({ preventScroll: true })
  }
  const entries = data.outline.map((entry) => {
    const button = element("button", `depth${Math.min(entry.depth, 3)}`, entry.label)
    button.type = "button"
    button.onclick = () => open(entry.start)
    return element("li", "", button)
  })
  const outline = root.querySelector(".outline")
  outline.querySelector("ol").replaceChildren(...entries)
  outline.hidden = !entries.length
  outline.open = window.matchMedia("(min-width: 900px)").matches
}

// What is hidden stays in the address without asking Streamlit to draw all again.
function keepInAddress(hidden) {
  const address = new URL(window.location.href)
  address.searchParams.delete("hide")
  for (const kind of hidden) address.searchParams.append("hide", kind)
  window.history.replaceState(window.history.state, "", address)
}

function drawLegend(root, body, { kinds, hidden }) {
  const labels = Object.entries(kinds).map(([kind, label]) => {
    const box = element("input", "")
    box.type = "checkbox"
    box.value = kind
    box.checked = !hidden.has(kind)
    root.classList.toggle(`without-${kind}`, !box.checked)
    box.onchange = () => {
      if (box.checked) hidden.delete(kind)
      else hidden.add(kind)
      root.classList.toggle(`without-${kind}`, !box.checked)
      for (const node of body.querySelectorAll("[data-beginning]")) makeReachable(node, hidden)
      keepInAddress(hidden)
    }
    return element("label", "", box, element("span", kind, label))
  })
  root.querySelector(".legend").replaceChildren(...labels)
}

// The narrowest mark first: it is what the reader pointed at.
function marksOf(node, { marks, hidden }) {
  if (!node) return []
  const pointedAt = node.dataset.marks.split(" ").map((index) => marks[Number(index)])
  return pointedAt.filter((mark) => !hidden.has(mark.kind)).sort((a, b) => a.end - a.start - (b.end - b.start))
}

function connectTip(root, body, data) {
  const tip = root.querySelector(".tip")
  const show = (event) => {
    const node = event.target.closest("[data-marks]")
    const marks = selectionIn(body) ? [] : marksOf(node, data) // it would cover what is offered for the selection
    tip.hidden = !marks.length
    if (!marks.length) return
    node.setAttribute("aria-describedby", "tip")
    tip.replaceChildren(...marks.map((mark) => element("div", mark.kind, mark.note)))
    const { left, bottom } = node.getClientRects()[0]
    tip.style.left = `${Math.max(0, Math.min(left, window.innerWidth - tip.offsetWidth - 16))}px`
    tip.style.top = `${bottom + 4}px`
  }
  const hide = () => {
    tip.hidden = true
  }
  body.onmouseover = show
  body.addEventListener("focusin", show)
  body.addEventListener("focusout", hide)
  body.onmouseleave = hide
  return hide
}

function connectText(root, body, data, points) {
  const panel = root.querySelector(".panel")
  const hideTip = connectTip(root, body, data)
  const open = (event) => {
    const sentence = event.target.closest(".sentence")
    if (!sentence || selectedPlace(body, points)) return false
    const isSign = event.target.closest(".sign")
    if (isSign) event.preventDefault()
    const marks = isSign ? [] : marksOf(event.target.closest("[data-marks]"), data)
    const place = { start: Number(sentence.dataset.start), end: Number(sentence.dataset.end) }
    const opener = event.type === "keydown" ? event.target.closest("[tabindex], .sign") : null
    showPanel(panel, marks, place, data, points, opener)
    hideTip()
    return true
  }
  body.onclick = open
  body.onkeydown = (event) => {
    if (event.key === "Escape") hideTip()
    if ((event.key === "Enter" || event.key === " ") && open(event)) event.preventDefault()
  }
}

function connectSelection(root, body, data, points) {
  const button = root.querySelector(".copy")
  let place = null
  const offer = () => {
    place = selectedPlace(body, points)
    button.hidden = !place
    if (!place) return
    root.querySelector(".tip").hidden = true
    const { left, bottom } = place.rectangle
    button.style.left = `${Math.max(8, Math.min(left, window.innerWidth - 150))}px`
    button.style.top = `${Math.min(bottom + 6, window.innerHeight - 44)}px`
  }
  body.onmouseup = body.onkeyup = () => setTimeout(offer) // the selection changes after the event
  button.onclick = () => {
    button.hidden = true
    const panel = root.querySelector(".panel")
    showPanel(panel, [], place, data, points)
    panel.querySelector(".copyline button").click()
  }
}

function targetMarks(data) {
  if (!data.target) return []
  const inside = data.marks.filter(
    (mark) =>
      ["measure", "norm"].includes(mark.kind) && data.target.start <= mark.start && mark.end <= data.target.end,
  )
  const exact = inside.filter((mark) => mark.start === data.target.start)
  return exact.length ? exact : inside
}

export default function ({ data: given, parentElement }) {
  const root = parentElement.querySelector(".reader")
  const body = element("article", "body") // a new one: listeners of an earlier document go with it
  // A link inside the document says nothing of what is hidden: it stays so.
  const hidden = new Set(given.hidden.length ? given.hidden : (root.hiddenKinds ?? []))
  root.hiddenKinds = hidden
  keepInAddress(hidden)
  const data = { ...given, marks: readMarks(given), hidden }
  const points = codePoints(data.text)
  drawHead(root, data)
  drawText(body, data, points)
  root.querySelector(".body").replaceWith(body)
  drawOutline(root, data, body)
  drawLegend(root, body, data)
  connectText(root, body, data, points)
  connectSelection(root, body, data, points)
  const panel = root.querySelector(".panel")
  panel.replaceChildren()
  if (data.target) showPanel(panel, targetMarks(data), data.target, data, points)
  requestAnimationFrame(() => body.querySelector(".target")?.scrollIntoView({ block: "center" }))
}
