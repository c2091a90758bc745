function facetOption(option) {
  const link = pageLink(
    option.selected ? "option selected" : "option",
    option.destination,
    element("span", "label", option.label),
    element("span", "count", String(option.count)),
  )
  if (option.selected) link.setAttribute("aria-current", "true")
  link.title = option.selected ? "取消这一筛选" : "只看这一类"
  return element("li", "", link)
}

function facet(group, open) {
  const items = group.options.map((option) => facetOption(option))
  const details = element("details", "facet", element("summary", "", group.title), element("ul", "", ...items))
  details.open = open || group.options.some((option) => option.selected)
  return details
}

export default function ({ data, parentElement }) {
  const wide = window.matchMedia("(min-width: 640px)").matches
  const root = parentElement.querySelector(".facets")
  root.replaceChildren(...data.groups.map((group) => facet(group, wide)))
}
