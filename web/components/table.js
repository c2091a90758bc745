function cellContent(cell, largest) {
  const text = String(cell.value)
  const shown = cell.destination ? pageLink("open", cell.destination, text) : element("span", "", text)
  if (!largest) return [shown]
  const bar = element("span", "bar")
  bar.style.width = `${(100 * cell.value) / largest}%`
  bar.setAttribute("aria-hidden", "true") // the number beside it says the same
  return [shown, element("span", "track", bar)]
}

function columnClass(data, column) {
  if (column === data.bar) return "measured"
  if (data.wide.includes(column)) return "wide"
  return data.rows.length > 0 && typeof data.rows[0][column].value === "number" ? "number" : ""
}

function bodyRow(cells, data, largest) {
  const row = element("tr", "")
  cells.forEach((cell, column) => {
    const node = element(column ? "td" : "th", columnClass(data, column))
    if (!column) node.scope = "row"
    node.append(...cellContent(cell, column === data.bar ? largest : 0))
    row.append(node)
  })
  return row
}

function compared(first, second) {
  if (typeof first === "number" && typeof second === "number") return first - second
  return String(first).localeCompare(String(second), "zh-CN", { numeric: true })
}

export default function ({ data, parentElement }) {
  const frame = parentElement.querySelector(".frame")
  const more = parentElement.querySelector(".more")
  const largest = data.bar === null ? 0 : Math.max(...data.rows.map((row) => row[data.bar].value))
  const body = element("tbody", "")
  const heads = data.header.map((name, column) => element("th", columnClass(data, column)))
  let sorted = { column: null, descending: false }
  let whole = false

  function draw() {
    const rows = [...data.rows]
    if (sorted.column !== null) {
      const sign = sorted.descending ? -1 : 1
      rows.sort((first, second) => sign * compared(first[sorted.column].value, second[sorted.column].value))
    }
    const shown = whole ? rows : rows.slice(0, data.folded)
    body.replaceChildren(...shown.map((row) => bodyRow(row, data, largest)))
    heads.forEach((head, column) => {
      const direction = sorted.descending ? "descending" : "ascending"
      head.setAttribute("aria-sort", column === sorted.column ? direction : "none")
    })
    more.hidden = rows.length <= data.folded
    more.textContent = whole ? "收起" : `显示全部 ${rows.length} 行`
  }

  heads.forEach((head, column) => {
    const button = element("button", "sort", data.header[column])
    button.type = "button"
    head.scope = "col"
    // Numbers are asked for from the largest down, names from the first up.
    const starts = data.rows.length > 0 && typeof data.rows[0][column].value === "number"
    button.onclick = () => {
      sorted = { column, descending: sorted.column === column ? !sorted.descending : starts }
      draw()
    }
    head.append(button)
  })
  more.onclick = () => {
    whole = !whole
    draw()
  }
  frame.tabIndex = 0 // so that the keyboard can scroll it
  frame.setAttribute("role", "region")
  frame.setAttribute("aria-label", data.title)
  frame.replaceChildren(element("table", "", element("thead", "", element("tr", "", ...heads)), body))
  draw()
}
