const SHOWN = 6

function optionList(group, expanded) {
  const items = group.options.map(({ label, count, value }) => {
    const selected = group.filtering.chosen.includes(value)
    const destination = filterAddress(group.filtering, value)
    return element("li", "", filterLink("option", { label, count, selected, destination }))
  })
  if (group.unlisted) items.push(element("li", "unlisted", `另有 ${group.unlisted} 个未列出，可写进问题里查`))
  const list = element("ul", "", ...items)
  const rest = items.slice(SHOWN)
  if (rest.length < 2) return [list] // the button would take the place of the one value it hides
  const more = element("button", "more")
  more.type = "button"
  const show = (all) => {
    for (const item of rest) item.hidden = !all
    more.ariaExpanded = String(all)
    more.textContent = all ? "收起" : "更多"
  }
  more.onclick = () => show(more.ariaExpanded === "false")
  show(expanded)
  return [list, more]
}

function facet(group, before) {
  const details = element("details", "facet", element("summary", "", group.title))
  details.dataset.title = group.title
  details.append(...optionList(group, before?.querySelector(".more")?.ariaExpanded === "true"))
  details.open = before ? before.open : group.open || group.filtering.chosen.length > 0
  return details
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".facets")
  // Following a filter draws all anew: what the reader has unfolded stays so.
  const before = new Map([...root.querySelectorAll(".facet")].map((node) => [node.dataset.title, node]))
  const wide = window.matchMedia("(min-width: 641px)")
  const all = element("details", "all", element("summary", "", "筛选"))
  all.append(...data.groups.map((group) => facet(group, before.get(group.title))))
  if (data.note) all.append(element("p", "note", data.note))
  all.open = wide.matches
  wide.onchange = () => (all.open = wide.matches)
  root.replaceChildren(...(data.groups.length ? [all] : []))
}
