/// Writes lines of fields so that different fields never give the same bytes.
struct CanonicalText {
    private(set) var bytes: [UInt8] = []

    /// Appends the fields divided by TAB and ends the line with LF.
    mutating func append(line fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            append(escaped: field)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(escaped field: String) {
        for byte in field.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
            default: bytes.append(byte)
            }
        }
    }
}
