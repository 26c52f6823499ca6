"""Small inputs of every kind, made on the spot."""

from __future__ import annotations

import io
import zipfile

TITLE = "A visit"
SENTENCE = "President Trump met Prime Minister Abe in Tokyo on Monday."
BODY = (
    "The two leaders spoke for an hour about trade, and they agreed to meet again next "
    "year. Their ministers signed a joint statement at the palace."
)

HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{TITLE}</title><meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2017-11-06T10:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>{TITLE}</h1><p>{SENTENCE}</p><p>{BODY}</p><p>{BODY} {BODY}</p></article>
<script>var hidden = "Peru attacked Chile";</script>
<footer>All rights reserved. Contact us.</footer></body></html>"""

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>The Paper</title><link>https://example.org/</link><description>News</description>
<item><title>{TITLE}</title><link>https://example.org/visit</link><guid>visit-1</guid>
<pubDate>Mon, 06 Nov 2017 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{SENTENCE}&lt;/p&gt;&lt;p&gt;{BODY}&lt;/p&gt;</description></item>
<item><title>Only a headline</title><link>https://example.org/headline</link></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><id>urn:paper</id>
<updated>2017-11-07T00:00:00Z</updated><entry><title>{TITLE}</title><id>urn:visit</id>
<link href="https://example.org/visit"/><updated>2017-11-06T10:00:00Z</updated>
<content type="html">&lt;p&gt;{SENTENCE}&lt;/p&gt;</content></entry></feed>"""

MARKDOWN = f"""---
date: 2017-11-06
---
# {TITLE}

President **Trump** met [Prime Minister Abe](https://example.org/abe "x") in *Tokyo* on Monday.

- First item
- Second item

```python
attack("Peru", "Chile")
```
"""

TABLE = f"date,headline,publisher,body\n2017-11-06,{TITLE},The Paper,{SENTENCE}\n"

MAIL = f"""From: "The Paper" <news@example.org>
To: you@example.org
Subject: {TITLE}
Date: Mon, 06 Nov 2017 23:10:00 -0500
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

{SENTENCE}

{BODY}
--\x20
The Paper, 1 High Street
"""

LOOK = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
RECORD = (
    '{"id": "r1", "text": "Abe met Trump.", "title": "A visit", "date": "2017-11-06"}\n'
)


def archive(files: dict[str, str]) -> bytes:
    """Return a ZIP archive of some files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in files.items():
            made.writestr(zipfile.ZipInfo(name), text)
    return data.getvalue()


def word(title: str, *paragraphs: str) -> bytes:
    """Return a Word document with a title, paragraphs, a list and a table."""
    import docx

    made = docx.Document()
    made.add_heading(title, level=0)
    for words in paragraphs:
        made.add_paragraph(words)
    made.add_paragraph("First item", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for n, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"cell {n}"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def odt(title: str, *paragraphs: str) -> bytes:
    """Return an OpenDocument text with a title, paragraphs, a list and a table."""
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "text", "table")
    )
    cells = [
        f"<table:table-cell><text:p>cell {n}</text:p></table:table-cell>"
        for n in range(4)
    ]
    rows = ["".join(cells[:2]), "".join(cells[2:])]
    parts = [
        f'<text:p text:style-name="Title">{title}</text:p>',
        *(f"<text:p>{words}</text:p>" for words in paragraphs),
        "<text:list><text:list-item><text:p>First<text:s/>item</text:p></text:list-item></text:list>",
        "<table:table>",
        *(f"<table:table-row>{row}</table:table-row>" for row in rows),
        "</table:table>",
    ]
    content = (
        f"<office:document-content {names}>{''.join(parts)}</office:document-content>"
    )
    return archive(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    )


def pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, line in enumerate(pages):
        draw = f"BT /F1 12 Tf 40 700 Td ({line}) Tj ET" if line else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R {LOOK} /Contents {5 + 2 * n} 0 R >>",
            f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
        ]
    return _file(objects)


def _file(objects: list[str]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{p:010} 00000 n \n" for p in places)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )
