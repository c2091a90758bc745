function figure(data) {
  const link = pageLink(
    data.selected ? "figure selected" : "figure",
    data.destination,
    element("span", "label", data.label),
    element("span", "count", String(data.count)),
    data.note ? element("span", "note", data.note) : null,
  )
  if (data.selected) link.setAttribute("aria-current", "true")
  link.title = data.selected ? "取消这一筛选" : "只看这一类"
  return element("li", "", link)
}

export default function ({ data, parentElement }) {
  const nav = parentElement.querySelector(".figures")
  nav.setAttribute("aria-label", data.title)
  nav.replaceChildren(element("ul", "", ...data.figures.map((item) => figure(item))))
}
