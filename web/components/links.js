export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".links")
  list.replaceChildren(
    ...data.links.map((link) => element("li", "", pageLink("", link.destination, link.label))),
  )
}
