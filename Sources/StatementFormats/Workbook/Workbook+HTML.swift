extension Workbook {
    /// The workbook as one page to look at and to print: it needs no other file and no script.
    package var html: String {
        """
        <!doctype html>
        <html lang="zh-CN">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>\(title.escaped)</title>
        <style>
        body { font: 14px/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; margin: 2em; color: #1c2733 }
        h1 { font-size: 1.6em; margin: 0 0 .6em } h2 { font-size: 1.15em; margin: 2em 0 .4em }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1.2em; margin: 0 0 1em } dd { margin: 0 } dt { color: #5a6875 }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums } .wide { overflow-x: auto }
        th { background: #e8eef4; border-bottom: 1px solid #8aa0b4; text-align: left; font-weight: 600; vertical-align: bottom }
        th, td { padding: .2em .7em } td:first-child { white-space: nowrap } td:not(.figure) { min-width: 6em } tbody tr + tr td { border-top: 1px solid #e6e9ec }
        .figure { text-align: right; white-space: nowrap } tfoot td { border-top: 1px solid #1c2733; font-weight: 600 }
        figure { margin: .6em 0 1em } svg { width: 100%; max-width: 60em; height: auto }
        @page { size: A4 landscape; margin: 14mm }
        @media print { body { margin: 0; font-size: 9pt } thead { display: table-header-group } tr, figure { break-inside: avoid } section { break-before: page } section:first-of-type { break-before: auto } .wide { overflow: visible } th, td { padding: .1em .4em } }
        </style>
        <h1>\(title.escaped)</h1>
        \(sections.joined(separator: "\n"))
        </html>

        """
    }
}

extension Workbook {
    /// The sheets; what several have above them alike is told once.
    private var sections: [String] {
        var told = ""
        return sheets.map { sheet in
            defer { told = sheet.terms }
            return sheet.section(isNew: sheet.terms != told)
        }
    }
}

extension Workbook.Sheet {
    /// What stands above the table.
    fileprivate var terms: String {
        let terms = notes.map { "<dt>\($0.label.escaped)</dt><dd>\($0.value.shown.escaped)</dd>" }
        return terms.isEmpty ? "" : "<dl>\(terms.joined())</dl>"
    }

    fileprivate func section(isNew: Bool) -> String {
        var parts = ["<section>", "<h2>\(name.escaped)</h2>"]
        if isNew { parts.append(terms) }
        if let chart, !rows.isEmpty { parts.append(BarChart(chart, of: self).figure) }
        parts.append("<div class=\"wide\"><table><thead>\(header)</thead><tbody>")
        parts += rows.map { "<tr>\($0.map(\.cell).joined())</tr>" }
        parts.append("</tbody>\(footer)</table></div></section>")
        return parts.joined(separator: "\n")
    }

    private var header: String {
        let cells = columns.indices.map { column in
            let isFigure = rows.first.map { $0[column].isFigure } ?? false
            return "<th\(isFigure ? " class=\"figure\"" : "")>\(columns[column].title.escaped)</th>"
        }
        return "<tr>\(cells.joined())</tr>"
    }

    private var footer: String {
        guard columns.contains(where: \.isSummed), !rows.isEmpty else { return "" }
        let cells = columns.indices.map { column in
            total(column)?.cell ?? "<td>\(column == 0 ? "合计 total" : "")</td>"
        }
        return "<tfoot><tr>\(cells.joined())</tr></tfoot>"
    }
}

extension Workbook.Value {
    fileprivate var cell: String {
        "<td\(isFigure ? " class=\"figure\"" : "")>\(shown.escaped)</td>"
    }

    /// As people read it: thousands are set apart.
    fileprivate var shown: String {
        switch self {
        case .amount(let amount): amount.grouped
        case .number(let number): number.grouped
        default: forPeople
        }
    }

    fileprivate var isFigure: Bool {
        switch self {
        case .number, .amount, .share, .ratio: true
        case .text, .day, .instant, .none: false
        }
    }
}

extension String {
    /// The text as it stands in HTML, in quotes too.
    var escaped: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
