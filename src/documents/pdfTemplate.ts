/** Data comes through `sys.inputs`, so Typst code in a title never runs. */
export const pdfTemplate = String.raw`
#let data = json(bytes(sys.inputs.data))
#let ink = rgb(data.colors.ink)
#let muted = rgb(data.colors.muted)
#let rule = rgb(data.colors.line)

#set document(title: data.title)
#set page(
  paper: "a4",
  flipped: true,
  margin: (x: data.margin * 1pt, top: 40pt, bottom: 50pt),
  footer: context [
    #set text(7.5pt, fill: muted)
    #line(length: 100%, stroke: .5pt + rule)
    #v(-6pt)
    #grid(columns: (1fr, auto), column-gutter: 16pt, data.footer, counter(page).display("1 / 1", both: true))
  ]
)
#set text(font: data.fonts, size: 9pt, fill: ink, lang: data.lang)
#set par(leading: .5em)
#show heading: set text(weight: 600)
#show heading.where(level: 1): set text(19pt)
#show heading.where(level: 2): set text(9.5pt)
#show heading: set block(above: 0pt, below: 5pt)
#show heading.where(level: 1): set block(above: 0pt, below: 10pt)

= #data.title
#text(fill: muted, data.subtitle)
#if data.description != none [
  #block(above: 7pt, below: 0pt, data.description)
]
#v(8pt)

#for band in data.bands {
  block(width: 100%, height: band.height * 1pt, breakable: false, above: 0pt, below: data.gap * 1pt, {
    for card in band.cards {
      place(top + left, dx: card.x * 1pt, dy: card.y * 1pt, block(
        width: card.width * 1pt,
        height: card.height * 1pt,
        radius: 5pt,
        inset: (x: card.padding * 1pt, y: 8pt),
        stroke: .6pt + rule,
        clip: true,
        {
          heading(level: 2, card.title)
          for caption in card.captions { text(7pt, fill: muted, caption); linebreak() }
          place(bottom + left, image(
            bytes(card.svg),
            format: "svg",
            width: card.imageWidth * 1pt,
            height: card.imageHeight * 1pt,
            alt: card.alt
          ))
        }
      ))
    }
  })
}

#if data.bands.len() > 0 { pagebreak(weak: true) }
= #data.numbers
#text(fill: muted, data.about)
#for table_ in data.tables {
  v(10pt)
  heading(level: 2, table_.title)
  block(below: 5pt, sticky: true, text(7.5pt, fill: muted, table_.text))
  set text(data.appendix.fontSize * 1pt)
  for part in table_.parts {
    if part.name != "" { block(above: 7pt, below: 4pt, sticky: true, text(fill: muted, part.name)) }
    show table: set block(breakable: part.rows.len() > 12)
    // A line break inside a number would separate its sign from its digits, so each number is in a box.
    table(
      columns: part.columns.map(column => column.width * 1pt),
      align: (x, y) => if part.columns.at(x).isNumber { right } else { left },
      stroke: (x, y) => (bottom: .4pt + rule),
      inset: (x: data.appendix.inset * 1pt, y: 3pt),
      fill: (x, y) => if y == 0 { rgb(data.colors.head) },
      table.header(..part.columns.map(column => text(weight: 600, column.label))),
      ..part.rows.map(row => row.enumerate().map(((x, cell)) => if part.columns.at(x).isNumber { box(cell) } else { cell })).flatten()
    )
  }
}
`
