import CXLSXWriter
import Foundation
import LedgerDomain

extension Workbook {
    /// Why there is no file.
    package struct XLSXProblem: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// The workbook as XLSX (ECMA-376) by libxlsxwriter: a frozen header, totals as formulas, amounts as numbers in yuan.
    ///
    /// Rows are written as they come and kept on disk until the end, so that memory does not grow with them.
    package func xlsx() throws(XLSXProblem) -> [UInt8] {
        // Nobody else may look while it is written.
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let made: Void? = try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        guard made != nil else { throw XLSXProblem(description: "no temporary folder can be made") }
        let path = folder.appendingPathComponent("workbook.xlsx").path
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(to: path)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw XLSXProblem(description: "the workbook that was written cannot be read")
        }
        return [UInt8](data)
    }

    /// How many rows a sheet can have (ECMA-376).
    private static let rowLimit = 1_048_576

    private func write(to path: String) throws(XLSXProblem) {
        for sheet in sheets where sheet.rows.count + sheet.notes.count + 4 > Workbook.rowLimit {
            throw XLSXProblem(
                description:
                    "“\(sheet.name)” has \(sheet.rows.count) rows, more than a workbook can hold; ask for CSV"
            )
        }
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let book = workbook_new_opt(path, &options) else {
            throw XLSXProblem(description: "the workbook cannot be made")
        }
        let styles = XLSXStyles(book)
        title.withCString { text in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: text)
            properties.created = time_t(instant.microseconds / 1_000_000)
            workbook_set_properties(book, &properties)
        }
        for sheet in sheets {
            guard let page = workbook_add_worksheet(book, sheet.name) else {
                workbook_close(book)
                throw XLSXProblem(description: "“\(sheet.name)” is no name for a sheet")
            }
            XLSXPage(page, styles).write(sheet, titled: title, in: book)
        }
        let fault = workbook_close(book)
        guard fault == LXW_NO_ERROR else {
            throw XLSXProblem(description: String(cString: lxw_strerror(fault)))
        }
    }
}

/// The formats of a workbook's cells.
private struct XLSXStyles {
    typealias Style = UnsafeMutablePointer<lxw_format>?

    let title: Style
    let header: Style
    let plain: Style
    let amount: Style
    let number: Style
    let share: Style
    let day: Style
    let instant: Style
    let sum: Style
    let sumAmount: Style
    let sumNumber: Style

    init(_ book: UnsafeMutablePointer<lxw_workbook>) {
        func style(_ code: String?, isBold: Bool = false, hasLine: Bool = false) -> Style {
            let format = workbook_add_format(book)
            if let code { format_set_num_format(format, code) }
            if isBold { format_set_bold(format) }
            if hasLine { format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue)) }
            return format
        }
        title = style(nil, isBold: true)
        format_set_font_size(title, 14)
        header = style(nil, isBold: true)
        format_set_bg_color(header, 0xE8EEF4)
        format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
        plain = style(nil)
        amount = style("#,##0.00")
        number = style("#,##0")
        share = style("0.00%")
        day = style("yyyy-mm-dd")
        instant = style("yyyy-mm-dd hh:mm:ss")
        sum = style(nil, isBold: true, hasLine: true)
        sumAmount = style("#,##0.00", isBold: true, hasLine: true)
        sumNumber = style("#,##0", isBold: true, hasLine: true)
    }
}

/// Writes one sheet from the top to the bottom.
private struct XLSXPage {
    private let page: UnsafeMutablePointer<lxw_worksheet>
    private let styles: XLSXStyles

    init(_ page: UnsafeMutablePointer<lxw_worksheet>, _ styles: XLSXStyles) {
        self.page = page
        self.styles = styles
    }

    func write(_ sheet: Workbook.Sheet, titled title: String, in book: UnsafeMutablePointer<lxw_workbook>) {
        var row: UInt32 = 0
        worksheet_set_paper(page, 9)
        worksheet_set_landscape(page)
        worksheet_fit_to_pages(page, 1, 0)
        for column in sheet.columns.indices {
            let place = UInt16(column)
            worksheet_set_column(page, place, place, width(of: column, in: sheet), nil)
        }
        worksheet_write_string(page, row, 0, title, styles.title)
        row += 1
        for note in sheet.notes {
            worksheet_write_string(page, row, 0, note.label, styles.plain)
            write(note.value, row, 1)
            row += 1
        }
        if !sheet.notes.isEmpty { row += 1 }
        for (column, title) in sheet.columns.map(\.title).enumerated() {
            worksheet_write_string(page, row, UInt16(column), title, styles.header)
        }
        let first = row + 1
        worksheet_freeze_panes(page, first, 1)
        worksheet_repeat_rows(page, row, row)
        for values in sheet.rows {
            row += 1
            for (column, value) in values.enumerated() { write(value, row, UInt16(column)) }
        }
        if sheet.columns.contains(where: \.isSummed), !sheet.rows.isEmpty {
            writeTotals(of: sheet, from: first, through: row)
        }
        if let chart = sheet.chart, !sheet.rows.isEmpty {
            draw(chart, of: sheet, from: first, through: row, in: book)
        }
    }

