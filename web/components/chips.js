export default function ({ data, parentElement }) {
  const chips = data.chips.map((chip) => {
    const link = pageLink("chip", chip.destination, element("span", "label", chip.label), element("span", "cross", "×"))
    link.title = "取消这一筛选"
    return link
  })
  const links = [...chips, pageLink("clear", data.clear, "清除筛选")]
  parentElement.querySelector(".chips").replaceChildren(...links.map((link) => element("li", "", link)))
}
