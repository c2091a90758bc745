const KINDS = ["actor", "measure", "norm"]

// Cut the text wherever a mark, the linked place or a line begins or ends: marks may nest and overlap.
function boundaries(points, marks, target) {
  const cuts = new Set([0, points.length])
  for (const mark of marks) cuts.add(mark.start).add(mark.end)
  if (target) cuts.add(target.start).add(target.end)
  points.forEach((point, position) => {
    if (point === "\n") cuts.add(position).add(position + 1)
  })
  return [...cuts].filter((cut) => cut <= points.length).sort((a, b) => a - b)
}

function marksByStart(marks) {
  const starts = new Map()
  marks.forEach((mark, index) => {
    if (!starts.has(mark.start)) starts.set(mark.start, [])
    starts.get(mark.start).push(index)
  })
  return starts
}

function segment(text, active, begins, marks, inTarget) {
  if (!active.size && !inTarget) return document.createTextNode(text)
  const kinds = new Set([...active].map((index) => marks[index].kind))
  const node = element("span", KINDS.filter((kind) => kinds.has(kind)).join(" "), text)
  if (inTarget) node.classList.add("target")
  if (active.size) node.dataset.marks = [...active].join(" ")
  if (begins) {
    node.tabIndex = 0
    node.setAttribute("role", "button")
  }
  return node
}

function drawText(body, data, points) {
  const levels = new Map(data.outline.map((entry) => [entry.start, entry.depth]))
  const starts = marksByStart(data.marks)
  const cuts = boundaries(points, data.marks, data.target)
  const active = new Set()
  let line = null
  const newLine = (position) => {
    line = element("p", levels.has(position) ? `line depth${Math.min(levels.get(position), 3)}` : "line")
    line.dataset.start = position
    body.append(line)
  }
  newLine(0)
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]]
    for (const mark of active) if (data.marks[mark].end <= start) active.delete(mark)
    const beginning = starts.get(start) ?? []
    beginning.forEach((mark) => active.add(mark))
    const text = textBetween(points, start, end)
    if (text === "\n") {
      newLine(end)
    } else {
      const inTarget = data.target && data.target.start <= start && end <= data.target.end
      line.append(segment(text, active, beginning.length > 0, data.marks, inTarget))
    }
  }
}

function showFacts(panel, marks, points) {
  const sections = marks.map((mark) =>
    element(
      "section",
      mark.kind,
      element("h3", "", mark.label),
      element("p", "quote", textBetween(points, mark.start, mark.end)),
      factList([...mark.facts, ["字符", `${mark.start}–${mark.end}`]]),
      pageLink("permalink", mark.destination, "此处的链接"),
    ),
  )
  const close = element("button", "close", "关闭")
  close.type = "button"
  close.onclick = () => panel.replaceChildren()
  panel.replaceChildren(close, ...sections)
}

// The narrowest mark first: it is what the reader pointed at.
function marksOf(node, data) {
  const indices = node.dataset.marks.split(" ").map(Number)
  return indices.map((index) => data.marks[index]).sort((a, b) => a.end - a.start - (b.end - b.start))
}

function targetMarks(data) {
  if (!data.target) return []
  const inside = data.marks.filter(
    (mark) => mark.kind !== "actor" && data.target.start <= mark.start && mark.end <= data.target.end,
  )
  const exact = inside.filter((mark) => mark.start === data.target.start)
  return exact.length ? exact : inside
}

function drawOutline(list, body, data) {
  const scrollTo = (start) => body.querySelector(`p[data-start="${start}"]`)?.scrollIntoView({ block: "start" })
  list.replaceChildren(
    ...data.outline.map((entry) => {
      const button = element("button", `depth${Math.min(entry.depth, 3)}`, entry.label)
      button.type = "button"
      button.onclick = () => scrollTo(entry.start)
      return element("li", "", button)
    }),
  )
}

function connectToggles(root) {
  for (const box of root.querySelectorAll(".legend input")) {
    root.classList.toggle(`without-${box.value}`, !box.checked)
    box.onchange = () => root.classList.toggle(`without-${box.value}`, !box.checked)
  }
}

function connectMarks(body, panel, data, points) {
  const open = (event) => {
    const node = event.target.closest("[data-marks]")
    if (node) showFacts(panel, marksOf(node, data), points)
    return Boolean(node)
  }
  body.onclick = open
  body.onkeydown = (event) => {
    if ((event.key === "Enter" || event.key === " ") && open(event)) event.preventDefault()
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".reader")
  const body = root.querySelector(".body")
  const panel = root.querySelector(".panel")
  const points = codePoints(data.text)
  body.replaceChildren()
  panel.replaceChildren()
  drawText(body, data, points)
  drawOutline(root.querySelector(".outline ol"), body, data)
  root.querySelector(".outline").open = window.matchMedia("(min-width: 900px)").matches
  connectToggles(root)
  connectMarks(body, panel, data, points)
  const linked = targetMarks(data)
  if (linked.length) showFacts(panel, linked, points)
  requestAnimationFrame(() => body.querySelector(".target")?.scrollIntoView({ block: "center" }))
}