    /// Puts a chart of the rows beside the table.
    private func draw(
        _ chart: Workbook.Chart, of sheet: Workbook.Sheet, from first: UInt32, through last: UInt32,
        in book: UnsafeMutablePointer<lxw_workbook>
    ) {
        guard let picture = workbook_add_chart(book, UInt8(LXW_CHART_COLUMN.rawValue)) else { return }
        func cells(_ column: Int) -> String {
            let letters = Self.letters(column)
            return
                "='\(sheet.name.replacing("'", with: "''"))'!$\(letters)$\(first + 1):$\(letters)$\(last + 1)"
        }
        chart_title_set_name(picture, chart.title)
        for column in chart.values {
            let series = chart_add_series(picture, cells(chart.label), cells(column))
            chart_series_set_name(series, sheet.columns[column].title)
        }
        worksheet_insert_chart(page, first, UInt16(sheet.columns.count + 1), picture)
    }

    private func writeTotals(of sheet: Workbook.Sheet, from first: UInt32, through last: UInt32) {
        let row = last + 1
        for column in sheet.columns.indices {
            let place = UInt16(column)
            guard let total = sheet.total(column) else {
                worksheet_write_string(page, row, place, column == 0 ? "合计 total" : "", styles.sum)
                continue
            }
            let letters = Self.letters(column)
            let formula = "=SUM(\(letters)\(first + 1):\(letters)\(last + 1))"
            switch total {
            case .amount(let amount):
                worksheet_write_formula_num(page, row, place, formula, styles.sumAmount, amount.inYuan)
            case .number(let number):
                worksheet_write_formula_num(page, row, place, formula, styles.sumNumber, Double(number))
            default: break
            }
        }
    }

    private func write(_ value: Workbook.Value, _ row: UInt32, _ column: UInt16) {
        switch value {
        // A string is written as one: what looks like a formula is none.
        case .text(let text): worksheet_write_string(page, row, column, text, styles.plain)
        case .number(let number):
            worksheet_write_number(page, row, column, Double(number), styles.number)
        case .amount(let amount): worksheet_write_number(page, row, column, amount.inYuan, styles.amount)
        case .share(let parts):
            worksheet_write_number(page, row, column, Double(parts) / 10_000, styles.share)
        case .ratio(let hundredths):
            worksheet_write_number(page, row, column, Double(hundredths) / 100, styles.amount)
        case .day(let day):
            worksheet_write_number(page, row, column, day.serial, styles.day)
        case .instant(let instant):
            let seconds = instant.microseconds / 1_000_000 + 8 * 3_600
            worksheet_write_number(
                page, row, column, Double(seconds) / 86_400 + BusinessDay.serialOfEpoch, styles.instant)
        case .none: break
        }
    }

    /// The name of a column: A, B … Z, AA.
    private static func letters(_ column: Int) -> String {
        let (high, low) = (column / 26, column % 26)
        let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(low)))
        return high == 0 ? letter : letters(high - 1) + letter
    }

    /// As wide as the title and the first rows want, in characters.
    private func width(of column: Int, in sheet: Workbook.Sheet) -> Double {
        let texts = [sheet.columns[column].title] + sheet.rows.prefix(200).map { $0[column].forPeople }
        let widest = texts.map { $0.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) } }.max()
        return Double(min(max((widest ?? 8) + 3, 9), 60))
    }
}

extension Amount {
    /// Yuan as a spreadsheet keeps them: the nearest double, which shows the same two decimals.
    fileprivate var inYuan: Double { Double(fen) / 100 }
}

extension BusinessDay {
    /// The number of 1970-01-01 in a spreadsheet that counts days from 1900.
    fileprivate static let serialOfEpoch = 25_569.0
    fileprivate var serial: Double { Double(days) + BusinessDay.serialOfEpoch }
}
