export default function ({ data, parentElement }) {
  const groups = data.groups.map((group) => {
    const links = group.segments.map((segment) => {
      const link = pageLink(segment.selected ? "segment selected" : "segment", segment.destination, segment.label)
      if (segment.selected) link.setAttribute("aria-current", "true")
      return link
    })
    return element("div", "group", element("span", "title", group.label), element("span", "choices", ...links))
  })
  parentElement.querySelector(".segments").replaceChildren(...groups)
}
