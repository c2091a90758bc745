const drawn = new WeakMap() // how each section is drawn now: the function below runs again with the page

export default function ({ data, parentElement }) {
  const section = parentElement.querySelector(".past")
  const draw = () => {
    const past = pastQuestions().slice(0, data.most)
    section.hidden = past.length === 0
    const links = past.map((question) =>
      element("li", "", pageLink("", { path: data.path, parameters: { q: question } }, question)),
    )
    section.replaceChildren(
      element("h2", "", "本次打开以来搜过的"),
      element("ul", "links", ...links),
      element("p", "", "只记在这个浏览器标签页里，关闭即消失。", forgetButton()),
    )
  }
  window.removeEventListener(PAST_CHANGED, drawn.get(section))
  window.addEventListener(PAST_CHANGED, draw)
  drawn.set(section, draw)
  draw()
  return () => window.removeEventListener(PAST_CHANGED, draw)
}
