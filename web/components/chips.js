export default function ({ data, parentElement }) {
  const chips = data.selected.flatMap(({ filtering, chips }) =>
    chips.map(({ label, value }) => {
      const parts = [element("span", "label", label), element("span", "cross", "×")]
      const link = pageLink("chip", filterAddress(filtering, value), ...parts)
      link.title = "取消这一筛选"
      return link
    }),
  )
  const links = [...chips, pageLink("clear", data.clear, "清除筛选")]
  parentElement.querySelector(".chips").replaceChildren(...links.map((link) => element("li", "", link)))
}
