// Browsers let a page write to the clipboard over HTTPS and on this machine only; elsewhere the reader copies what
// ``select`` selects. Gives what to say of it.
async function copyText(text, select) {
  try {
    await navigator.clipboard.writeText(text)
    return "已复制"
  } catch {
    select()
    return "已选中，请按 Ctrl+C"
  }
}
