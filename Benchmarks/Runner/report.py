"""Markdown that reads well as plain text too."""


def table(header, rows):
    rows = [header, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    # Names to the left, numbers to the right.
    lines = ["| " + " | ".join(_fit(cell, width, column) for column, (cell, width) in enumerate(zip(row, widths))) + " |"
             for row in rows]
    rule = "|" + "|".join("-" * (width + 2) if column == 0 else "-" * (width + 1) + ":"
                          for column, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _fit(cell, width, column):
    return cell.ljust(width) if column == 0 else cell.rjust(width)


def section(title, text, tables):
    """`tables` are pairs of a caption and a table."""
    parts = [f"## {title}", text, *(part for caption, body in tables for part in (f"{caption}:", body))]
    return "\n\n".join(parts) + "\n"
