// The combobox of WAI-ARIA's Authoring Practices: focus stays in the box, arrows move along the list under it.
const TYPING_PAUSE_MILLISECONDS = 120
const MOST_SUGGESTED = 8
const MOST_PAST_SHOWN = 5

async function suggestions(typed, signal) {
  const answer = await fetch(`api/suggest?${new URLSearchParams({ q: typed, limit: MOST_SUGGESTED })}`, { signal })
  return answer.ok ? (await answer.json()).suggestions : []
}

function listOption(choice, number, choose) {
  const details = element("span", "detail", ...[choice.number, choice.kind].filter(Boolean).map((text) => element("span", "", text)))
  const option = element("li", choice.past ? "past" : "", element("span", "name", choice.text), details)
  option.id = `name-${number}`
  option.setAttribute("role", "option")
  option.setAttribute("aria-selected", "false")
  option.onclick = () => choose(choice)
  return option
}

class SearchBox {
  constructor(root) {
    this.form = root.querySelector(".asking")
    this.input = root.querySelector("input")
    this.popup = root.querySelector(".popup")
    this.list = root.querySelector("ul")
    this.forget = forgetButton()
    this.popup.append(this.forget)
    this.choices = []
    this.active = -1
    this.given = null
    this.pause = 0
    this.request = new AbortController()
    this.input.oninput = (event) => event.isComposing || this.typed()
    this.input.addEventListener("compositionend", () => this.typed())
    this.input.onfocus = () => this.typed()
    this.input.onkeydown = (event) => this.key(event)
    this.form.onsubmit = (event) => {
      event.preventDefault()
      this.ask(this.input.value)
    }
    this.popup.onmousedown = (event) => event.preventDefault() // the focus stays in the box
    this.forget.addEventListener("click", () => this.close())
    this.form.addEventListener("focusout", (event) => this.form.contains(event.relatedTarget) || this.close())
  }

  draw(data) {
    this.data = data
    this.input.ariaLabel = data.label
    this.input.placeholder = data.placeholder
    // The address decides, not what the box remembers; what is being typed is left alone.
    if (this.given !== data.value || !this.input.matches(":focus")) this.input.value = data.value
    this.given = data.value
    if (data.value) remember(data.value)
  }

  typed() {
    const typed = this.input.value.trim()
    this.cancel()
    if (!typed || typed === this.given) {
      this.show(typed ? [] : this.past(""))
      return
    }
    this.pause = setTimeout(async () => {
      const request = (this.request = new AbortController())
      try {
        const found = await suggestions(typed, request.signal)
        if (request === this.request && !request.signal.aborted) this.show([...this.past(typed), ...this.named(found)])
      } catch {
        // Superseded, or the server is away: asking says so, typing goes on.
      }
    }, TYPING_PAUSE_MILLISECONDS)
  }

  cancel() {
    clearTimeout(this.pause)
    this.request.abort()
  }

  past(typed) {
    const found = pastQuestions().filter((question) => question !== this.given && question.includes(typed))
    return found.slice(0, typed ? 2 : MOST_PAST_SHOWN).map((text) => ({ text, kind: "搜过", past: true }))
  }

  named(found) {
    return found.map((name) => ({ ...name, kind: this.data.kinds[name.kind] }))
  }

  show(choices) {
    this.choices = choices
    this.active = -1
    this.list.replaceChildren(...choices.map((choice, number) => listOption(choice, number, (one) => this.choose(one))))
    this.forget.hidden = !choices.some((choice) => choice.past)
    this.popup.hidden = choices.length === 0
    this.input.ariaExpanded = String(choices.length > 0)
    this.input.removeAttribute("aria-activedescendant")
  }

  close() {
    this.cancel()
    this.show([])
  }

  move(step) {
    const places = this.choices.length + 1 // one of them is the box itself
    this.active = ((this.active + 1 + step + places) % places) - 1
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(number === this.active))
    }
    if (this.active < 0) {
      this.input.removeAttribute("aria-activedescendant")
    } else {
      this.input.setAttribute("aria-activedescendant", `name-${this.active}`)
      this.list.children[this.active].scrollIntoView({ block: "nearest" })
    }
  }

  key(event) {
    if (event.isComposing) return
    const isOpen = this.choices.length > 0
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1)
      else this.typed()
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault()
      this.choose(this.choices[this.active])
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault()
      this.close()
    }
  }

  choose(choice) {
    if (choice.iri) {
      this.close()
      follow(addressOf({ path: this.data.document, parameters: { document: choice.iri.split("/").at(-1) } }))
    } else {
      this.input.value = choice.text
      this.ask(choice.text)
    }
  }

  ask(typed) {
    this.close()
    const question = typed.trim()
    const { path, parameters } = this.data.destination
    follow(addressOf({ path, parameters: question ? { q: question, ...parameters } : parameters }))
  }
}

const boxes = new WeakMap()

export default function ({ data, parentElement }) {
  if (!boxes.has(parentElement)) boxes.set(parentElement, new SearchBox(parentElement))
  boxes.get(parentElement).draw(data)
}
