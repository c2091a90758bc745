// Shared by every component. Document text enters the page through textContent alone, so markup in it stays inert.

function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children.filter((child) => child !== null && child !== undefined))
  return node
}

// Python counts code points, JavaScript strings UTF-16 units: offsets apply to this array only.
function codePoints(text) {
  return Array.from(text)
}

function textBetween(points, start, end) {
  return points.slice(start, end).join("")
}

function markedQuote(text, marks, tag = "mark") {
  const points = codePoints(text)
  const quote = element("span", "quote")
  let position = 0
  for (const [start, end] of marks) {
    quote.append(textBetween(points, position, start), element(tag, "", textBetween(points, start, end)))
    position = end
  }
  quote.append(textBetween(points, position, points.length))
  return quote
}

function addressOf(destination) {
  const query = new URLSearchParams()
  for (const [name, values] of Object.entries(destination.parameters)) {
    for (const value of [values].flat()) query.append(name, value)
  }
  return query.size ? `${destination.path}?${query}` : destination.path
}

// Stays in the session: Streamlit follows the address on popstate, as it does for the browser's back button.
function follow(address) {
  window.history.pushState(null, "", address)
  window.dispatchEvent(new PopStateEvent("popstate"))
}

// A true link, so that it can be copied and opened in a new tab; a plain click stays in the session.
function pageLink(className, destination, ...children) {
  const link = element("a", className, ...children)
  link.href = addressOf(destination)
  link.onclick = (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    follow(link.href)
  }
  return link
}

// The view that filters by a value as well, or no longer where it does so already.
function filterAddress({ parameter, without, chosen, alone }, value) {
  const others = alone ? [] : chosen.filter((each) => each !== value)
  const values = chosen.includes(value) ? others : [...others, value]
  return { path: without.path, parameters: { ...without.parameters, [parameter]: values } }
}

// A link that shows only what it counts, or all again where that is so already.
function filterLink(className, { label, count, destination, selected }, ...children) {
  const parts = [element("span", "label", label), element("span", "count", String(count)), ...children]
  const link = pageLink(selected ? `${className} selected` : className, destination, ...parts)
  if (selected) link.setAttribute("aria-current", "true")
  link.title = selected ? "取消这一筛选" : "只看这一类"
  return link
}

function factList(facts) {
  const list = element("dl", "facts")
  for (const [name, value] of facts) {
    list.append(element("div", "fact", element("dt", "", name), element("dd", "", value)))
  }
  return list
}
