// The editor is an element of the page itself (no shadow root): its list of completions measures itself against it.

const NAME = /[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*$/u
const MOST_COMPLETIONS = 60
const FEWEST_LETTERS = 2

function local(name) {
  return name.slice(name.indexOf(":") + 1)
}

// Properties begin with a small letter, and are what a predicate is; classes and concepts are not.
function isProperty({ name }) {
  return /^[a-z]/.test(local(name))
}

// Names that begin with what is typed come first, then those that hold it, in their label, too.
function matching(terms, typed, wantsProperty) {
  const wanted = typed.toLowerCase()
  const begins = ({ name }) => [name, local(name)].some((part) => part.toLowerCase().startsWith(wanted))
  const holds = ({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted)
  const first = terms.filter(begins)
  const found = [...first, ...terms.filter((term) => holds(term) && !first.includes(term))]
  const suits = (term) => isProperty(term) === wantsProperty
  return [...found.filter(suits), ...found.filter((term) => !suits(term))].slice(0, MOST_COMPLETIONS)
}

function typedBefore(yasqe) {
  const { line, ch } = yasqe.getDoc().getCursor()
  return yasqe.getDoc().getLine(line).slice(0, ch).match(NAME)[0]
}

function isInsideText(yasqe) {
  const { line, ch } = yasqe.getDoc().getCursor()
  const before = yasqe.getDoc().getLine(line).slice(0, ch - typedBefore(yasqe).length)
  return /[?$<"'#@\\]$/u.test(before) || ["comment", "string"].includes(yasqe.getTokenAt({ line, ch }).type)
}

// YASQE's own completers ask servers of the outside; this one knows our vocabulary.
function vocabularyCompleter(terms) {
  const labels = new Map(terms.map(({ name, label }) => [name, label]))
  return {
    name: "vocabulary",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => {
      const typed = typedBefore(yasqe)
      return (typed.length >= FEWEST_LETTERS || /\p{Script=Han}/u.test(typed)) && !isInsideText(yasqe)
    },
    preProcessToken: (yasqe, token) => {
      const { ch } = yasqe.getDoc().getCursor()
      const typed = typedBefore(yasqe)
      return { ...token, autocompletionString: typed, from: { ch: ch - typed.length }, to: { ch } }
    },
    get: (_yasqe, token) =>
      matching(terms, token.autocompletionString, token.state.possibleCurrent.includes("a")).map(({ name }) => name),
    postprocessHints: (_yasqe, hints) =>
      hints.map((hint) => ({ ...hint, displayText: `${hint.text}　${labels.get(hint.text)}` })),
  }
}

// YASQE explains a faulty line in English, in a box that opens under the mouse alone.
function explainInChinese(yasqe) {
  const check = yasqe.checkSyntax.bind(yasqe)
  yasqe.checkSyntax = () => {
    check()
    yasqe.getDoc().eachLine((line) => {
      const icon = line.gutterMarkers?.gutterErrorBar
      if (!icon) return
      const end = { line: yasqe.getDoc().getLineNumber(line), ch: line.text.length }
      const { errorMsg, possibleCurrent } = yasqe.getTokenAt(end, true).state
      icon.onmouseover = icon.onmouseout = null
      // The one message of its own is about a prefix.
      icon.title = errorMsg ? "这一行有没有声明的前缀。" : `这一行不合语法，此处可以是：${possibleCurrent.join("、")}`
      icon.setAttribute("role", "img")
      icon.setAttribute("aria-label", icon.title)
    })
  }
  yasqe.checkSyntax()
}

async function openEditor(place, data, run) {
  const { Yasqe } = await import(new URL(data.script, document.baseURI))
  if (!Yasqe.Autocompleters.vocabulary) Yasqe.registerAutocompleter(vocabularyCompleter(data.terms), false)
  const yasqe = new Yasqe(place, {
    value: data.text,
    autocompleters: ["vocabulary", "variables"],
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    editorHeight: "320px",
    requestConfig: { endpoint: new URL("sparql", document.baseURI).href },
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => {} },
    screenReaderLabel: "SPARQL 查询",
  })
  // The endpoint knows these prefixes, so that the editor must not ask for their declaration.
  const mode = yasqe.getMode()
  const startState = mode.startState
  mode.startState = (...given) => ({ ...startState(...given), prefixes: { ...data.prefixes } })
  explainInChinese(yasqe)
  yasqe.setValue(data.text)
  place.querySelectorAll("button").forEach((button) => {
    button.title = "放大或还原编辑器"
    button.setAttribute("aria-label", button.title)
  })
  return yasqe
}

function loadStyles(address) {
  const href = new URL(address, document.baseURI).href
  if ([...document.querySelectorAll("link")].some((link) => link.href === href)) return
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }))
}

const editors = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".kece-editor")
  const button = parentElement.querySelector(".kece-run")
  let editor = editors.get(place)
  if (!editor) {
    editor = { given: data.given }
    editors.set(place, editor)
    loadStyles(data.styles)
    editor.opened = openEditor(place, data, () => button.click())
  }
  editor.opened.then((yasqe) => {
    // What is being typed stays, unless the page has another query to show.
    if (editor.given !== data.given) yasqe.setValue(data.text)
    editor.given = data.given
    button.onclick = () => setTriggerValue("run", yasqe.getValue())
    button.disabled = false
  })
}
