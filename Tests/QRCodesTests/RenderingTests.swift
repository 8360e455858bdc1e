import Foundation
import QRCodes
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("What a QR code is drawn as")
struct RenderingTests {
    private let code: QRCode

    init() throws { code = try QRCode(text: String(repeating: "WENHUI:370782/", count: 12)) }

    @Test("the PNG begins as one, and its header has the size", arguments: [1, 3, 8, 64])
    func header(_ scale: Int) throws {
        let png = code.png(scale: scale)
        let width = (code.side + 8) * scale
        let size = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: width >> $0) }
        #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
        #expect(Array(png[8..<16]) == [0, 0, 0, 13] + Array("IHDR".utf8))
        #expect(Array(png[16..<24]) == size + size)
        #expect(Array(png[24..<29]) == [1, 3, 0, 0, 0], "one bit of a palette, not interlaced")
        let chunks = try chunks(of: png)
        #expect(chunks.first == "IHDR" && chunks.contains("PLTE") && chunks.contains("IDAT"))
        #expect(chunks.last == "IEND")
    }

    @Test("the SVG is well-formed, and its rectangles are the dark modules", arguments: [1, 4])
    func svg(_ moduleSize: Int) throws {
        let reader = SVGReader()
        let parser = XMLParser(data: Data(code.svg(moduleSize: moduleSize).utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.names == ["svg", "rect", "path"])
        #expect(reader.attributes["width"] == "\((code.side + 8) * moduleSize)")
        #expect(reader.attributes["viewBox"] == "0 0 \(code.side + 8) \(code.side + 8)")
        let numbers = try (reader.attributes["d"] ?? "").split { !$0.isNumber }.map { try #require(Int($0)) }
        var drawn: Set<[Int]> = []
        for start in stride(from: 0, to: numbers.count, by: 5) {
            let (column, row, length) = (numbers[start], numbers[start + 1], numbers[start + 2])
            #expect(numbers[start + 3] == 1 && numbers[start + 4] == length)
            for step in 0..<length { drawn.insert([column + step - 4, row - 4]) }
        }
        #expect(drawn == darkModules)
    }

    @Test("the terminal's half blocks are the dark modules, and each line ends in the terminal's own colours")
    func terminal() throws {
        let lines = code.terminal.split(separator: "\n")
        #expect(lines.count == (code.side + 9) / 2)
        var drawn: Set<[Int]> = []
        for (number, line) in lines.enumerated() {
            let (colours, reset) = ("\u{1b}[38;5;16;48;5;231m", "\u{1b}[0m")
            #expect(line.hasPrefix(colours) && line.hasSuffix(reset))
            var rest = line.dropFirst(colours.count).dropLast(reset.count)
            var isSwapped = false
            var column = -4
            while let block = rest.first {
                if rest.hasPrefix("\u{1b}[7m") || rest.hasPrefix("\u{1b}[27m") {
                    isSwapped = rest.hasPrefix("\u{1b}[7m")
                    rest = rest.dropFirst(isSwapped ? 4 : 5)
                    continue
                }
                try #require(block == " " || block == "▀")
                if isSwapped == (block == " ") { drawn.insert([column, 2 * number - 4]) }
                if isSwapped { drawn.insert([column, 2 * number - 3]) }
                column += 1
                rest = rest.dropFirst()
            }
            #expect(column == code.side + 4)
        }
        #expect(drawn == darkModules)
    }

    private var darkModules: Set<[Int]> {
        Set(
            (0..<code.side).flatMap { row in (0..<code.side).map { [$0, row] } }.filter { code[$0[0], $0[1]] }
        )
    }

    /// The names of a PNG's chunks, which fill it to its end.
    private func chunks(of png: [UInt8]) throws -> [String] {
        var names: [String] = []
        var place = 8
        while place < png.count {
            try #require(place + 12 <= png.count)
            let length = png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            names.append(String(decoding: png[place + 4..<place + 8], as: UTF8.self))
            place += 12 + length
        }
        #expect(place == png.count)
        return names
    }
}

/// Notes the elements and attributes of a document.
private final class SVGReader: NSObject, XMLParserDelegate {
    var names: [String] = []
    var attributes: [String: String] = [:]

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        names.append(name)
        self.attributes.merge(attributes) { first, _ in first }
    }
}
