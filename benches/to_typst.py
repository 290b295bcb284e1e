"""Turns a letter that Rationale exported as a web page into Typst's markup, so that both set the same words in the
same typeface on the same paper: to_typst.py LETTER.html > LETTER.typ"""

import sys
from html.parser import HTMLParser

SETUP = """#set page(paper: "us-letter", margin: 1in, footer: context align(center)[Page #counter(page).display()])
#set text(font: "Tinos", size: 12pt, lang: "en")
#set par(leading: 0.5em, spacing: 10pt)
#show heading: set text(size: 12pt)
"""
MARKS = str.maketrans({mark: "\\" + mark for mark in "\\#*_`$<>@[]=-+/~\"'"})


class Typst(HTMLParser):
    """Prints each element as it ends: headings, paragraphs, bold and italic words, tables and lists."""

    def __init__(self):
        super().__init__()
        self.written, self.skipping = [SETUP], 0

    def handle_starttag(self, tag, attributes):
        if tag in ("style", "title"):
            self.skipping += 1
        elif tag in ("h1", "h2", "h3"):
            self.written.append("\n\n" + "=" * int(tag[1]) + " ")
        elif tag == "p":
            self.written.append("\n\n")
        elif tag == "table":
            self.columns, self.row = 0, 0
            self.written.append("\n\n#table(columns: COLUMNS, ")
        elif tag == "tr":
            self.row = 0
        elif tag in ("td", "th"):
            self.row += 1
            self.written.append("[")
        elif tag == "li":
            self.written.append("\n- ")
        self.written.append({"strong": "#strong[", "em": "#emph["}.get(tag, ""))

    def handle_endtag(self, tag):
        if tag in ("style", "title"):
            self.skipping -= 1
        elif tag in ("td", "th"):
            self.written.append("], ")
        elif tag == "tr":
            self.columns = max(self.columns, self.row)
        elif tag == "table":
            opening = max(i for i, text in enumerate(self.written) if "COLUMNS" in text)
            self.written[opening] = self.written[opening].replace("COLUMNS", str(self.columns))
            self.written.append(")\n")
        self.written.append({"strong": "]", "em": "]"}.get(tag, ""))

    def handle_data(self, data):
        if not self.skipping and data.strip():
            self.written.append(data.translate(MARKS).replace("\n", " "))


parser = Typst()
parser.feed(open(sys.argv[1], encoding="utf-8").read())
sys.stdout.write("".join(parser.written))
