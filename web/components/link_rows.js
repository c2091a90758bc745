export default function ({ data, parentElement }) {
  const rows = data.rows.map((row) => {
    const links = row.links.map((link) => element("li", "", pageLink("", link.destination, link.label)))
    return element("div", "row", element("dt", "", row.title), element("dd", "", element("ul", "", ...links)))
  })
  parentElement.querySelector(".link-rows").replaceChildren(...rows)
}
