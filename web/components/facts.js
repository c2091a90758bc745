function knownValue([value, reason]) {
  return element("span", "one", element("span", "value", value), element("span", "reason", `（${reason}）`))
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".known")
  list.replaceChildren(
    ...data.lines.map((line) =>
      element("div", "line", element("dt", "", line.aspect), element("dd", "", ...line.values.map(knownValue))),
    ),
  )
}
