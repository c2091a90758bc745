function figure(data) {
  return element("li", "", filterLink("figure", data, data.note ? element("span", "note", data.note) : null))
}

export default function ({ data, parentElement }) {
  const nav = parentElement.querySelector(".figures")
  nav.setAttribute("aria-label", data.title)
  nav.replaceChildren(element("ul", "", ...data.figures.map((item) => figure(item))))
}
