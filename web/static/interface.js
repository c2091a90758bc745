// Streamlit's own words in Chinese: `words` are pairs of what it says and what is to be read.
// Text of documents is drawn in shadow trees and canvases, which this does not see.
;((words) => {
  // Streamlit says "en", which makes browsers offer a translation and pick Japanese glyphs.
  document.documentElement.lang = "zh-CN"
  if (window.keceInterface) return
  window.keceInterface = new Map(words)
  const read = ["aria-label", "title", "placeholder"]

  // "Fullscreen: 关系图": a label may name what the button is for.
  function meaning(text) {
    const [said, ...rest] = (text ?? "").trim().split(": ")
    const meant = window.keceInterface.get(said)
    return meant && [meant, ...rest].join("：")
  }

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const meant = window.keceInterface.get(node.data.trim())
      if (meant) node.data = meant
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of read) {
        const meant = meaning(node.getAttribute(name))
        if (meant) node.setAttribute(name, meant)
      }
      node.childNodes.forEach(translate)
    }
  }

  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(translate)
      else translate(target)
    }
  })
  const watched = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: read }
  observer.observe(document.body, watched)
  translate(document.body)
})
