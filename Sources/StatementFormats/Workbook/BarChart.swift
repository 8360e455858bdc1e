import LedgerDomain

/// Bars in SVG, a group for each row of a sheet.
struct BarChart {
    private let chart: Workbook.Chart
    private let series: [(title: String, values: [Int64])]
    private let labels: [String]
    private let isMoney: Bool
    /// The most rows that are drawn; more would be lines.
    private static let limit = 62
    private static let colours = ["#2f6f9f", "#d98032", "#5a9367", "#8a6fa8"]
    private static let (width, height, left, bottom, top) = (900, 290, 84, 94, 30)

    init(_ chart: Workbook.Chart, of sheet: Workbook.Sheet) {
        self.chart = chart
        let rows = sheet.rows.prefix(BarChart.limit)
        labels = rows.map { $0[chart.label].forPeople }
        series = chart.values.map { column in
            (sheet.columns[column].title, rows.map { $0[column].height })
        }
        isMoney = chart.values.contains { column in
            if case .amount = rows.first?[column] { true } else { false }
        }
    }

    /// The chart with its caption.

    var figure: String {
        let step = BarChart.step(for: max(series.flatMap(\.values).max() ?? 0, 4))
        let highest = step * 4
        let (inner, tall) = (Self.width - Self.left - 10, Self.height - Self.bottom - Self.top)
        let group = Double(inner) / Double(max(labels.count, 1))
        let bar = group * 0.8 / Double(max(series.count, 1))
        var parts: [String] = []
        for line in 0...4 {
            let y = Self.top + tall - tall * line / 4
            let value = step * Int64(line)
            parts.append(
                "<path d=\"M\(Self.left) \(y)H\(Self.width - 10)\" stroke=\"#dfe4e8\"/><text x=\"\(Self.left - 8)\" y=\"\(y + 4)\" text-anchor=\"end\">\(scale(value))</text>"
            )
        }
        for (place, serie) in series.enumerated() {
            let colour = Self.colours[place % Self.colours.count]
            for (index, value) in serie.values.enumerated() where value > 0 {
                let tallness = Double(tall) * Double(value) / Double(highest)
                let x = Double(Self.left) + group * (Double(index) + 0.1) + bar * Double(place)
                let y = Double(Self.top + tall) - tallness
                parts.append(
                    "<rect x=\"\(x.short)\" y=\"\(y.short)\" width=\"\(bar.short)\" height=\"\(tallness.short)\" fill=\"\(colour)\"/>"
                )
            }
            let x = Self.left + place * 220
            parts.append(
                "<rect x=\"\(x)\" y=\"6\" width=\"12\" height=\"12\" fill=\"\(colour)\"/><text x=\"\(x + 18)\" y=\"17\">\(serie.title.escaped)</text>"
            )
        }
        let every = max(1, (labels.count + 30) / 31)
        for (index, label) in labels.enumerated() where index % every == 0 {
            let x = Double(Self.left) + group * (Double(index) + 0.5)
            let y = Self.top + tall + 14
            parts.append(
                "<text transform=\"translate(\(x.short) \(y)) rotate(-35)\" text-anchor=\"end\">\(label.shortened.escaped)</text>"
            )
        }
        return """
            <figure><svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(chart.title.escaped)" font-size="11" fill="#1c2733">\(parts.joined())</svg><figcaption>\(chart.title.escaped)</figcaption></figure>
            """
    }

    /// A value beside the axis: yuan without fen, or a count.
    private func scale(_ value: Int64) -> String { Int(isMoney ? value / 100 : value).grouped }

    /// A quarter of the axis: the least of 1, 2, 5 and 10 times a power of ten that four of reach the highest value.
    private static func step(for highest: Int64) -> Int64 {
        let quarter = highest / 4 + 1
        var unit: Int64 = 1
        while unit * 10 < quarter { unit *= 10 }
        return [1, 2, 5].map { $0 * unit }.first { $0 >= quarter } ?? unit * 10
    }
}

extension Workbook.Value {
    /// How high its bar is.
    fileprivate var height: Int64 {
        switch self {
        case .amount(let amount): amount.fen
        case .number(let number): Int64(number)
        case .share(let parts): Int64(parts)
        case .ratio(let hundredths): Int64(hundredths)
        case .text, .day, .instant, .none: 0
        }
    }
}

extension Double {
    /// With one decimal, as a drawing needs.
    fileprivate var short: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}

extension String {
    /// Its beginning, as much as stands under a bar: a Chinese character is as wide as two letters.
    fileprivate var shortened: String {
        var (text, width) = ("", 0)
        for character in self {
            width += character.utf8.count > 2 ? 2 : 1
            guard width <= 18 else { return text + "…" }
            text.append(character)
        }
        return text
    }
}
