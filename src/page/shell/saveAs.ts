export const saveAs = (file: Blob, title: string, extension: string) => {
  const address = URL.createObjectURL(file)
  const link = document.createElement("a")
  link.href = address
  link.download = `${title.replaceAll(/[\\/:*?"<>|]/g, " ")}.${extension}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
