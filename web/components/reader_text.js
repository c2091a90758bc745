// Drawing the text: a paragraph a line, in it the sentences, in them the stretches between which the marks change.

const CHARACTERS_A_LINE = 40
const LINE_HEIGHT = 2.1
const LINES_AT_ONCE = 200

// Cut the text wherever a mark, a sentence, the linked place or a line begins or ends: marks may nest and overlap.
function boundaries(points, data) {
  const cuts = new Set([0, points.length, ...data.sentences])
  for (const mark of data.marks) cuts.add(mark.start).add(mark.end)
  if (data.target) cuts.add(data.target.start).add(data.target.end)
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

// The names in which marks come are not repeated for each of them.
function readMarks(data) {
  return data.marks.map(([kind, start, end, note, iri]) => ({
    kind,
    start,
    end,
    note: data.notes[note],
    iri: iri.startsWith("/") ? data.iri + iri : iri,
  }))
}

function stretch(text, active, beginning, data, inTarget) {
  if (!active.size && !inTarget) return document.createTextNode(text)
  const node = document.createElement("span")
  node.textContent = text
  const kinds = new Set([...active].map((index) => data.marks[index].kind))
  node.className = [...kinds, ...(inTarget ? ["target"] : [])].join(" ")
  if (active.size) node.dataset.marks = [...active].join(" ")
  if (beginning.length) {
    node.dataset.beginning = beginning.map((index) => data.marks[index].kind).join(" ")
    makeReachable(node, data.hidden)
  }
  return node
}

// A mark that is hidden can be neither clicked nor reached by the keyboard.
function makeReachable(node, hidden) {
  if (node.dataset.beginning.split(" ").some((kind) => !hidden.has(kind))) {
    node.tabIndex = 0
    node.setAttribute("role", "button")
  } else {
    node.removeAttribute("tabindex")
    node.removeAttribute("role")
  }
}

// Which sentence each of its first characters belongs to, for those that have any.
function sentencesByStart(sentences) {
  const ends = new Map()
  for (let index = 0; index < sentences.length; index += 2) ends.set(sentences[index], sentences[index + 1])
  return ends
}

function newLine(start, depth) {
  const line = element("p", depth === undefined ? "line" : `line depth${Math.min(depth, 3)}`)
  line.dataset.start = start
  return line
}

function newSentence(start, end) {
  const node = element("span", "sentence")
  node.dataset.start = start
  node.dataset.end = end
  return node
}

// A line that is out of sight is not laid out; until it is, it counts as high as its characters make it.
function reserveHeight(line, characters) {
  const rows = Math.max(1, Math.ceil(characters / CHARACTERS_A_LINE))
  line.style.containIntrinsicHeight = `auto ${rows * LINE_HEIGHT}em`
}

// Draws into the body, and pauses after each part of it.
function* drawingOf(body, data, points) {
  const depths = new Map(data.outline.map((entry) => [entry.start, entry.depth]))
  const starts = marksByStart(data.marks)
  const address = sentenceAddress(data)
  const sentenceEnds = sentencesByStart(data.sentences)
  const cuts = boundaries(points, data)
  const active = new Set()
  const part = document.createDocumentFragment()
  let [line, sentence] = [newLine(0, depths.get(0)), null]
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]]
    for (const mark of active) if (data.marks[mark].end <= start) active.delete(mark)
    const beginning = starts.get(start) ?? []
    beginning.forEach((mark) => active.add(mark))
    if (sentenceEnds.has(start)) {
      sentence = newSentence(start, sentenceEnds.get(start))
      line.append(sentence)
    }
    if (points[start] === "\n") {
      reserveHeight(line, start - line.dataset.start)
      part.append(line)
      line = newLine(end, depths.get(end))
      if (part.childElementCount === LINES_AT_ONCE) {
        body.append(part)
        yield
      }
    } else {
      const inTarget = data.target && data.target.start <= start && end <= data.target.end
      const words = stretch(textBetween(points, start, end), active, beginning, data, inTarget)
      ;(sentence ?? line).append(words)
    }
    if (sentence && sentence.dataset.end <= end) {
      sentence.append(sentenceLink(address, sentence))
      sentence = null
    }
  }
  reserveHeight(line, points.length - line.dataset.start)
  body.append(part, line)
}

// The beginning, up to the linked place if there is one, at once; what follows while it is already being read.
function drawText(body, data, points) {
  const drawing = drawingOf(body, data, points)
  let drawn = drawing.next().done
  while (!drawn && data.target && !body.querySelector(".target")) drawn = drawing.next().done
  const goOn = () => {
    if (!drawing.next().done) setTimeout(goOn)
  }
  if (!drawn) setTimeout(goOn)
}
