// The questions that this tab has asked; they stay in it and end with it.
const PAST = "kece.questions"
const PAST_CHANGED = "kece-questions-changed"
const MOST_PAST = 20

function pastQuestions() {
  return JSON.parse(window.sessionStorage.getItem(PAST) ?? "[]")
}

function keep(questions) {
  window.sessionStorage.setItem(PAST, JSON.stringify(questions))
  window.dispatchEvent(new Event(PAST_CHANGED))
}

function remember(question) {
  const others = pastQuestions().filter((past) => past !== question)
  keep([question, ...others].slice(0, MOST_PAST))
}

function forgetButton() {
  const button = element("button", "forget", "清除搜过的")
  button.type = "button"
  button.onclick = () => keep([])
  return button
}
